import type { DateTime } from 'luxon'
import { When } from './when.tsx'
import { rangeText } from './words.ts'

interface Props {
  appointments: readonly { start: DateTime; end: DateTime }[]
  zone: string
  practiceZone: string
}

/** One time in large letters; of several the first so, and all of them as a list. */
export const Dates = ({ appointments, zone, practiceZone }: Props) => {
  const [first, ...more] = appointments
  if (!first) return ''
  if (more.length === 0) return <When {...first} zone={zone} practiceZone={practiceZone} />
  const differs = appointments.some(({ start }) => start.setZone(zone).offset !== start.setZone(practiceZone).offset)
  return (
    <>
      <p class="when" safe>{`${appointments.length} times`}</p>
      <ol class="dates figures">
        {appointments.map(({ start, end }) => (
          <li>
            <span safe>{rangeText(start, end, zone)}</span>
            {differs && (
              <span class="quiet small" safe>{` (at the practice: ${rangeText(start, end, practiceZone)})`}</span>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
