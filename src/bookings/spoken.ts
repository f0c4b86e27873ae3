import { z } from 'zod'
import { isAfterCalls, type SessionType } from '../catalog/session-type.ts'
import { type Actor, actorName, mustMay } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { invalid } from '../kernel/problem.ts'

/** A therapist's word that the private calls took place, where it is the practice itself that books, proposes or gives. */
export const SpokenWithEach = z
  .literal(true, { error: 'Speak with each of the two, alone, and then say so; else leave it out' })
  .optional()
  .meta({
    description:
      'You have spoken with each of the two, alone: of a session type with a private call with each, your yes is given with it. Kept with your name and the time'
  })

/** @throws invalid-input where each of the two has a call first, and nothing would ever tell who the other is */
export function mustAskTheOther(type: SessionType): void {
  if (!isAfterCalls(type)) return
  const detail = 'Each of you has a private call first: send true, and the other of you is asked as well'
  throw invalid([{ pointer: '/together', detail }])
}

/** @throws not-allowed for who gives no yes; invalid-input where nobody has to be spoken with */
export function maySaySpoken(actor: Actor, type: Pick<SessionType, 'rules' | 'plan'>, spoken: true | undefined): void {
  if (!spoken) return
  mustMay(actor, 'approve bookings')
  if (!isAfterCalls(type)) throw noCalls()
}

/** Said where nobody has to be spoken with. */
export function noCalls() {
  return invalid([{ pointer: '/spokenWithEach', detail: 'Nothing here waits for calls: leave it out' }])
}

/** Said of what a client asked for: a therapist's word stands in the place of calls only where the practice itself began. */
export function onlyOwn() {
  const detail = 'The client asked for this: each of the two books the call and comes to it'
  return invalid([{ pointer: '/spokenWithEach', detail }])
}

/** Writes down who said that they spoke with each, of what, and when. */
export async function noteSpoken(
  { now }: Pick<Deps, 'now'>,
  tx: Transaction,
  { practice }: PracticeScope,
  actor: Actor,
  of: string
): Promise<void> {
  await record(tx, now, { practice: practice.id, actor: actorName(actor), kind: 'spoken-with-each', subjects: [of] })
}
