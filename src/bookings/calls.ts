import type { DateTime } from 'luxon'
import { isAfterCalls } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import { listMembers } from '../clients/client-store.ts'
import { allIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { problem } from '../kernel/problem.ts'
import { type Booking, therapistsOf } from './booking.ts'
import { listPrivateTalks, type PrivateTalk } from './call-store.ts'

export const callsFirst = problem('calls-first', 409, 'A private call with each comes first')

/** How far one member's private call is. */
export interface Call {
  person: string
  state: 'none' | 'booked' | 'held' | 'missed'
  /** The call's start, where there is one. */
  at: DateTime | undefined
}

/** A call counts for so many days: what somebody could say freely last year says little of today. */
const countsDays = 90

/**
 * The private calls that an approval waits for, one a member of the client: with the booking's own therapists, booked by
 * that member and by nobody for them.
 */
export async function readCalls(
  db: Executor,
  scope: PracticeScope,
  { clientId, ...booking }: Pick<Booking, 'clientId' | 'therapistId' | 'secondTherapistId'>,
  now: DateTime
): Promise<Call[]> {
  const members = (await listMembers(db, scope, clientId)).filter(({ leftAt }) => leftAt === null)
  const calls: Call[] = []
  for (const { personId } of members)
    calls.push({
      person: personId,
      ...(await callOf(db, scope, await allIds(db, scope, personId), therapistsOf(booking), now))
    })
  return calls
}

/** How far the private call with one of these therapists is of the one person to whom all these ids belong. */
export async function callOf(
  db: Executor,
  scope: PracticeScope,
  own: readonly string[],
  therapists: readonly string[],
  now: DateTime
): Promise<Pick<Call, 'state' | 'at'>> {
  return stateOf(await listPrivateTalks(db, scope, own, therapists, now.minus({ days: countsDays })))
}

/** @throws calls-first where the type wants a private call with each, and one of them was not held: it stays open */
export async function mustHaveCalls(
  db: Executor,
  scope: PracticeScope,
  booking: Pick<Booking, 'clientId' | 'therapistId' | 'secondTherapistId' | 'sessionTypeId' | 'version'>,
  now: DateTime
): Promise<void> {
  if (!(await wantsCalls(db, scope, booking))) return
  if (!areHeld(await readCalls(db, scope, booking, now)))
    throw callsFirst('Each of the two books a private call and comes to it; until then you can only decline')
}

/** Whether the type that was booked, or that dates were made of, wants a private call with each before its approval. */
export async function wantsCalls(
  db: Executor,
  scope: PracticeScope,
  { sessionTypeId, version }: Pick<Booking, 'sessionTypeId' | 'version'>
): Promise<boolean> {
  const type = await findVersion(db, scope, sessionTypeId, version)
  return type !== undefined && isAfterCalls(type)
}

/** Whether each of two has had a private call: one member alone is not both. */
export function areHeld(calls: readonly Call[]): boolean {
  return calls.length === 2 && calls.every(({ state }) => state === 'held')
}

/** What is furthest says it: a call that took place, else one that is to come, else one that somebody did not come to. */
export function stateOf(talks: readonly PrivateTalk[]): Pick<Call, 'state' | 'at'> {
  const held = talks.find(({ attendance }) => attendance === 'attended')
  if (held) return { state: 'held', at: held.start }
  const booked = talks.find(({ attendance }) => attendance === null)
  if (booked) return { state: 'booked', at: booked.start }
  const [missed] = talks
  return missed ? { state: 'missed', at: missed.start } : { state: 'none', at: undefined }
}
