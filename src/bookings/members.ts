import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { practiceYes } from './acceptance.ts'
import { listParticipants } from './participant-store.ts'
import { idsOf } from './standing.ts'
import { findBooked } from './store.ts'

/** The clients who take part in a booking, by their persons' ids: one, or two who have both said yes. */
export async function membersOf(db: Executor, scope: PracticeScope, bookingId: string): Promise<string[]> {
  const [participants, booked] = await Promise.all([
    listParticipants(db, scope, bookingId),
    findBooked(db, scope, bookingId)
  ])
  const people = new Set(participants.map(({ personId }) => personId))
  for (const staff of [booked?.therapistPerson, booked?.secondPerson]) if (staff) people.delete(staff)
  return [...people]
}

/** Those of them who take part in one of its appointments: of two, at an own step, one. */
export async function membersAt(
  db: Executor,
  scope: PracticeScope,
  bookingId: string,
  appointmentId: string
): Promise<string[]> {
  const [participants, booked] = await Promise.all([
    listParticipants(db, scope, bookingId),
    findBooked(db, scope, bookingId)
  ])
  const there = participants.filter(one => one.appointmentId === appointmentId).map(({ personId }) => personId)
  return there.filter(person => person !== booked?.therapistPerson && person !== booked?.secondPerson)
}

/** Whose yes an actor gives: the practice's, or their own as one of the members; undefined where they are none of them. */
export async function voiceOf(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  members: readonly string[]
): Promise<string | undefined> {
  if (actor.kind === 'staff') return practiceYes
  const ids = await idsOf(db, scope, actor)
  return members.find(member => ids.includes(member))
}
