import { DateTime } from 'luxon'
import type { acceptances } from '../../db/schema/bookings.ts'
import { answerDaysOf, type SessionType } from '../catalog/session-type.ts'
import { problem } from '../kernel/problem.ts'
import { approvalDeadline, codeMinutes } from './booking.ts'

/** A yes that a requested booking waits for, or waited for. */
export type Acceptance = typeof acceptances.$inferSelect

/**
 * Whose yes it is: the practice's; whoever holds the link and proves an address; the booker's own, by the mailed code, where
 * nothing is to be paid; else the other member's, by their id.
 */
export const practiceYes = 'practice'
export const linkYes = 'partner'
export const bookerYes = 'booker'

export const answers = ['accept', 'other_time', 'decline'] as const
export type Answer = (typeof answers)[number]

/** Said to whoever holds the link, whatever it was that ended it: nothing tells what anybody chose. */
export const nothingToAnswer = problem('nothing-to-answer', 409, 'There is nothing to answer here any more')
export const answeredAlready = problem('answered-already', 409, 'This was answered already')
/** The other, who then comes with their own, is warned by this: one can say yes for them with a second mailbox. */
export const otherAddress = 'It was answered with another address. If that was not you, please tell the practice'
export const ownAddress = problem('own-address-needed', 422, 'Accept with an address of your own')

/** For so many hours the other may answer … */
const answerHours = 72
/** … but no longer than so many hours before the start. */
const lastHours = 24

/** Until when the other may answer: 72 hours, or a day before the start; where that is over, until the start itself. */
export function acceptanceDeadline(now: DateTime, start: DateTime): DateTime {
  const dayBefore = start.minus({ hours: lastHours })
  return DateTime.min(now.plus({ hours: answerHours }), dayBefore > now ? dayBefore : start).toUTC()
}

/**
 * The yeses that a new booking waits for, side by side, each with its deadline. What costs nothing asks besides for the
 * code that is mailed to whoever books; where nobody else is asked, it is held until that code is given, and waits for none.
 */
export function yesesOf(
  { approval, other, costs }: { approval: boolean; other: string | undefined; costs: boolean },
  { now, zone, start, type }: { now: DateTime; zone: string; start: DateTime; type: SessionType }
): { by: string; deadline: DateTime }[] {
  return [
    ...(approval ? [{ by: practiceYes, deadline: approvalDeadline(now, zone, start, answerDaysOf(type)) }] : []),
    ...(other ? [{ by: other, deadline: acceptanceDeadline(now, start) }] : []),
    ...((approval || other) && !costs ? [{ by: bookerYes, deadline: now.plus({ minutes: codeMinutes }) }] : [])
  ]
}

/** The other's yes among those that a booking waits for, if it does. */
export function othersYes(acceptances: readonly Acceptance[]): Acceptance | undefined {
  return acceptances.find(({ by }) => by !== practiceYes && by !== bookerYes)
}

/** Whether whoever booked has not given the mailed code yet. */
export function awaitsCode(acceptances: readonly Pick<Acceptance, 'by' | 'answer'>[]): boolean {
  return acceptances.some(({ by, answer }) => by === bookerYes && answer === null)
}

/** Whether the other can still answer: also after a yes, for whoever gave it may still say no. */
export function isAnswerable({ answer, deadline }: Acceptance, now: DateTime): boolean {
  return answer !== null || deadline > now
}

/** Whether some yes is missing and too late by now. */
export function isLapsed(acceptances: readonly Acceptance[], now: DateTime): boolean {
  return acceptances.some(({ answer, deadline }) => answer === null && deadline <= now)
}

/** Whether it is an appointment of two who have both said yes. */
export function isJoint(acceptances: readonly Acceptance[]): boolean {
  return othersYes(acceptances)?.answer === 'accept'
}

/** Whether it was the other who would rather not, or at another time. */
export function isOthersNo(acceptances: readonly Acceptance[]): boolean {
  const answer = othersYes(acceptances)?.answer
  return answer === 'decline' || answer === 'other_time'
}

/** Whether every yes is there: the last one makes a request a booking. */
export function isAccepted(acceptances: readonly Acceptance[]): boolean {
  return acceptances.every(({ answer }) => answer === 'accept')
}
