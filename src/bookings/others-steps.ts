import { DateTime } from 'luxon'
import { hasOpenSteps, withSteps } from '../catalog/plan.ts'
import { sharesOf } from '../catalog/run.ts'
import type { Who } from '../catalog/segment.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Booking } from './booking.ts'
import { othersOwn, type Part } from './parts.ts'

/** What has no start of its own counts by the step before it; where there is none, its notice is given. */
const someday = DateTime.utc(9000)

/**
 * A booking's appointments as whoever pays is told sums of them: the other's own step counts alike whether it has its time
 * already, has none yet or was called off. Else a sum that changes would tell when the other chooses.
 * @param counted those that stand, by their numbers
 * @param hidden whose own steps count so
 */
export async function withOthersSteps<T extends Part & { ordinal: number }>(
  db: Executor,
  scope: PracticeScope,
  { sessionTypeId, version, price, steps }: Pick<Booking, 'sessionTypeId' | 'version' | 'price' | 'steps'>,
  counted: readonly T[],
  hidden: readonly Who[] = othersOwn
): Promise<(Part & { ordinal: number })[]> {
  const type = await findVersion(db, scope, sessionTypeId, version)
  if (!type || !hasOpenSteps(type.plan)) return [...counted]
  const shares = sharesOf({ ...type, price })
  const without = withSteps(type.plan, steps).segments.flatMap(({ who, optional }, ordinal) => {
    if (!hidden.includes(who) || optional || counted.some(one => one.ordinal === ordinal)) return []
    const own = { startsAt: someday, movedAt: null, movedFrom: null, state: 'planned' }
    return [{ ...own, ordinal, who, price: shares?.get(ordinal) ?? null }]
  })
  return [...counted, ...without].sort((one, other) => one.ordinal - other.ordinal)
}
