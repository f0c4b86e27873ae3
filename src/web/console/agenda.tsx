import type { DateTime } from 'luxon'
import type { BookingState } from '../../../db/schema/bookings.ts'
import type { EditionView } from '../../bookings/edition-schema.ts'
import type { NamedCall } from '../../bookings/read-calls.ts'
import { dayText, zoneText } from '../../notices/wording.ts'
import { daysText } from '../components/blocks.tsx'
import { ArrowLeft, ArrowRight } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { zoneMark } from '../components/words.ts'
import { Entry } from './agenda-entry.tsx'
import { seatsText } from './editions.tsx'

/** An appointment of the agenda, as this reader may see it. */
export interface AgendaEntry {
  booking: string
  appointment: string
  /** Its booking has others. */
  several: boolean
  /** It was skipped, or called off. */
  off: boolean
  start: DateTime
  end: DateTime
  /** Who comes; undefined where this reader sees no names. */
  names: string | undefined
  /** Of two the one who comes alone. */
  alone: string | undefined
  type: string | undefined
  place: string | undefined
  state: BookingState
  mayAnswer: boolean
  /** The private calls that a yes waits for, for who may give it. */
  calls: readonly NamedCall[]
  /** Whose yes a request still waits for. */
  waitsForUs: boolean
  waitsForOther: boolean
  /** The client asked for another time, and waits for an answer. */
  asksToMove?: boolean
  /** False: booked from a partner's page, and the practice has not spoken with whoever it was. */
  verified?: boolean | undefined
}

interface Props {
  frame: Frame
  /** The week's days, midnight of each in the practice's zone. */
  days: readonly DateTime[]
  entries: readonly AgendaEntry[]
  /** Everything that waits for an answer, in whatever week it lies. */
  waiting: readonly AgendaEntry[]
  today: string
  /** Dates that several couples come to, in this week. */
  dates: readonly EditionView[]
}

/** A week by day, and before it what waits for a yes or a no. */
export const Agenda = ({ frame, days, entries, waiting, today, dates }: Props) => {
  const [first] = days
  const last = days.at(-1)
  return (
    <Layout frame={frame} title="Agenda" kind="staff" here="/console">
      {frame.may('book for callers') && (
        <p class="actions">
          <a href="/console/new-booking">New booking</a>
          {frame.may('propose privately') && <a href="/console/proposals">Proposals</a>}
        </p>
      )}
      {waiting.length > 0 && (
        <section class="card" aria-labelledby="waiting">
          <h2 id="waiting">To answer</h2>
          <p class="quiet small">
            Nothing is charged before your yes. A no gives the time free and says nothing of the reason.
          </p>
          {waiting.map(entry => (
            <Entry frame={frame} entry={entry} dated />
          ))}
        </section>
      )}
      {!!first && !!last && (
        <>
          <div class={waiting.length > 0 ? 'months section' : 'months'}>
            <a href={weekAddress(first.minus({ weeks: 1 }))} aria-label="The week before">
              <ArrowLeft />
            </a>
            <h1 class="week" safe>{`${dayText(first)} – ${dayText(last)}`}</h1>
            <a href={weekAddress(first.plus({ weeks: 1 }))} aria-label="The week after">
              <ArrowRight />
            </a>
          </div>
          <p class="quiet small" safe>{`${zoneText(first.zoneName ?? '')} (${zoneMark(first)})`}</p>
        </>
      )}
      {dates.map(({ id, appointments, ...edition }) => (
        <p class="note">
          <a href={`/console/editions/${id}`} safe>
            {daysText(appointments, first?.zoneName ?? '')}
          </a>{' '}
          <span safe>{seatsText({ id, appointments, ...edition })}</span>
        </p>
      ))}
      {entries.length === 0 && dates.length === 0 && <Empty />}
      {days.map(day => (
        <Day frame={frame} day={day} today={today} entries={entries.filter(({ start }) => start.hasSame(day, 'day'))} />
      ))}
    </Layout>
  )
}

const Empty = () => (
  <p class="note">
    Nothing is booked in this week. What can be booked follows from your{' '}
    <a href="/console/opening-hours">opening hours</a> and your <a href="/console/time-off">time off</a>.
  </p>
)

interface DayProps {
  frame: Frame
  day: DateTime
  today: string
  entries: readonly AgendaEntry[]
}

const Day = ({ frame, day, today, entries }: DayProps) => (
  <section class="day">
    <h2>
      <span safe>{dayText(day)}</span> {day.toISODate() === today && <span class="tag">today</span>}
    </h2>
    {entries.length === 0 ? (
      <p class="quiet">–</p>
    ) : (
      <ul>
        {entries.map(entry => (
          <li>
            <Entry frame={frame} entry={entry} />
          </li>
        ))}
      </ul>
    )}
  </section>
)

function weekAddress(monday: DateTime): string {
  return `/console?week=${monday.toFormat('yyyy-LL-dd')}`
}
