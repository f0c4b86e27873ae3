import type { DateTime } from 'luxon'
import type { CollisionFacts } from '../../bookings/collisions.ts'
import { dayText, zoneText } from '../../notices/wording.ts'
import { Doing } from '../components/doing.tsx'
import { FaultList, type Faults, Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { zoneMark } from '../components/words.ts'
import { Collisions } from './collisions.tsx'

export interface TimeOffProps {
  frame: Frame
  therapist: { slug: string; name: string; zone: string }
  items: readonly { id: string; start: DateTime; end: DateTime }[]
  /** What the time off that was asked for would be in the way of: nothing is added before that is answered. */
  collisions: readonly CollisionFacts[]
  /** The same of dates for several couples. */
  dates: readonly { id: string; start: DateTime; end: DateTime }[]
  given: { start?: string | undefined; end?: string | undefined }
  faults: Faults
}

/** Absences: what is there, and a new one from … to … by the therapist's own clock. */
export const TimeOffPage = ({ frame, therapist, items, collisions, dates, given, faults }: TimeOffProps) => (
  <Layout frame={frame} title="Time off" kind="staff" here="/console/time-off">
    <h1>Time off</h1>
    <p class="lede" safe>{`When ${therapist.name} cannot be booked, whatever the opening hours say.`}</p>
    {frame.may('keep calendars outside') && (
      <p class="small">
        Another calendar can close times, too:{' '}
        <a href={`/console/outside-calendars?therapist=${therapist.slug}`}>Busy elsewhere</a>
      </p>
    )}
    <p>
      Working, but elsewhere? <a href={`/console/travels?therapist=${therapist.slug}`}>Days in another time zone</a>
    </p>
    {collisions.length + dates.length > 0 && (
      <Collisions
        frame={frame}
        therapist={therapist}
        action="/console/time-off"
        hidden={{ start: given.start ?? '', end: given.end ?? '', seen: 'yes' }}
        title="Already booked in this time"
        does={collisions.length > 0 ? 'Add the time off, and do this' : 'Add the time off'}
        leave={`/console/time-off?therapist=${therapist.slug}`}
        collisions={collisions}
        dates={dates}
      />
    )}
    <div class="pair section">
      <section aria-labelledby="there">
        <h2 id="there">Planned</h2>
        {items.length === 0 ? (
          <p class="quiet">Nothing yet. Holidays, training days or a free afternoon go here.</p>
        ) : (
          <ul class="types spread">
            {items.map(({ id, start, end }) => (
              <li>
                <span class="figures" safe>
                  {stretchText(start.setZone(therapist.zone), end.setZone(therapist.zone))}
                </span>
                <Doing
                  frame={frame}
                  action={`/console/time-off/${id}/removal`}
                  does="Remove"
                  of={dayText(start.setZone(therapist.zone))}
                  hidden={{ therapist: therapist.slug }}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="card" aria-labelledby="new">
        <h2 id="new">Add time off</h2>
        <FaultList faults={faults} />
        <Post frame={frame} action="/console/time-off" novalidate>
          <SentOnce />
          <input type="hidden" name="therapist" value={therapist.slug} />
          <Field name="start" label="From" type="datetime-local" value={given.start} fault={faults.start} required />
          <Field name="end" label="To" type="datetime-local" value={given.end} fault={faults.end} required />
          <p class="quiet small" safe>{`By ${zoneText(therapist.zone)}. A whole day ends at 00:00 of the next.`}</p>
          <p class="actions">
            <button type="submit">Add</button>
          </p>
        </Post>
      </section>
    </div>
  </Layout>
)

/** `Tue 14 May, 13:00 – Fri 17 May, 00:00 EDT` */
function stretchText(start: DateTime, end: DateTime): string {
  const until = start.hasSame(end, 'day') ? end.toFormat('HH:mm') : `${dayText(end)}, ${end.toFormat('HH:mm')}`
  return `${dayText(start)}, ${start.toFormat('HH:mm')} – ${until} ${zoneMark(start)}`
}
