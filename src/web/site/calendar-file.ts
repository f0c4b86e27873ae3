import { noSuchBooking } from '../../bookings/booking.ts'
import { findBooking } from '../../bookings/store.ts'
import { download } from '../../calendars/invitation.ts'
import type { Actor } from '../../identity/actor.ts'
import { ownIds } from '../../identity/own-ids.ts'
import { readPerson } from '../../identity/people.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { listAppointments, listParticipants } from '../../notices/store.ts'
import type { WebDeps } from '../deps.ts'
import { ownEntry } from './own-entry.ts'

/**
 * The file behind “add to calendar”: the reader's own entries, under the UIDs that the mailed invitation has, so that
 * whoever takes both has one entry. It says what the person chose; what and where only to who may read that here too.
 */
export async function calendarFile(deps: WebDeps, scope: PracticeScope, actor: Actor, id: string): Promise<string> {
  const { db } = deps
  const booking = await findBooking(db, scope, id)
  if (!booking || !('person' in actor)) throw noSuchBooking('There is no such booking')
  const own = await ownIds(db, scope, actor.person)
  const { zone } = await readPerson(deps, db, scope, actor.person)
  const words = await ownEntry(deps, scope, actor, id)
  const participants = (await listParticipants(db, scope, id)).filter(({ personId }) => own.includes(personId))
  const all = await listAppointments(db, scope, id)
  const standing = all.filter(({ state }) => state !== 'skipped' && state !== 'cancelled')
  const appointments = standing.length > 0 ? standing : all
  const events = participants.flatMap(({ appointmentId, uid, sequence, revisedAt }) =>
    appointments
      .filter(appointment => appointment.id === appointmentId)
      .map(({ startsAt, endsAt }) => ({
        uid,
        sequence,
        revisedAt,
        createdAt: booking.createdAt,
        start: startsAt,
        end: endsAt,
        zone,
        ...words,
        organizer: { name: scope.practice.discreetName, email: deps.mailer.address }
      }))
  )
  return download(events)
}
