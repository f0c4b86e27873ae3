import { Dates } from '../components/dates.tsx'
import { Emergency } from '../components/emergency.tsx'
import { FaultList, type Faults } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { AddToCalendar } from './add-to-calendar.tsx'
import { BookingNext, rests } from './booking-next.tsx'
import { ChangeLinks } from './change-links.tsx'
import { ForTheOther } from './for-the-other.tsx'
import { Occurrences } from './occurrences.tsx'
import { OpenBooking, OpenBySignIn } from './open-booking.tsx'
import { OwnCall } from './own-call.tsx'
import { SecondStepOffer } from './second-step-offer.tsx'
import type { Shown } from './shown.ts'
import { Suggested } from './suggested.tsx'

interface Props {
  frame: Frame
  booking: Shown
  faults: Faults
  /** A code that opens the rest has just been asked for. */
  asked: boolean
}

/** The page of one booking, for the browser that booked it or the mailed link. */
export const Booking = ({ frame, booking, faults, asked }: Props) => {
  const { appointments, zone, practiceZone, place, name, price } = booking
  return (
    <Layout frame={frame} title="Appointment" kind="quiet">
      <div id="booking" class="narrow stack">
        <FaultList faults={faults} />
        <Suggested frame={frame} booking={booking} />
        <BookingNext frame={frame} booking={booking} faults={faults} />
        {!!booking.partnerLink && <Emergency frame={frame} />}
        {!!booking.call && <OwnCall call={booking.call} zone={zone} />}
        {!!booking.partnerLink && <ForTheOther booking={booking} link={booking.partnerLink} />}
        <section class="card" aria-label="The appointment">
          {booking.series ? (
            <Occurrences booking={booking} />
          ) : (
            <Dates appointments={appointments} zone={zone} practiceZone={practiceZone} />
          )}
          {!booking.series && appointments.some(({ conflict }) => conflict) && (
            <p>We are away at this time: change it, or you hear from us.</p>
          )}
          <dl class="facts">
            <Fact name="What" value={name} />
            <Fact name="Where" value={place} />
            {!!booking.link && (
              <>
                <dt>Join at</dt>
                <dd>
                  <a href={booking.link} rel="noreferrer" safe>
                    {booking.link}
                  </a>
                </dd>
              </>
            )}
            <Fact name={booking.payment === 'paid' ? 'Paid' : 'Price'} value={price} />
            <Fact name="Payments" value={booking.instalments.join(', ') || undefined} />
            <Fact name="If you cancel" value={booking.state === 'confirmed' ? booking.policy : undefined} />
          </dl>
        </section>
        {booking.state === 'confirmed' && !rests(booking) && appointments.length > 0 && (
          <AddToCalendar booking={booking} />
        )}
        {booking.paused && (
          <section class="card" aria-labelledby="pause">
            <h2 id="pause">There is a pause</h2>
            <p>What pauses is kept for you: nothing is charged meanwhile. Go on when you like.</p>
            <p class="actions">
              <a class="button" href={`/b/${booking.id}/resume`}>
                Go on
              </a>
              <a class="button plain" href={`/b/${booking.id}/cancellation`}>
                End it
              </a>
            </p>
          </section>
        )}
        {booking.changeable && <ChangeLinks booking={booking} />}
        {booking.mayShare && (
          <p>
            <a href={`/b/${booking.id}/share`}>A page to share with somebody close to you</a>
          </p>
        )}
        {booking.offersStep && <SecondStepOffer />}
        {booking.timeOnly &&
          (booking.standing === 'booker' ? (
            <OpenBooking frame={frame} booking={booking.id} asked={asked} faults={faults} />
          ) : (
            <OpenBySignIn frame={frame} booking={booking.id} />
          ))}
      </div>
    </Layout>
  )
}

const Fact = ({ name, value }: { name: string; value: string | undefined }) =>
  value === undefined ? (
    ''
  ) : (
    <>
      <dt safe>{name}</dt>
      <dd class="figures" safe>
        {value}
      </dd>
    </>
  )
