import type { SessionType } from '../../catalog/session-type.ts'
import { FaultList, type Faults, Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { besideText } from '../components/length-words.ts'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { priceText } from '../components/words.ts'
import { Choice } from './type-plan-rows.tsx'

interface Props {
  frame: Frame
  types: readonly SessionType[]
  given: { like?: string; name?: string; slug?: string }
  faults: Faults
}

/** What can be booked; each leads to its rules of care and to who offers it. */
export const SessionTypes = ({ frame, types, given, faults }: Props) => (
  <Layout frame={frame} title="Session types" kind="staff" here="/console/session-types">
    <h1>Session types</h1>
    <p class="lede">What can be booked, with whom and where, and how much of it is good for everybody.</p>
    <ul class="types section">
      {types.map(({ slug, name, price, public: open, rules, plan }) => (
        <li>
          <a href={`/console/session-types/${slug}`}>
            <strong safe>{name}</strong>
            <p class="small quiet" safe>
              {[
                priceText(price),
                open ? 'Open to clients' : 'Not shown to clients',
                careText(rules),
                besideText({ plan, price })
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </a>
        </li>
      ))}
    </ul>
    {frame.may('change session types') && <NewType frame={frame} types={types} given={given} faults={faults} />}
  </Layout>
)

/** A session type more: it begins as another one is, unseen by clients until its owner opens it. */
const NewType = ({ frame, types, given, faults }: Props) => (
  <section class="card section narrow-start" aria-labelledby="new">
    <h2 id="new">Add a session type</h2>
    <FaultList faults={faults} />
    <Post frame={frame} action="/console/session-types" novalidate>
      <SentOnce />
      <Choice
        name="like"
        label="It begins like"
        value={given.like}
        options={types.map(({ slug, name }) => [slug, name] as const)}
      />
      <Field name="name" label="Name" value={given.name} fault={faults.name} maxlength={120} required />
      <Field
        name="slug"
        label="In addresses"
        hint="Small letters, digits and hyphens, such as weekend-for-two"
        value={given.slug}
        fault={faults.slug}
        required
      />
      <p class="actions">
        <button type="submit">Add</button>
      </p>
    </Post>
  </section>
)

/** The rules of care in a few words. */
function careText(rules: SessionType['rules']): string {
  const { perDay, perWeek, perMonth, demanding, rest, gapAtPlace, perClientWeek, first, therapists } = rules
  const parts = [
    therapists && 'two therapists',
    perDay && `${perDay} a day`,
    perWeek && `${perWeek} a week`,
    perMonth && `${perMonth} a month`,
    demanding && 'demanding',
    rest && `${rest} min of rest after it`,
    gapAtPlace && `${gapAtPlace} min apart at a place`,
    perClientWeek && `${perClientWeek} a week for a client`,
    first && `after ${first.join(' or ')}`
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : 'no rules of care'
}
