import type { Children } from '@kitajs/html'
import type { DateTime } from 'luxon'
import { areHeld } from '../../bookings/calls.ts'
import type { BookingView } from '../../bookings/schema.ts'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { rangeText } from '../components/words.ts'
import type { AgendaEntry } from './agenda.tsx'
import { Answer, stateMark } from './agenda-entry.tsx'
import { Changes } from './booking-changes.tsx'
import { Calls } from './client-calls.tsx'
import { NotMet } from './not-met.tsx'
import { NotVerified } from './not-verified.tsx'
import { FeeToDecide, OtherTimes, PeopleOf, YesesOf } from './people.tsx'
import { Absent, SeriesOf, WholeSeries } from './series.tsx'
import { SuggestedToStaff } from './suggested.tsx'
import type { openStepsOf } from './whose.ts'

/** A booking as staff look at it, each by their role. */
export interface StaffBooking extends AgendaEntry {
  /** The practice itself booked or proposed it. */
  byPractice: boolean
  /** Of a series each of its times, and what can be done about it. */
  series: readonly {
    id: string
    start: DateTime
    end: DateTime
    off: boolean
    ahead: boolean
    conflict: boolean
    /** It is a step: it is called off by itself, and gets another time. */
    callable: boolean
    /** It belongs together with an earlier one, and moves with it. */
    tied: boolean
    /** Of two the one who comes alone. */
    alone: string | undefined
  }[]
  /** Steps without a time, and the days on which each can get one. */
  openSteps: ReturnType<typeof openStepsOf>
  /** A series: its weeks are skipped, moved together and paused. */
  repeats: boolean
  /** It keeps no time for now, and this reader may let it go on. */
  paused: boolean
  /** Its clients missed their last times. */
  absent: boolean
  amount: string | undefined
  suggestion:
    | {
        appointmentId: string
        /** One new time, or several that go together. */
        starts: readonly DateTime[]
        by: 'client' | 'practice'
        own: boolean
        asked: boolean
        expiresAt: DateTime
      }
    | undefined
  /** `sums`: what came back and what was kept, for those who read amounts. */
  cancelled: { by: 'client' | 'practice'; sums: string | undefined } | undefined
  /** Whose it is, for those who may read clients. */
  client: string | undefined
  /** Nothing for those who read no names. */
  people: NonNullable<BookingView['people']>
  yeses: NonNullable<BookingView['yeses']>
  /** Nothing for all but its own therapist. */
  otherTimes: NonNullable<BookingView['otherTimes']>
  /** Of a seat: whom they would rather not meet there, for whoever leads the dates. */
  notMeet: readonly string[] | undefined
  /** It has begun, and this reader may put down of these whether they came, by their ids. */
  attendable: readonly string[]
  /** A late fee of two that this reader may decide on. */
  fee: { sum: string; until: string } | undefined
  /** This reader may say that the practice has spoken with whoever booked. */
  mayVerify: boolean
  /** Confirmed and ahead, and this reader may change it. */
  changeable: boolean
}

interface Props {
  frame: Frame
  booking: StaffBooking
  zone: string
  fault?: string | undefined
  /** What is being changed, below the booking. */
  children?: Children
}

/** One booking: what it is, what waits for an answer, and what can be changed. */
export const StaffBookingPage = ({ frame, booking, zone, fault, children }: Props) => {
  const { start, end, names, type, place, amount, state, cancelled, calls } = booking
  return (
    <Layout frame={frame} title="Booking" kind="staff" here="/console">
      <div class="narrow stack">
        <a class="back" href={`/console?week=${start.toFormat('yyyy-LL-dd')}`}>
          <ArrowLeft /> Agenda
        </a>
        <h1 safe>{names ?? 'Taken'}</h1>
        {!!fault && (
          <p class="notice" role="alert" safe>
            {fault}
          </p>
        )}
        <section class="card" aria-label="The appointment">
          <p class="when" safe>
            {rangeText(start, end, zone)}
          </p>
          <p class="quiet" safe>
            {[stateMark(state) ?? state, booking.alone, type, place, amount].filter(Boolean).join(' · ')}
          </p>
          {!!cancelled && (
            <p
              safe
            >{`Cancelled by ${cancelled.by === 'practice' ? 'us' : 'the client'}${cancelled.sums ? `: ${cancelled.sums}` : ''}.`}</p>
          )}
          {booking.verified === false && <NotVerified frame={frame} booking={booking} />}
          {calls.length > 0 && <Calls start={start} calls={calls} zone={zone} />}
          {booking.mayAnswer && (
            <Answer
              frame={frame}
              booking={booking.booking}
              onlyNo={calls.length > 0 && !areHeld(calls)}
              spoken={booking.byPractice}
            />
          )}
        </section>
        <NotMet words={booking.notMeet} />
        {booking.absent && <Absent booking={booking} />}
        {booking.series.length > 0 && <SeriesOf booking={booking} zone={zone} />}
        {booking.yeses.length > 0 && <YesesOf yeses={booking.yeses} zone={zone} />}
        {booking.otherTimes.length > 0 && <OtherTimes times={booking.otherTimes} zone={zone} />}
        {booking.people.length > 0 && <PeopleOf frame={frame} {...booking} />}
        {!!booking.fee && <FeeToDecide frame={frame} booking={booking.booking} fee={booking.fee} />}
        {!!booking.suggestion && (
          <SuggestedToStaff frame={frame} booking={booking} suggestion={booking.suggestion} zone={zone} />
        )}
        <div>{children}</div>
        {!children && booking.changeable && booking.series.length === 0 && <Changes booking={booking} />}
        {!children && booking.series.length > 0 && (booking.changeable || booking.paused) && (
          <WholeSeries booking={booking} />
        )}
      </div>
    </Layout>
  )
}
