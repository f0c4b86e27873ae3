import type { DateTime } from 'luxon'
import { rangeText } from '../components/words.ts'

/** What is booked at times at which a calendar elsewhere says busy, and dates of several couples on such days. */
export interface InConflict {
  conflicts: readonly { booking: string; start: DateTime; end: DateTime }[]
  dates: readonly { edition: string; start: DateTime; end: DateTime }[]
}

export const Conflicts = ({ conflicts, dates, zone }: InConflict & { zone: string }) => (
  <section class="note warn" aria-labelledby="collides">
    <h2 id="collides">Booked here, busy elsewhere</h2>
    <p>These stay as they are. Move or cancel them here, or free the time in the other calendar:</p>
    <ul>
      {conflicts.map(({ booking, start, end }) => (
        <li>
          <a href={`/console/bookings/${booking}`} safe>
            {rangeText(start, end, zone)}
          </a>
        </li>
      ))}
      {dates.map(({ edition, start, end }) => (
        <li>
          <a href={`/console/editions/${edition}`} safe>
            {`Dates: ${rangeText(start, end, zone)}`}
          </a>
        </li>
      ))}
    </ul>
  </section>
)
