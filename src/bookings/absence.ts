import { DateTime } from 'luxon'
import type { Stretch } from '../../db/schema/columns.ts'
import { readDates } from '../availability/time-off.ts'
import { datesOf, findInTheWay } from '../availability/travel-collisions.ts'
import { readTravel } from '../availability/travels.ts'
import { theirTherapist, theTherapist } from '../catalog/therapist.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'

/** A stretch in which a therapist cannot work; of a travel in which they can, but not everything that is sold. */
export interface Absence extends Stretch {
  travel?: string | undefined
}

/** A travel as an absence: from its first day to its last, by home's clock and the one there. @throws not-found */
export async function absenceOf(deps: Deps, scope: PracticeScope, slug: string, travel: string): Promise<Absence> {
  const { zone, firstDay, lastDay } = await readTravel(deps, scope, slug, travel)
  const { zone: home } = await theTherapist(deps.db, scope, slug)
  const days = [home, zone].map(clock => ({
    start: DateTime.fromISO(firstDay, { zone: clock }).toMillis(),
    end: DateTime.fromISO(lastDay, { zone: clock }).plus({ days: 1 }).toMillis()
  }))
  const start = instantOf(Math.min(...days.map(({ start }) => start)))
  return { start, end: instantOf(Math.max(...days.map(({ end }) => end))), travel }
}

/** What is sold and would not be offered any more where the therapist is then. */
export async function findSoldThere({ db, now }: Deps, scope: PracticeScope, slug: string, travel: string) {
  const sold = await findInTheWay(db, scope, now(), { slug, travel })
  return sold.flatMap(({ appointment: id, booking, start, end }) =>
    booking ? [{ id, bookingId: booking, start: instantOf(start), end: instantOf(end) }] : []
  )
}

/** Dates for several couples that an absence is in the way of. @throws no-such-therapist, not-allowed */
export async function readDatesInTheWay(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  absence: Absence
): Promise<(Stretch & { id: string })[]> {
  const { travel } = absence
  if (!travel) return readDates(deps, scope, actor, slug, absence)
  await theirTherapist(deps.db, scope, actor, slug)
  return datesOf(await findInTheWay(deps.db, scope, deps.now(), { slug, travel }))
}

/** What an absence keeps from every new time: all of it; of a travel nothing, for what is offered there can be had. */
export function takenBy({ start, end, travel }: Absence): Taken[] {
  return travel ? [] : [{ start: start.toMillis(), end: end.toMillis() }]
}

/** Instants in ms that no new time may overlap. */
export interface Taken {
  start: number
  end: number
}
