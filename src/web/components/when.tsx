import type { DateTime } from 'luxon'
import { dayText } from '../../notices/wording.ts'
import { rangeText, timeText, zoneMark } from './words.ts'

interface Props {
  start: DateTime
  end: DateTime
  zone: string
  practiceZone: string
}

/** The time of an appointment in large letters, and below it the practice's clock where that differs. */
export const When = ({ start, end, zone, practiceZone }: Props) => {
  const [from, to] = [start.setZone(zone), end.setZone(zone)]
  const differs = from.offset !== start.setZone(practiceZone).offset
  return (
    <>
      <p class="when">
        <time datetime={start.toISO() ?? undefined}>
          <span class="whole" safe>{`${dayText(from)},`}</span>{' '}
          <span class="whole" safe>
            {timeText(from, to)}
          </span>{' '}
          <span safe>{zoneMark(from)}</span>
        </time>
      </p>
      {differs && <p class="quiet small" safe>{`At the practice: ${rangeText(start, end, practiceZone)}`}</p>}
    </>
  )
}
