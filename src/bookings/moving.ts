import { DateTime } from 'luxon'
import type { Who } from '../catalog/segment.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { problem } from '../kernel/problem.ts'
import { bandAt, kept } from '../payments/policy.ts'
import { practiceYes } from './acceptance.ts'
import { approvalDeadline } from './booking.ts'
import type { By } from './cancellation.ts'
import { isOwn, type Whose } from './own-times.ts'

export const noSuchAppointment = problem('no-such-appointment', 404, 'There is no such appointment')
export const noProposal = problem('no-proposal', 409, 'No new time waits for an answer')

/** For so many hours the other may answer … */
const answerHours = 72
/** … but no longer than so many hours before either start. */
const lastHours = 24

/** A change that soon after another is counted from the start before both. */
const togetherHours = 48

/**
 * Whether the side that did not propose a new time must agree before it counts. The clients to what the practice wants; the
 * practice to what a client wants of a type that needs its approval, or after so many moves as the type leaves free, or so
 * late that a cancellation would not be free.
 * @param used how often the clients have moved it before
 */
export function needsYes(
  by: By,
  { rules, policy, price }: Pick<SessionType, 'rules' | 'policy' | 'price'>,
  start: DateTime,
  at: DateTime,
  zone: string,
  used = 0
): boolean {
  if (by === 'practice') return true
  const free = rules.freeMoves === undefined ? !rules.approval : used < rules.freeMoves
  return !free || kept(bandAt(policy, start, at, zone).keep, price, price.amount) > 0
}

/**
 * How often the clients have moved appointments of a booking, as the next move of one counts. The other of two finds a
 * time kept for their own step: choosing another one for the first time is no move. Of own steps each of the two has their
 * own count: that a move asks for a yes would else tell that the other moved theirs.
 */
export function movesUsed(
  appointments: readonly { id: string; who: Who; moves: number }[],
  next: { id: string; who: Who; moves: number },
  whose: Whose
): number {
  if (isFirstChoice(next)) return 0
  return appointments
    .filter(({ who }) => isOwn(who, whose))
    .reduce((sum, { who, moves }) => sum + Math.max(0, who === 'second' ? moves - 1 : moves), 0)
}

function isFirstChoice({ who, moves }: { who: string; moves: number }): boolean {
  return who === 'second' && moves === 0
}

/**
 * Whose yes a new time waits for: of each client who did not propose it, and the practice's where it must agree as well.
 * Nobody's: then it is moved at once.
 * @param members the clients at the appointment, by their persons' ids
 * @param proposer the one of them who proposes; undefined for the practice
 */
export function yesesToMove(members: readonly string[], proposer: string | undefined, practiceToo: boolean): string[] {
  const others = members.filter(member => member !== proposer)
  return proposer !== undefined && practiceToo ? [...others, practiceYes] : others
}

/** Until when they may answer: clients 72 hours, the practice two working days, and nobody later than a day before. */
export function answerBy(yeses: readonly string[], now: DateTime, starts: readonly DateTime[], zone: string): DateTime {
  const sooner = starts.reduce((one, other) => (other < one ? other : one))
  const usual = DateTime.min(
    ...yeses.map(yes => (yes === practiceYes ? approvalDeadline(now, zone, sooner) : now.plus({ hours: answerHours })))
  )
  if (!usual) throw new Error('Nobody is asked')
  const latest = starts.map(start => start.minus({ hours: lastHours }))
  const soonest = [usual, ...latest].reduce((one, other) => (other < one ? other : one))
  // So near that a day before is over: until the sooner start itself.
  return soonest > now ? soonest : sooner
}

/** The start to which a later cancellation may count: before this move, or before those shortly before it. */
export function movedFrom(
  { startsAt, movedAt, movedFrom }: { startsAt: DateTime; movedAt: DateTime | null; movedFrom: DateTime | null },
  now: DateTime
): DateTime {
  const lately = movedAt && movedFrom && now <= movedAt.plus({ hours: togetherHours })
  return lately && movedFrom < startsAt ? movedFrom : startsAt
}
