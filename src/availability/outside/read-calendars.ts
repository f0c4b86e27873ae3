import { DateTime } from 'luxon'
import type { Stretch } from '../../../db/schema/columns.ts'
import type { Actor } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { invalid, notFound, type Problem } from '../../kernel/problem.ts'
import { theirTherapist } from '../read-opening-hours.ts'
import type { BusyQuery } from './schema.ts'
import { type CalendarRow, listBusy, listCalendars, listConflicts } from './store.ts'
import { syncCalendar } from './sync-calendar.ts'

export const noSuchCalendar = (): Problem => notFound('There is no such calendar')

/** A therapist's calendars elsewhere, and how each is. @throws no-such-therapist, not-allowed */
export async function readCalendars(
  { db }: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string
): Promise<CalendarRow[]> {
  const therapist = await theirTherapist(db, scope, actor, slug)
  return listCalendars(db, scope, therapist.id)
}

/** Appointments ahead that stand where such a calendar says busy: nothing is done to them, a person decides. */
export async function readConflicts({ db, now }: Deps, scope: PracticeScope, actor: Actor, slug: string) {
  const therapist = await theirTherapist(db, scope, actor, slug)
  return listConflicts(db, scope, { resource: therapist.id }, now())
}

/** Reads a calendar anew, now. @throws not-found, not-allowed */
export async function syncNow(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  id: string
): Promise<CalendarRow> {
  await theirCalendar(deps, scope, actor, slug, id)
  await syncCalendar(deps, scope, id)
  return theirCalendar(deps, scope, actor, slug, id)
}

/**
 * When a calendar says busy, merged: whole stretches that touch what is asked for.
 * @throws not-found, not-allowed; invalid-input where the end is not after the start
 */
export async function readBusyTimes(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  id: string,
  { from, to }: BusyQuery
): Promise<Stretch[]> {
  const { zone } = await theirTherapist(deps.db, scope, actor, slug)
  await theirCalendar(deps, scope, actor, slug, id)
  const day = (date: string) => DateTime.fromISO(date, { zone }).startOf('day')
  const start = typeof from === 'string' ? day(from) : from
  const end = typeof to === 'string' ? day(to).plus({ days: 1 }).startOf('day') : to
  if (end <= start) throw invalid([{ pointer: '/to', detail: 'The end must be after the start' }])
  return listBusy(deps.db, scope, id, { start, end })
}

async function theirCalendar(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  id: string
): Promise<CalendarRow> {
  const found = (await readCalendars(deps, scope, actor, slug)).find(calendar => calendar.id === id)
  if (!found) throw noSuchCalendar()
  return found
}
