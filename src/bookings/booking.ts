import { DateTime } from 'luxon'
import type { BookingState } from '../../db/schema/bookings.ts'
import type { Money } from '../kernel/money.ts'
import { problem } from '../kernel/problem.ts'
import { afterWorkingDays } from '../kernel/working-days.ts'
import { asItIs } from './as-it-is.ts'

export const slotTaken = problem('slot-taken', 409, 'That time has just been taken')
export const notOffered = problem('not-offered', 422, 'That time is not offered')
export const tooSoon = problem('too-soon', 422, 'That time is too soon')
export const tooFar = problem('too-far', 422, 'That time is too far ahead')
export const termsChanged = problem('terms-changed', 422, 'The terms have changed meanwhile')
export const wrongState = problem('wrong-state', 409, 'That cannot be done with this booking now')
export const noSuchBooking = problem('no-such-booking', 404, 'There is no such booking')

/** A client's claim on one laid plan. */
export interface Booking {
  id: string
  clientId: string
  bookerId: string
  sessionTypeId: string
  version: number
  /** The edition of which it has a seat; its times are then the edition's. */
  editionId: string | null
  therapistId: string
  /** Of two who sit together the other one. */
  secondTherapistId: string | null
  placeId: string
  /** Staff booked it for a caller, or it was proposed privately. */
  byPractice: boolean
  state: BookingState
  createdAt: DateTime
  confirmedAt: DateTime | null
  endedAt: DateTime | null
  holdUntil: DateTime | null
  price: Money
  termsVersion: number
  /** Of a series: days from one round to the next, whether it goes on until it is ended, and since when it pauses. */
  every: number | null
  openEnded: boolean
  pausedFrom: DateTime | null
  /** Of what has steps beside it: those that were taken along, by their numbers in the plan. */
  steps: number[]
}

/** Who gives it: one therapist, or two together. */
export function therapistsOf({
  therapistId,
  secondTherapistId
}: Pick<Booking, 'therapistId' | 'secondTherapistId'>): string[] {
  return secondTherapistId ? [therapistId, secondTherapistId] : [therapistId]
}

/** The whole life of a booking. A state with nothing after it is final, but a late payment may take the time again. */
const next: Record<BookingState, readonly BookingState[]> = {
  requested: ['held', 'confirmed', 'declined', 'expired'],
  held: ['confirmed', 'releasing'],
  releasing: ['expired', 'confirmed'],
  confirmed: ['completed', 'no_show', 'cancelled'],
  // Attendance that was put down wrongly is put right: each can become the other, and nothing else.
  completed: ['no_show'],
  no_show: ['completed'],
  declined: [],
  expired: ['confirmed'],
  cancelled: []
}

/** States in which a booking keeps its times. */
export const keeping: readonly BookingState[] = ['requested', 'held', 'releasing', 'confirmed']

/** Whether a booking keeps its times without having been paid or confirmed. */
export function isUnpaidHold(state: BookingState): boolean {
  return keeping.includes(state) && state !== 'confirmed'
}

/** States in which a booking takes nothing any more: no time, and no seat. */
export const takingNothing: readonly BookingState[] = ['declined', 'expired', 'cancelled']

/** Whether a booking takes its times, or took them. */
export function takesTime(state: BookingState): boolean {
  return !takingNothing.includes(state)
}

/** @throws wrong-state where the table does not allow it */
export function move(booking: Booking, to: BookingState, at: DateTime): Booking {
  if (!next[booking.state].includes(to)) throw wrongState(asItIs(booking.state))
  return {
    ...booking,
    state: to,
    confirmedAt: to === 'confirmed' ? at : booking.confirmedAt,
    endedAt: takingNothing.includes(to) ? at : null
  }
}

/** How long a free appointment waits for the mailed code. */
export const codeMinutes = 10

/** How long an approved booking waits for its payment. */
const approvedHours = 48

/** So many working days of the practice after an instant, at the same local hour, and never after the start: the deadline of its own answer. */
export function approvalDeadline(now: DateTime, zone: string, start: DateTime, days = 2): DateTime {
  return DateTime.min(afterWorkingDays(now, zone, days), start).toUTC()
}

/** Until when an approved booking can be paid: 48 hours, and never after its start. */
export function payUntil(approvedAt: DateTime, start?: DateTime): DateTime {
  const usual = approvedAt.plus({ hours: approvedHours })
  return start ? DateTime.min(usual, start) : usual
}
