import { DateTime } from 'luxon'
import type { SlotsView } from '../../availability/schema.ts'
import { dayText } from '../../notices/wording.ts'

interface Props {
  preview: readonly { name: string; slots: SlotsView['slots'] }[]
  zone: string
}

/** What clients could book now, as it follows from the saved hours. */
export const HoursPreview = ({ preview, zone }: Props) => (
  <section class="section" aria-labelledby="preview">
    <h2 id="preview">What can be booked in the next seven days</h2>
    <p class="quiet small">By the hours that are saved, after time off, what is sold, and each session’s notice.</p>
    {preview.map(({ name, slots }) => (
      <details>
        <summary safe>{`${name}: ${slots.length === 1 ? '1 start' : `${slots.length} starts`}`}</summary>
        <dl class="facts">
          {[...Map.groupBy(slots, ({ start }) => dayText(DateTime.fromISO(start, { zone })))].map(([day, those]) => (
            <>
              <dt safe>{day}</dt>
              <dd class="figures" safe>
                {those.map(({ start }) => DateTime.fromISO(start, { zone }).toFormat('HH:mm')).join(' · ')}
              </dd>
            </>
          ))}
        </dl>
      </details>
    ))}
  </section>
)
