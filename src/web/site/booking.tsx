import type { DateTime } from 'luxon'
import type { BookingState } from '../../../db/schema/bookings.ts'
import type { Call } from '../../bookings/calls.ts'
import type { Standing } from '../../bookings/standing.ts'
import type { AddLinks } from '../../calendars/add-links.ts'
import { Dates } from '../components/dates.tsx'
import { Emergency } from '../components/emergency.tsx'
import { FaultList, type Faults } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { AddToCalendar } from './add-to-calendar.tsx'
import { BookingNext } from './booking-next.tsx'
import { ChangeLinks } from './change-booking.tsx'
import { ForTheOther } from './for-the-other.tsx'
import { Occurrences } from './occurrences.tsx'
import { OpenBooking, OpenBySignIn } from './open-booking.tsx'
import { OwnCall } from './own-call.tsx'
import { SecondStepOffer } from './second-step-offer.tsx'
import { Suggested } from './suggested.tsx'

/** A booking as its page shows it. What its reader may not see is undefined. */
export interface Shown {
  id: string
  /** The reader came by the mailed link: the time alone is shown. */
  timeOnly: boolean
  /** They booked it, take part as the other of two, or are asked whether it suits them. */
  standing: Standing
  /** The page on which the other answers, for who booked to give it to them. */
  partnerLink: string | undefined
  state: BookingState
  /** Until when the time is kept, if it is held. */
  heldUntil: DateTime | undefined
  /** The mailed code is still to be given before anybody else is asked. */
  awaitsCode: boolean
  /** When the practice will have answered, if it is asked. */
  answerBy: DateTime | undefined
  appointments: readonly {
    id: string
    start: DateTime
    end: DateTime
    add: AddLinks
    /** It stands and has not begun. */
    ahead: boolean
    /** It was skipped, or called off with the rest. */
    off: boolean
    /** It stands, and the practice cannot keep it as things are. */
    conflict: boolean
    /** It was skipped, and another time near it may make up for it. */
    makeable: boolean
  }[]
  /** Its appointments stand for themselves: each is changed and skipped alone. */
  series: boolean
  /** Some of them pause. */
  paused: boolean
  /** Steps that still get their time, and what is not the reader's own, in a sentence. */
  openSteps: readonly { step: number; from: DateTime; to: DateTime }[]
  besides: readonly string[]
  /** One of its appointments can be skipped. */
  skippable: boolean
  /** What an entry says that the reader adds to a calendar. */
  entryTitle: string
  zone: string
  practiceZone: string
  /** Where to choose again. */
  slug: string | undefined
  name: string | undefined
  place: string | undefined
  /** `due`: still to be paid. `settling`: paid, and not yet confirmed by Stripe. */
  payment: 'nothing' | 'due' | 'settling' | 'paid' | undefined
  price: string | undefined
  /** What comes back until when if it is cancelled, where it still can be. */
  policy: string | undefined
  /** A new time that waits for an answer; `policy`: what would come back until when if it came to be now. */
  suggestion:
    | {
        appointment: string
        start: DateTime
        by: 'client' | 'practice'
        /** The reader suggested it, or is asked and has not answered. */
        own: boolean
        asked: boolean
        expiresAt: DateTime
        policy: string | undefined
      }
    | undefined
  /** What came of its cancellation. */
  cancelled:
    | {
        by: 'client' | 'practice'
        /** The reader did it, or told the practice to. */
        own: boolean
        refund: string | undefined
        fee: string | undefined
        /** Until when the practice decides whether the fee is kept. */
        decideBy: DateTime | undefined
      }
    | undefined
  /** Confirmed, ahead, and open to this reader: the time can be changed, or it can be cancelled. */
  changeable: boolean
  /** Its time is its own: dates are the same for all who come. */
  movable: boolean
  /** Confirmed, and open to this reader: a page for their partner can be made. */
  mayShare: boolean
  /** How far the reader's own private call is that the request waits for; `slug`: where its times are. */
  call: (Pick<Call, 'state' | 'at'> & { slug: string | undefined }) | undefined
  /** Theirs alone, and confirmed, and no second step is set: one is offered. */
  offersStep: boolean
}

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
            <Fact name={booking.payment === 'paid' ? 'Paid' : 'Price'} value={price} />
            <Fact name="If you cancel" value={booking.state === 'confirmed' ? booking.policy : undefined} />
          </dl>
        </section>
        {booking.state === 'confirmed' && <AddToCalendar booking={booking} />}
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
