import type { Children } from '@kitajs/html'
import { areHeld } from '../../bookings/calls.ts'
import { Dates } from '../components/dates.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Answer, stateMark } from './agenda-entry.tsx'
import { Changes } from './booking-changes.tsx'
import { Calls } from './client-calls.tsx'
import { NotMet } from './not-met.tsx'
import { NotVerified } from './not-verified.tsx'
import { FeeToDecide, OtherTimes, PeopleOf, YesesOf } from './people.tsx'
import { Absent, SeriesOf, WholeSeries } from './series.tsx'
import type { StaffBooking } from './staff-booking.ts'
import { SuggestedToStaff } from './suggested.tsx'

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
  const { start, names, type, place, amount, state, cancelled, calls } = booking
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
          <Dates appointments={booking.times} zone={zone} practiceZone={zone} />
          <p class="quiet" safe>
            {[stateMark(state) ?? state, booking.alone, type, place, amount].filter(Boolean).join(' · ')}
          </p>
          {!!booking.link && (
            <p>
              Join at{' '}
              <a href={booking.link} rel="noreferrer" safe>
                {booking.link}
              </a>
            </p>
          )}
          {!!cancelled && (
            <p
              safe
            >{`Cancelled by ${cancelled.by === 'practice' ? 'us' : 'the client'}${cancelled.sums ? `: ${cancelled.sums}` : ''}.`}</p>
          )}
          {booking.away && (
            <p>
              <span class="tag open">you are away</span>
            </p>
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
