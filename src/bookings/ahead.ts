import type { DateTime } from 'luxon'
import type { CancellationPolicy, Keep } from '../catalog/rules.ts'
import type { Due } from '../payments/due.ts'
import { bandAt, bandEnds } from '../payments/policy.ts'
import { type Cancelling, cancellationOf, undoHours, undoMinutes } from './cancellation.ts'
import {
  countedOf,
  countingStart,
  lastBefore,
  moveHours,
  type Part,
  partsOf,
  type Waiting,
  waitingAt
} from './parts.ts'

/** What of a cancellation decides, whenever it comes and to whichever start it counts. */
export type Terms = Omit<Cancelling, 'by' | 'start' | 'at' | 'parts' | 'waiting'>

/**
 * Whoever cancels until then, but not before the one above, gets so much back (minor units): a notice is given at `until`
 * itself, and an appointment that starts then has begun.
 */
export interface Back {
  until: DateTime
  refund: number
  /** What will have been paid by then. */
  paid: number
}

/**
 * What comes back of the client's cancellation from now to the start, soonest first. It is asked of the very function
 * that decides over a cancellation, at every instant at which its answer may change.
 * @param later what is still to be paid, and when: it is paid once that is past
 * @param waits steps that have no time: what they cost comes back until they can have none any more
 */
export function backAhead(
  terms: Terms,
  appointments: readonly Part[],
  now: DateTime,
  later: readonly Pick<Due, 'amount' | 'dueAt'>[] = [],
  waits: readonly Waiting[] = []
): Back[] {
  const { policy, zone, confirmedAt } = terms
  const parts = partsOf(appointments)
  const shown = parts ?? appointments
  const undo = shown.map(({ startsAt }) => startsAt.minus({ hours: undoHours }))
  const begun = parts?.map(({ startsAt }) => startsAt) ?? []
  const over = waits.map(({ to }) => to)
  const turns = [...undo, ...begun, ...over, ...later.map(({ dueAt }) => dueAt)]
  const more = [confirmedAt.plus({ minutes: undoMinutes }), ...turns]
  const backs = turnsOf(policy, shown, now, zone, more).map(({ at, start }) => {
    const due = later.filter(({ dueAt }) => dueAt < at).reduce((sum, { amount }) => sum + amount.amount, 0)
    const paid = terms.paid + due
    const last = lastBefore(at)
    const asked = { ...terms, paid, parts, waiting: waitingAt(waits, last), by: 'client' as const, start, at: last }
    return { until: at, refund: cancellationOf(asked).refund, paid }
  })
  return backs.filter(
    ({ refund, paid }, order) => refund !== backs[order + 1]?.refund || paid !== backs[order + 1]?.paid
  )
}

/** Until when, without a break from now on, a cancellation costs nothing by its notice alone; undefined where it does. */
export function freeAhead(
  policy: CancellationPolicy,
  appointments: readonly Part[],
  now: DateTime,
  zone: string
): DateTime | undefined {
  const turns = turnsOf(policy, appointments, now, zone, [])
  const costs = turns.findIndex(({ at, start }) => !keepsNothing(bandAt(policy, start, at, zone).keep))
  return turns.slice(0, costs === -1 ? undefined : costs).at(-1)?.at
}

export function keepsNothing(keep: Keep): boolean {
  return Object.values(keep).every(share => share === 0)
}

/** The instants ahead after which another band, or another start, counts; the last is the start itself. */
function turnsOf(
  policy: CancellationPolicy,
  appointments: readonly Part[],
  now: DateTime,
  zone: string,
  more: readonly DateTime[]
): { at: DateTime; start: DateTime }[] {
  const planned = countedOf(appointments, now)
  const begins = Math.min(...planned.map(({ startsAt }) => startsAt.toMillis()))
  const counted = planned.flatMap(({ startsAt, movedFrom }) => [startsAt, ...(movedFrom ? [movedFrom] : [])])
  const moves = planned.flatMap(({ movedAt }) => (movedAt ? [movedAt.plus({ hours: moveHours })] : []))
  const ends = counted.flatMap(start => bandEnds(policy, start, zone).map(({ until }) => until))
  return [...ends, ...moves, ...more, ...planned.map(({ startsAt }) => startsAt)]
    .filter(at => at > now && at.toMillis() <= begins)
    .sort((one, other) => one.toMillis() - other.toMillis())
    .flatMap(at => {
      const start = countingStart(planned, at)
      return start ? [{ at, start }] : []
    })
}
