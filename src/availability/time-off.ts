import type { Stretch } from '../../db/schema/columns.ts'
import { theirTherapist, theTherapist } from '../catalog/therapist.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { notFound } from '../kernel/problem.ts'
import { deleteTimeOff, findDates, findSold, hasTimeOff, insertTimeOff, listTimeOff } from './absence-store.ts'
import { onTheirCalendar } from './their-calendar.ts'

export interface TimeOff extends Stretch {
  id: string
}

/** What is sold in a time off: nothing is refused, a person decides. */
export interface Collision extends Stretch {
  id: string
  state: string
}

/** Dates for several couples in a time off: they are moved or cancelled on their own page. */
export interface Dates extends Stretch {
  id: string
}

/** A therapist's absences that have not ended, soonest first. */
export async function readTimeOff({ db, now }: Deps, scope: PracticeScope, slug: string): Promise<TimeOff[]> {
  const therapist = await theTherapist(db, scope, slug)
  const rows = await listTimeOff(db, scope, [therapist.id], { start: now(), end: now().plus({ years: 5 }) })
  return rows.map(({ id, during }) => ({ id, ...during }))
}

/**
 * Closes a stretch of time for new bookings and answers what is already sold in it. Takes the resource's lock, as a sale does.
 * @param id the time off's: one that is there already was made by an earlier run of the same request
 * @throws not-allowed
 */
export async function addTimeOff(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  during: Stretch,
  id = newId()
): Promise<{ id: string; collisions: Collision[]; editions: Dates[] }> {
  return onTheirCalendar(deps, scope, actor, slug, async (tx, therapist, tell) => {
    const inTheWay = async () => ({
      id,
      collisions: await findSold(tx, scope, therapist.id, during),
      editions: await findDates(tx, scope, therapist.id, during)
    })
    if (await hasTimeOff(tx, scope, id)) return inTheWay()
    await insertTimeOff(tx, {
      practiceId: scope.practice.id,
      id,
      resourceId: therapist.id,
      during,
      createdAt: deps.now()
    })
    await tell('time-off.added', { timeOff: id })
    return inTheWay()
  })
}

/** @throws not-found, not-allowed */
export async function removeTimeOff(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  id: string
): Promise<void> {
  await onTheirCalendar(deps, scope, actor, slug, async (tx, therapist, tell) => {
    if (!(await deleteTimeOff(tx, scope, therapist.id, id))) throw notFound('There is no such time off')
    await tell('time-off.removed', { timeOff: id })
  })
}

/** Dates for several couples that an absence would be in the way of. Nothing is changed. @throws no-such-therapist, not-allowed */
export async function readDates(
  { db }: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  during: Stretch
): Promise<Dates[]> {
  return findDates(db, scope, (await theirTherapist(db, scope, actor, slug)).id, during)
}
