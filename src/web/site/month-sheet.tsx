import { DateTime } from 'luxon'
import { ArrowLeft, ArrowRight } from '../components/icons.tsx'
import type { Day, Month } from './month.ts'
import { timesAddress } from './times-address.ts'

interface Props {
  type: string
  month: Month
  day: string | undefined
  /** What every address says besides month and day. */
  query: { zone: string; times?: string; every?: string; open?: string; with?: string }
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** A month as a table; days with free times are links, the others plain. */
export const MonthSheet = ({ type, month, day, query }: Props) => (
  <>
    <div class="months">
      <Neighbour type={type} month={month.previous} query={query} name="Previous month">
        <ArrowLeft />
      </Neighbour>
      <h2 id="month" safe>
        {monthText(month.name)}
      </h2>
      <Neighbour type={type} month={month.next} query={query} name="Next month">
        <ArrowRight />
      </Neighbour>
    </div>
    <table class="month" aria-labelledby="month">
      <thead>
        <tr>
          {weekdays.map(name => (
            <th scope="col" safe>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map(week => (
          <tr>
            {week.map(cell => (
              <td>{!!cell && <DayCell type={type} cell={cell} chosen={cell.date === day} query={query} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </>
)

interface CellProps extends Pick<Props, 'type' | 'query'> {
  cell: Day
  chosen: boolean
}

const DayCell = ({ type, cell, chosen, query }: CellProps) =>
  cell.free ? (
    <a
      id={`d${cell.date}`}
      href={timesAddress(type, { month: cell.date.slice(0, 7), day: cell.date, ...query })}
      aria-current={chosen ? 'date' : undefined}
      aria-label={`${DateTime.fromISO(cell.date).toFormat('cccc d LLLL', { locale: 'en-US' })}, free times`}
    >
      {cell.day}
    </a>
  ) : (
    <span>{cell.day}</span>
  )

interface NeighbourProps extends Pick<Props, 'type' | 'query'> {
  month: string | undefined
  name: string
  children: JSX.Element
}

const Neighbour = ({ type, month, query, name, children }: NeighbourProps) =>
  month ? (
    <a
      id={name.toLowerCase().replaceAll(' ', '-')}
      href={timesAddress(type, { month, ...query })}
      aria-label={`${name}: ${monthText(month)}`}
    >
      {children}
    </a>
  ) : (
    <span>{children}</span>
  )

/** `March 2027` */
function monthText(month: string): string {
  return DateTime.fromISO(`${month}-01`).toFormat('LLLL yyyy', { locale: 'en-US' })
}
