import type { DateTime } from 'luxon'
import { lay } from '../catalog/lay.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Booking } from './booking.ts'
import { type LaidLater, placesOf } from './later.ts'
import type { Locked } from './lock-appointment.ts'
import { idsOfBooker, mustSuit } from './suit-client.ts'

/** What the rules of care ask of a client who moves their own; what staff move for them is theirs to say. @throws not-offered */
export async function mustSuitMove(
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  { booking, moving, type }: Locked,
  start: DateTime,
  { zone, now }: { zone: string; now: DateTime }
): Promise<void> {
  const own = await idsOfBooker(tx, scope, actor)
  if (own.length === 0) return
  const { therapist, place, appointments } = moving
  const choice = { slug: type.slug, start: start.toMillis(), therapist, place }
  const times = lay(type.plan, choice.start, zone) ?? []
  const at = { place: booking.placeId, zone }
  await mustSuit(tx, scope, own, { type, choice, at, times, moving: appointments }, now.toMillis())
}

/** The same of an appointment and all later ones, at their new times. @throws not-offered */
export async function mustSuitLater(
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  laid: LaidLater,
  now: DateTime
): Promise<void> {
  const own = await idsOfBooker(tx, scope, actor)
  const places = placesOf(laid, scope)
  const [first] = places
  if (own.length === 0 || !first) return
  const { type, moving } = laid
  const { therapist, place } = moving
  const choice = { slug: type.slug, start: first.startsAt.toMillis(), therapist, place }
  const times = places.map(({ startsAt, endsAt }) => ({ start: startsAt.toMillis(), end: endsAt.toMillis() }))
  const at = { place: booking.placeId, zone: laid.later.offering?.zone ?? scope.practice.zone }
  await mustSuit(tx, scope, own, { type, choice, at, times, moving: moving.appointments }, now.toMillis())
}
