import type { DateTime } from 'luxon'
import { lay, occupied } from '../catalog/lay.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { instantOf } from '../kernel/time.ts'
import { insertLaid, relayAppointments, setPlanned } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { givenWay } from './calling-off.ts'
import type { FoundStep } from './find-step.ts'
import { membersOf } from './members.ts'
import { isOwn } from './own-times.ts'
import { listParticipants, reviseParticipants } from './participant-store.ts'
import { findSkip, forgetSkip } from './skip-store.ts'
import { findResources } from './store.ts'
import { newUid } from './uid.ts'

/** A step and the start at which it is free. */
export interface Laying extends Pick<FoundStep, 'type' | 'share'> {
  booking: Booking
  ordinal: number
  start: DateTime
  zone: string
}

/** One that never had a time becomes an appointment. @returns its id */
export async function writeStep(
  { now, settings }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { booking, type, ordinal, start, zone, share }: Laying
): Promise<string> {
  const practiceId = scope.practice.id
  const id = newId()
  const { who, times, during } = placeAt(type, start, zone)
  const members = await membersOf(tx, scope, booking.id)
  const others = (await listParticipants(tx, scope, booking.id)).map(({ personId }) => personId)
  const staff = others.filter(person => !members.includes(person))
  const clients = members.filter(person => isOwn(who, person === booking.bookerId ? 'first' : 'second'))
  const own = { practiceId, id, bookingId: booking.id, ordinal, placeId: booking.placeId, price: share }
  await insertLaid(tx, {
    appointment: { ...own, who, ...times, zone, state: 'planned' },
    participants: [...new Set([...staff, ...clients])].map(personId => ({
      practiceId,
      appointmentId: id,
      personId,
      uid: newUid(settings),
      sequence: 0,
      revisedAt: now(),
      response: 'needs_action' as const
    })),
    occupancy: (await findResources(tx, scope, booking.id)).map(resourceId => ({
      practiceId,
      appointmentId: id,
      resourceId,
      during
    }))
  })
  return id
}

/**
 * One that was called off gets another time: it is the same appointment, under the same UIDs. Where its clients had called
 * it off, that counts as a move: else they could move it without end. @returns its id
 */
export async function layAgain(
  { now }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { booking, type, start, zone }: Laying,
  { id, moves }: NonNullable<FoundStep['off']>
): Promise<string> {
  const practiceId = scope.practice.id
  const { times, during } = placeAt(type, start, zone)
  const skip = await findSkip(tx, scope, id)
  const counts = skip?.by === 'client' && skip.band !== givenWay
  const resources = await findResources(tx, scope, booking.id)
  const taken = resources.map(resourceId => ({ practiceId, appointmentId: id, resourceId, during }))
  const set = { ...times, movedAt: null, movedFrom: null, moves: moves + (counts ? 1 : 0) }
  await relayAppointments(tx, scope, [{ id, times: set, taken }])
  await setPlanned(tx, scope, [id])
  await forgetSkip(tx, scope, id)
  await reviseParticipants(tx, scope, [id], now())
  return id
}

/** Where a step lies from a start that is free, and what it takes there with its buffers. */
function placeAt({ plan, rules }: SessionType, start: DateTime, zone: string) {
  const intervals = lay(plan, start.toMillis(), zone) ?? []
  const [taken] = occupied(plan, intervals, rules, zone)
  const [interval] = intervals
  if (!interval || !taken) throw new Error('A start that is free can be laid')
  return {
    who: interval.who,
    times: { startsAt: instantOf(interval.start), endsAt: instantOf(interval.end) },
    during: { start: instantOf(taken.start), end: instantOf(taken.end) }
  }
}
