import type { DateTime } from 'luxon'
import type { BookingState } from '../../../db/schema/bookings.ts'
import type { Call } from '../../bookings/calls.ts'
import type { Standing } from '../../bookings/standing.ts'
import type { AddLinks } from '../../calendars/add-links.ts'

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
    /** The other of two takes no part in it. */
    own: boolean
    /** It belongs together with an earlier one, and moves with it. */
    tied: boolean
    /** It is a step: it can be called off by itself, and gets another time. */
    callable: boolean
  }[]
  /** Its appointments stand for themselves, or some beside others: each is changed alone, as far as it is not tied. */
  series: boolean
  /** Some of them pause. */
  paused: boolean
  /** Steps that still get their time, and what is not the reader's own, in a sentence. */
  openSteps: readonly {
    step: number
    from: DateTime
    to: DateTime
    /** The one before it was called off, and gets its time first. */
    waits: boolean
  }[]
  besides: readonly string[]
  /** One of its appointments can be skipped. */
  skippable: boolean
  /** Some of its appointments are steps. */
  stepwise: boolean
  /** What an entry says that the reader adds to a calendar. */
  entryTitle: string
  zone: string
  practiceZone: string
  /** Where to choose again. */
  slug: string | undefined
  name: string | undefined
  place: string | undefined
  /** Where they join by video. */
  link: string | undefined
  /** `due`: still to be paid. `settling`: paid, and not yet confirmed by Stripe. */
  payment: 'nothing' | 'due' | 'settling' | 'paid' | undefined
  price: string | undefined
  /** Of what is paid in parts: each with its sum and its day, and which are paid. */
  instalments: readonly string[]
  /** What is paid on the next page. */
  dueNow: string | undefined
  /** What comes back until when if it is cancelled, where it still can be. */
  policy: string | undefined
  /** A new time that waits for an answer; `policy`: what would come back until when if it came to be now. */
  suggestion:
    | {
        appointment: string
        /** One new time, or several that go together. */
        starts: readonly DateTime[]
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
  /** Something of it that is theirs or for both is ahead: it can be cancelled as a whole. */
  endable: boolean
  /** Its time is its own: dates are the same for all who come. */
  movable: boolean
  /** Confirmed, and open to this reader: a page for their partner can be made. */
  mayShare: boolean
  /** How far the reader's own private call is that the request waits for; `slug`: where its times are. */
  call: (Pick<Call, 'state' | 'at'> & { slug: string | undefined }) | undefined
  /** Theirs alone, and confirmed, and no second step is set: one is offered. */
  offersStep: boolean
}
