import { theirTherapist } from '../../catalog/therapist.ts'
import { type Actor, actorName } from '../../identity/actor.ts'
import { dataKeyOf } from '../../identity/data-key.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { invalid, problem } from '../../kernel/problem.ts'
import { seal } from '../../kernel/secrets.ts'
import { queueFor } from '../queue-store.ts'
import { type Access, spotOf, webAddress } from './access.ts'
import { mustBeFound } from './public-address.ts'
import type { OutsideCalendarRequest } from './schema.ts'
import { type CalendarRow, findCalendar, insertCalendar, listCalendars } from './store.ts'
import { syncCalendar } from './sync-calendar.ts'
import { Unreadable } from './unreadable.ts'

export const tooManyCalendars = problem('too-many-calendars', 409, 'There are enough calendars')
/** Each is asked every quarter of an hour, and before bookings. */
const mostCalendars = 10

/**
 * From now on a therapist cannot be booked when a calendar elsewhere says busy. It is read at once; where it cannot
 * be had, it stands there with the reason, and is tried again.
 * @param id the calendar's: one that is there already was made by an earlier run of the same request
 * @throws not-allowed; invalid-input where the address is none of the public internet; too-many-calendars
 */
export async function addCalendar(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  request: OutsideCalendarRequest,
  id = newId()
): Promise<CalendarRow> {
  const therapist = await theirTherapist(deps.db, scope, actor, slug)
  const access = await accessOf(deps, request)
  const now = deps.now()
  const practice = scope.practice.id
  await deps.db.transaction(async tx => {
    await queueFor(tx, scope, [therapist.id])
    if (await findCalendar(tx, scope, id)) return
    if ((await listCalendars(tx, scope, therapist.id)).length >= mostCalendars)
      throw tooManyCalendars('Remove one that is not needed any more first')
    const key = await dataKeyOf(deps, tx, scope, therapist.personId ?? '')
    await insertCalendar(tx, {
      practiceId: practice,
      id,
      resourceId: therapist.id,
      kind: access.kind,
      access: seal(key, spotOf(scope, id), JSON.stringify(access)),
      createdAt: now,
      dueAt: now.plus({ minutes: 2 }),
      skipped: 0
    })
    await emit(deps, tx, {
      practice,
      actor: actorName(actor),
      kind: 'outside-calendar.added',
      subjects: { therapist: therapist.id, calendar: id }
    })
  })
  await syncCalendar(deps, scope, id)
  const row = await findCalendar(deps.db, scope, id)
  if (!row) throw new Error('A calendar that was just made is there')
  return row
}

async function accessOf({ settings }: Deps, request: OutsideCalendarRequest): Promise<Access> {
  const url = webAddress(request.url) ?? ''
  const address = new URL(url)
  const wrong = (detail: string) => invalid([{ pointer: '/url', detail }])
  await mustBeFound(address, settings.outsideLoopback).catch(error => {
    if (!(error instanceof Unreadable)) throw error
    throw wrong(
      error.fault === 'not-public'
        ? 'This address is not on the public internet: give one that can be opened from anywhere'
        : 'There is no such server: look for a slip in the address'
    )
  })
  if (request.user !== undefined && address.protocol === 'http:' && !settings.outsideLoopback)
    throw wrong('A password is sent by https only: give an address that begins with https://')
  return { ...request, url }
}
