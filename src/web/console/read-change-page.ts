import type { DateTime } from 'luxon'
import { readCollisions } from '../../bookings/collisions.ts'
import { readBooking } from '../../bookings/read-booking.ts'
import { readBulkChange } from '../../bookings/read-bulk-change.ts'
import { theTherapist } from '../../catalog/therapist.ts'
import type { Actor } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { WebDeps } from '../deps.ts'
import type { BulkChangeProps } from './bulk-change.tsx'
import { whoseText } from './whose.ts'

/** A change with whose appointments it is about, and what is in the way of the absence still. @throws no-such-bulk-change */
export async function readChangePage(
  deps: WebDeps,
  scope: PracticeScope,
  actor: Actor,
  id: string
): Promise<Omit<BulkChangeProps, 'frame'>> {
  const change = await readBulkChange(deps, scope, actor, id)
  const { zone } = await theTherapist(deps.db, scope, change.therapist)
  const named: [string, { start: DateTime; whose: string }][] = []
  for (const { appointment, booking } of change.items) {
    const view = await readBooking(deps, scope, actor, booking)
    const start = view.appointments.flatMap(one => ('start' in one && one.id === appointment ? [one.start] : []))[0]
    if (start) named.push([appointment, { start, whose: whoseText(view, appointment) }])
  }
  const absence = { start: change.start, end: change.end, travel: change.travel ?? undefined }
  const left = change.state === 'done' ? await readCollisions(deps, scope, actor, change.therapist, absence) : []
  return {
    change,
    zone,
    named: new Map(named),
    left: left.map(({ booking, appointment, start, view }) => ({
      booking: booking.id,
      start,
      whose: whoseText(view, appointment)
    }))
  }
}
