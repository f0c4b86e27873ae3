import type { DateTime } from 'luxon'
import { Blocks, daysText } from './blocks.tsx'
import { When } from './when.tsx'
import { rangeText } from './words.ts'

interface Props {
  appointments: readonly { start: DateTime; end: DateTime }[]
  zone: string
  practiceZone: string
}

/** One time in large letters; several as a list, and day by day where a day has more than one. */
export const Dates = ({ appointments, zone, practiceZone }: Props) => {
  const [first, ...more] = appointments
  if (!first) return ''
  if (more.length === 0) return <When {...first} zone={zone} practiceZone={practiceZone} />
  const differs = appointments.some(({ start }) => start.setZone(zone).offset !== start.setZone(practiceZone).offset)
  const days = new Set(appointments.map(({ start }) => start.setZone(zone).toISODate())).size
  if (!differs && days < appointments.length)
    return (
      <>
        {isRow(appointments, zone, days) && (
          <p class="when" safe>
            {daysText(appointments, zone)}
          </p>
        )}
        <Blocks blocks={appointments} zone={zone} />
      </>
    )
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

/** Whether the days follow each other, so that the first and the last tell all of them. */
function isRow(appointments: Props['appointments'], zone: string, days: number): boolean {
  const [first, last] = [appointments[0], appointments.at(-1)].map(one => one?.start.setZone(zone).startOf('day'))
  return !!first && !!last && Math.round(last.diff(first, 'days').days) === days - 1
}
