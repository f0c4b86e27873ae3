import { DateTime } from 'luxon'
import { dayText } from '../../notices/wording.ts'
import { Field, Tick } from '../components/fields.tsx'
import { Post } from '../components/post.tsx'
import type { EditionProps } from './edition.tsx'
import { OwnHours } from './editions.tsx'

const isAhead = (state: string) => state === 'draft' || state === 'open' || state === 'full' || state === 'closed'

/** Whether it takes place: a question until somebody has said so. */
export const GoOrNot = ({ frame, roster, zone }: EditionProps) => {
  const { id, state, decision, goNoGoOn, min, seats } = roster
  if (!isAhead(state) || state === 'draft') return ''
  const day = dayText(DateTime.fromISO(goNoGoOn, { zone }))
  if (decision === 'go') return <p class="note">It takes place: you have said so.</p>
  return (
    <section class="card wash" aria-labelledby="go">
      <h2 id="go">Does it take place?</h2>
      <p
        safe
      >{`Say so by ${day}. It was planned with ${couplesText(min)} or more; ${seats.taken === 0 ? 'nobody comes' : couplesText(seats.taken)} so far.`}</p>
      {frame.may('change editions') && (
        <Post frame={frame} action={`/console/editions/${id}`}>
          <p class="actions">
            <button type="submit" name="decision" value="go">
              It takes place
            </button>
          </p>
          <details>
            <summary>It does not</summary>
            <p safe>{endText(seats)}</p>
            <p class="actions">
              <button class="plain" type="submit" name="decision" value="no_go">
                Cancel these dates
              </button>
            </p>
          </details>
        </Post>
      )}
    </section>
  )
}

const couplesText = (count: number) => (count === 1 ? 'one couple' : `${count} couples`)

function endText({ taken, offered, waiting }: EditionProps['roster']['seats']): string {
  const line =
    offered + waiting > 0
      ? ` ${offered + waiting === 1 ? 'One couple that waits is' : `${offered + waiting} couples that wait are`} told by mail.`
      : ''
  const booked = `What ${couplesText(taken)} booked is cancelled and everything that was paid goes back; everybody is told by mail.`
  return `${taken > 0 ? booked : 'Nobody has a place.'}${line} The days are free again. This cannot be undone.`
}

/** What can be changed while it is ahead. */
export const EditionChanges = ({
  frame,
  roster,
  therapists
}: EditionProps & { therapists: readonly { slug: string; name: string }[] }) => {
  const { id, state, min, max, goNoGoOn, seats } = roster
  if (!isAhead(state)) return ''
  return (
    <section class="card stack" aria-labelledby="change">
      <h2 id="change">Change</h2>
      <Post frame={frame} action={`/console/editions/${id}`}>
        <p class="actions">
          {state === 'draft' || state === 'closed' ? (
            <button type="submit" name="state" value="open">
              Open for booking
            </button>
          ) : (
            <button class="plain" type="submit" name="state" value="closed">
              Close for booking
            </button>
          )}
        </p>
      </Post>
      <Post frame={frame} action={`/console/editions/${id}`}>
        <Field name="min" label="At least, couples" inputmode="numeric" value={String(min)} required />
        <Field name="max" label="At most, couples" inputmode="numeric" value={String(max)} required />
        <Field name="goNoGoOn" label="Decide by" type="date" value={goNoGoOn} required />
        <p class="actions">
          <button class="plain" type="submit">
            Save
          </button>
        </p>
      </Post>
      {therapists.length > 1 && (
        <details>
          <summary>Who leads it</summary>
          <Post frame={frame} action={`/console/editions/${id}`}>
            <div class="field">
              <label for="with" safe>
                {`With ${therapists.find(({ slug }) => slug === roster.therapist)?.name ?? roster.therapist}`}
              </label>
              <select id="with" name="with">
                <option value="nobody">Nobody else</option>
                {therapists
                  .filter(({ slug }) => slug !== roster.therapist)
                  .map(({ slug, name }) => (
                    <option value={slug} selected={slug === roster.with} safe>
                      {name}
                    </option>
                  ))}
              </select>
            </div>
            <p class="quiet small">The days, and those of rest, are taken from both.</p>
            <p class="actions">
              <button class="plain" type="submit">
                Save who leads it
              </button>
            </p>
          </Post>
        </details>
      )}
      <details>
        <summary>Other dates</summary>
        <Post frame={frame} action={`/console/editions/${id}`}>
          <Field name="day" label="First day" type="date" required />
          {seats.taken > 0 ? (
            <Tick name="agreed">Each couple that has a place has agreed</Tick>
          ) : (
            <OwnHours given={undefined} />
          )}
          <p class="actions">
            <button class="plain" type="submit">
              Move
            </button>
          </p>
        </Post>
      </details>
      <details>
        <summary>Cancel these dates</summary>
        <p safe>{endText(seats)}</p>
        <Post frame={frame} action={`/console/editions/${id}`}>
          <div class="field">
            <label for="reason">Why, for the record</label>
            <input id="reason" name="reason" maxlength={500} />
          </div>
          <p class="actions">
            <button class="plain" type="submit" name="state" value="cancelled">
              Cancel these dates
            </button>
          </p>
        </Post>
      </details>
    </section>
  )
}
