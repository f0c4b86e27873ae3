import { isAfterCalls, type SessionType } from '../catalog/session-type.ts'
import { findClient } from '../clients/client-store.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { invalid } from '../kernel/problem.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { practiceYes } from './acceptance.ts'
import { giveYes } from './give-yes.ts'
import { findBooking } from './store.ts'

/**
 * The practice's own yes to what it has booked or proposed itself; where a private call with each comes first, only once a
 * therapist has said that they spoke with each.
 * @param whose the client whom it was meant for, and whether each was spoken with
 * @throws invalid-input where they belong to another of the kind by now: it is never booked for the wrong one
 */
export async function giveOwnYes(
  deps: PaymentDeps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  type: SessionType,
  { client, spoken }: { client: string | undefined; spoken?: boolean | undefined }
): Promise<void> {
  const booking = await findBooking(tx, scope, id)
  if (!booking) throw new Error(`The booking ${id} was just taken and is not there`)
  const meant = client && (await findClient(tx, scope, client))
  const made = await findClient(tx, scope, booking.clientId)
  if (meant && meant.kind === made?.kind && meant.id !== made.id)
    throw invalid([{ pointer: '/client', detail: 'Who calls belongs to another client by now: look at the newest' }])
  if (spoken || !isAfterCalls(type)) await giveYes(deps, tx, scope, actor, booking, practiceYes)
}
