import type { EditionView } from '../../bookings/edition-schema.ts'
import type { Offering } from '../../catalog/store.ts'
import { daysText } from '../components/blocks.tsx'
import { Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { therapistsOf } from './edition-therapists.ts'
import { LedWith } from './led-with.tsx'

export type NewGiven = Partial<
  Record<'type' | 'offering' | 'with' | 'day' | 'min' | 'max' | 'goNoGoOn' | 'blocks' | 'state', string>
>

interface Props {
  frame: Frame
  editions: readonly EditionView[]
  types: readonly { slug: string; name: string; offerings: readonly Offering[] }[]
  zone: string
  given: NewGiven
  fault: string | undefined
}

/** Every date of every session that has some, and a form for one more. */
export const EditionsPage = ({ frame, editions, types, zone, given, fault }: Props) => (
  <Layout frame={frame} title="Dates" kind="staff" here="/console/editions">
    <h1>Dates</h1>
    <p class="lede">Sessions that several couples come to. How many places there are is for you alone.</p>
    {!!fault && (
      <p class="notice" role="alert" safe>
        {fault}
      </p>
    )}
    <div class="pair section">
      <section aria-labelledby="all">
        <h2 id="all">All dates</h2>
        {editions.length === 0 && <p class="quiet">None yet. Add the first one here.</p>}
        <ul class="types">
          {editions.map(edition => (
            <li>
              <a href={`/console/editions/${edition.id}`}>
                <strong safe>{daysText(edition.appointments, zone)}</strong>
                <p safe>{seatsText(edition)}</p>
              </a>
            </li>
          ))}
        </ul>
      </section>
      {frame.may('change editions') && types.some(({ offerings }) => offerings.length > 0) && (
        <section class="card" aria-labelledby="new">
          <h2 id="new">Add dates</h2>
          <NewForm frame={frame} types={types} given={given} />
        </section>
      )}
    </div>
  </Layout>
)

const NewForm = ({ frame, types, given }: Pick<Props, 'frame' | 'types' | 'given'>) => (
  <Post frame={frame} action="/console/editions">
    <SentOnce />
    <div class="field">
      <label for="type">Session</label>
      <select id="type" name="type">
        {types.map(({ slug, name }) => (
          <option value={slug} selected={slug === given.type} safe>
            {name}
          </option>
        ))}
      </select>
    </div>
    <div class="field">
      <label for="offering">With whom and where</label>
      <select id="offering" name="offering">
        {types
          .flatMap(({ offerings }) => offerings)
          .map(({ therapist, place }) => (
            <option
              value={`${therapist.slug} ${place.slug}`}
              selected={`${therapist.slug} ${place.slug}` === given.offering}
              safe
            >
              {`${therapist.name}, ${place.name}`}
            </option>
          ))}
      </select>
    </div>
    <LedWith therapists={therapistsOf(types.flatMap(({ offerings }) => offerings))} chosen={given.with} />
    <Field name="day" label="First day" type="date" value={given.day} required />
    <Field name="min" label="At least, couples" inputmode="numeric" value={given.min ?? '3'} required />
    <Field name="max" label="At most, couples" inputmode="numeric" value={given.max ?? '6'} required />
    <Field
      name="goNoGoOn"
      label="Decide by"
      type="date"
      hint="Whether it takes place. Thirty days before, where you leave it out."
      value={given.goNoGoOn}
    />
    <details open={!!given.blocks}>
      <summary>Other hours than usual</summary>
      <OwnHours given={given.blocks} />
    </details>
    <p class="actions">
      <button type="submit" name="state" value="open">
        Add, and open for booking
      </button>
      <button class="plain" type="submit" name="state" value="draft">
        Add as a draft
      </button>
    </p>
  </Post>
)

/** Blocks of an edition's own, one a line. */
export const OwnHours = ({ given }: { given: string | undefined }) => (
  <div class="field">
    <label for="blocks">Hours of each day</label>
    <textarea id="blocks" name="blocks" rows="5" aria-describedby="blocks-hint" safe>
      {given ?? ''}
    </textarea>
    <p class="quiet" id="blocks-hint">
      One line each: “1 14:00-18:00” for the first day, “2 09:00-17:00” for the second, “4 rest” for a day that you keep
      to yourself. Leave it empty for the usual hours.
    </p>
  </div>
)

/** `open · 4 of 6 places taken, 1 offered · 2 waiting`. */
export function seatsText({ state, max, seats }: EditionView): string {
  const offered = seats.offered > 0 ? `, ${seats.offered} offered` : ''
  const waiting = seats.waiting > 0 ? ` · ${seats.waiting} waiting` : ''
  return `${state} · ${seats.taken} of ${max} places taken${offered}${waiting}`
}
