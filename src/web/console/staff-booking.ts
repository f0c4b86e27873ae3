import type { DateTime } from 'luxon'
import type { BookingView } from '../../bookings/schema.ts'
import type { AgendaEntry } from './agenda.tsx'
import type { openStepsOf } from './whose.ts'

/** A booking as staff look at it, each by their role. */
export interface StaffBooking extends AgendaEntry {
  /** All that belongs together, where it is no series; of a series the one that is shown. */
  times: readonly { start: DateTime; end: DateTime }[]
  /** Where one joins by video. */
  link: string | undefined
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
  /** What is asked for, or the one appointment, lies where its therapist is away, or cannot have it. */
  away: boolean
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
