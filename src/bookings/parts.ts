import type { DateTime } from 'luxon'
import type { Who } from '../catalog/segment.ts'

/** For so many hours after a move, the notice of a cancellation counts to the earlier of the old and the new start. */
export const moveHours = 48

/** An appointment charged by itself, its share in minor units. `settled`: it makes up for a late one, and stays kept. */
export interface Part extends Dated {
  price?: number | null | undefined
  who?: string | undefined
  /** It makes up for one that was let fall too late: what was kept then stays kept, whatever its own notice is. */
  settled?: boolean | undefined
}

/** When an appointment is, and from where it came: what a notice counts from. */
export interface Dated {
  startsAt: DateTime
  movedAt: DateTime | null
  movedFrom: DateTime | null
  state: string
}

/** A step beside what belongs together that has no time: what of the price is for it, and until when it can have one. */
export interface Waiting {
  amount: number
  to: DateTime
}

/** Whose own steps whoever pays is not told of. */
export const othersOwn: readonly Who[] = ['second']

/**
 * The appointments where some are charged by themselves, in their order; undefined where the booking is charged as one. An
 * own step of the other of two counts by the one before it: a sum, or a date on which it changes, would else tell whoever pays
 * when the other comes.
 * @param hidden whose own steps count so
 */
export function partsOf<T extends Part>(
  appointments: readonly T[],
  hidden: readonly string[] = othersOwn
): T[] | undefined {
  if (!appointments.some(isCharged)) return undefined
  let seen: Dated | undefined
  return appointments.map(part => {
    if (!hidden.includes(part.who ?? '')) seen = part
    if (!seen || seen === part) return part
    const { startsAt, movedAt, movedFrom, state } = seen
    // That the one before it was called off late is no reason to keep this one.
    return { ...part, startsAt, movedAt, movedFrom, state: state === 'skipped' ? 'planned' : state }
  })
}

/**
 * When a sum that is told until a moment counts the last time. A notice may be given at that moment, too; an appointment
 * that starts then has begun, and is used.
 */
export function lastBefore(until: DateTime): DateTime {
  return until.minus({ milliseconds: 1 })
}

/** Whether it has a share of the price of its own. */
export function isCharged({ price }: Part): boolean {
  return typeof price === 'number'
}

/**
 * Those that can still be called off: of what belongs together all or none, and of what is charged by itself whatever has not
 * begun. Steps beside what belongs together go with it, and by themselves once it is over. Whether somebody has put down by now
 * who came on the first day changes nothing of that.
 */
export function aheadOf<T extends Part>(appointments: readonly T[], at: DateTime): T[] {
  const isAhead = ({ state, startsAt }: T) => state === 'planned' && startsAt > at
  const whole = appointments.filter(part => !isCharged(part) && !isFallen(part))
  const alone = appointments.filter(part => isCharged(part) && isAhead(part))
  if (whole.every(isAhead)) return [...whole, ...alone]
  // Days of which some have begun are not called off, and nothing with them.
  return whole.some(isAhead) ? [] : alone
}

const isFallen = ({ state }: Dated) => state === 'skipped' || state === 'cancelled'

/** Those whose starts a cancellation counts by: the steps beside what belongs together change nothing of it. */
export function countedOf<T extends Part>(appointments: readonly T[], at: DateTime): T[] {
  const ahead = aheadOf(appointments, at)
  const whole = ahead.filter(part => !isCharged(part))
  return whole.length > 0 ? whole : ahead
}

/** The start to which the notice of a cancellation at `at` counts: the first that is still planned. */
export function countingStart(appointments: readonly Dated[], at: DateTime): DateTime | undefined {
  const starts = appointments
    .filter(({ state }) => state === 'planned')
    .map(({ startsAt, movedAt, movedFrom }) => {
      const lately = movedAt && movedFrom && at <= movedAt.plus({ hours: moveHours })
      return lately && movedFrom < startsAt ? movedFrom : startsAt
    })
  return starts.sort((one, other) => one.toMillis() - other.toMillis())[0]
}

/** What of the price is for steps that can still have a time at an instant; for all that have none where it is left out. */
export function waitingAt(waits: readonly Waiting[], at: DateTime | undefined): number {
  return waits.filter(({ to }) => !at || to > at).reduce((sum, { amount }) => sum + amount, 0)
}
