import { theTherapist } from '../catalog/therapist.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { notFound, problem } from '../kernel/problem.ts'
import { onTheirCalendar } from './their-calendar.ts'
import { datesOf, findInTheWay, stretchOf } from './travel-collisions.ts'
import type { TravelAdded, TravelRequest, TravelView } from './travel-schema.ts'
import { deleteTravel, findTravel, insertTravel, listTravels, type TravelRow } from './travel-store.ts'

export const travelsOverlap = problem('travels-overlap', 409, 'There is another travel on these days')

/** A therapist's travels that have not ended, soonest first. @throws no-such-therapist */
export async function readTravels({ db, now }: Deps, scope: PracticeScope, slug: string): Promise<TravelView[]> {
  const therapist = await theTherapist(db, scope, slug)
  const today = now().setZone(therapist.zone).minus({ days: 1 }).toFormat('yyyy-LL-dd')
  return (await listTravels(db, scope, therapist.id, today)).map(viewTravel)
}

/**
 * A therapist is in another zone on some days. From then on the times that are offered there are by the clock that was
 * chosen; what is sold stays as it is, and what of it would not be offered there any more is answered: a person decides.
 * Takes the resource's lock, as a sale does.
 * @param id the travel's: one that is there already was made by an earlier run of the same request
 * @throws no-such-therapist, not-allowed, travels-overlap
 */
export async function addTravel(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  travel: TravelRequest,
  id = newId()
): Promise<TravelAdded> {
  const added = onTheirCalendar(deps, scope, actor, slug, async (tx, therapist, tell) => {
    const known = await findTravel(tx, scope, id)
    if (known) return { ...viewTravel(known), ...(await inTheWay(deps, tx, scope, id)) }
    const own = { practiceId: scope.practice.id, id, resourceId: therapist.id, createdAt: deps.now() }
    await insertTravel(tx, { ...own, ...travel })
    await tell('travel.added', { travel: id })
    return { id, ...travel, ...(await inTheWay(deps, tx, scope, id)) }
  })
  return added.catch(error => {
    if (!constraintOf(error)?.startsWith('travels_once')) throw error
    throw travelsOverlap('Remove it first, or choose other days: on each day somebody is in one place')
  })
}

/** @throws no-such-therapist, not-allowed, not-found */
export async function removeTravel(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  id: string
): Promise<void> {
  await onTheirCalendar(deps, scope, actor, slug, async (tx, therapist, tell) => {
    if (!(await deleteTravel(tx, scope, therapist.id, id))) throw notFound('There is no such travel')
    await tell('travel.removed', { travel: id })
  })
}

/** One travel of a therapist's. @throws no-such-therapist, not-found */
export async function readTravel({ db }: Deps, scope: PracticeScope, slug: string, id: string): Promise<TravelView> {
  const therapist = await theTherapist(db, scope, slug)
  const travel = await findTravel(db, scope, id)
  if (travel?.resourceId !== therapist.id) throw notFound('There is no such travel')
  return viewTravel(travel)
}

/** What of all that is sold ahead collides with a travel: bookings, and dates for several couples. */
async function inTheWay(
  { now }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  travel: string
): Promise<Pick<TravelAdded, 'collisions' | 'editions'>> {
  const sold = await findInTheWay(tx, scope, now(), { travel })
  return {
    collisions: sold.flatMap(({ booking, state, ...rest }) =>
      booking && state ? [{ id: booking, state, ...stretchOf(rest) }] : []
    ),
    editions: datesOf(sold)
  }
}

function viewTravel({ id, zone, firstDay, lastDay, keeps, videoOnly }: TravelRow): TravelView {
  return { id, zone, firstDay, lastDay, keeps, videoOnly }
}
