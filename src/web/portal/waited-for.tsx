import type { OwnPlace } from '../../bookings/own-places.ts'
import { dayText } from '../../notices/wording.ts'
import { rangeText, untilText } from '../components/words.ts'

/** The dates that somebody waits for, each with the page on which they answer or wait no longer. */
export const WaitedFor = ({ places, zone }: { places: readonly OwnPlace[]; zone: string }) => (
  <section aria-labelledby="waited-for">
    <h2 id="waited-for">You wait for these dates</h2>
    <ul class="types spread">
      {places.map(place => (
        <li>
          <p>
            <strong safe>{rangeText(place.start, place.end, zone)}</strong>
            <span class="small" safe>
              {[place.name, standingOf(place, zone)].filter(Boolean).join(' · ')}
            </span>
          </p>
          {!!place.page && (
            <div class="doings small">
              <a href={place.page}>
                Open<span class="unseen" safe>{`: ${dayText(place.start.setZone(zone))}`}</span>
              </a>
            </div>
          )}
        </li>
      ))}
    </ul>
  </section>
)

/** Of two, who asked answers for both; the other reads that, and no more. */
function standingOf({ until, page }: OwnPlace, zone: string): string {
  if (!page) return until ? 'a place is kept for the two of you: who asked for it answers' : 'the two of you wait'
  return until ? `a place is kept for you until ${untilText(until, zone)}` : 'we write to you when a place is free'
}
