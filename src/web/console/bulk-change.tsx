import type { DateTime } from 'luxon'
import type { BulkChangeView } from '../../bookings/bulk-schema.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { untilText } from '../components/words.ts'

export interface BulkChangeProps {
  frame: Frame
  change: BulkChangeView
  zone: string
  /** When each was, and whose, by the appointment. */
  named: ReadonlyMap<string, { start: DateTime; whose: string }>
  /** What is in the way and was not chosen: left as it is, or booked meanwhile. */
  left: readonly { booking: string; start: DateTime; whose: string }[]
}

const outcomes: Readonly<Record<string, string>> = {
  moved: 'Moved',
  proposed: 'Asked: it stays where it is until they answer',
  cancelled: 'Cancelled',
  skipped: 'Does not take place; the others stay',
  elsewhere: 'Was at another time by then: left there',
  opened: 'Open again: another time is chosen for it'
}

/** How far a change is: one booking after the other, with what came of it. It looks again by itself where it can. */
export const BulkChange = ({ frame, change, zone, named, left }: BulkChangeProps) => {
  const { id, items, state } = change
  const done = items.filter(item => item.state !== 'waiting').length
  const again = {
    'hx-get': `/console/time-off/changes/${id}`,
    'hx-trigger': 'every 2s',
    'hx-select': '#change',
    'hx-target': '#change',
    'hx-swap': 'outerHTML'
  }
  return (
    <Layout frame={frame} title="Time off" kind="staff" here="/console/time-off">
      <h1>What becomes of your bookings</h1>
      <section id="change" aria-live="polite" {...(state === 'running' && again)}>
        <p class="lede" safe>{`${done} of ${items.length} done.`}</p>
        {state === 'running' && (
          <p>
            <a href={`/console/time-off/changes/${id}`}>Look again</a>
          </p>
        )}
        <ul class="types spread">
          {items.map(({ appointment, booking, start, state, outcome }) => (
            <li>
              <a href={`/console/bookings/${booking}`} safe>
                {titleOf(named.get(appointment), zone)}
              </a>
              <span class={state === 'failed' ? 'fault' : 'quiet'} safe>
                {state === 'waiting'
                  ? 'Waits'
                  : state === 'failed'
                    ? `Not done: ${outcome ?? ''}`
                    : [outcomes[outcome ?? ''] ?? outcome, outcome !== 'elsewhere' && start && untilText(start, zone)]
                        .filter(Boolean)
                        .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
        {state === 'done' && left.length > 0 && (
          <div class="note warn">
            <h2>Still in this time</h2>
            <ul>
              {left.map(one => (
                <li>
                  <a href={`/console/bookings/${one.booking}`} safe>
                    {titleOf(one, zone)}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <p class="section">
        {change.travel ? (
          <a href={`/console/travels?therapist=${change.therapist}`}>Days in another time zone</a>
        ) : (
          <a href={`/console/time-off?therapist=${change.therapist}`}>Time off</a>
        )}
      </p>
    </Layout>
  )
}

function titleOf(one: { start: DateTime; whose: string } | undefined, zone: string): string {
  return one ? [untilText(one.start, zone), one.whose].filter(Boolean).join(' · ') : 'An appointment'
}
