import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { insertFlag, isFlagged, isTherapistOf, lockClient, lowerFlag } from './client-store.ts'
import { changeConfirmation } from './confirmation.ts'
import { noSuchClient, personOf } from './read-clients.ts'

/**
 * A therapist marks that one of two may not be safe. All that follows is that the couple's bookings wait for the practice's
 * own yes, which every couple that begins has: no slot, price, word or time changes, and no event or line of the audit
 * tells of it. Safe to repeat.
 * @throws no-such-client where the therapist is not the client's own
 */
export async function raiseFlag(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  const raisedBy = personOf(actor)
  await deps.db.transaction(async tx => {
    const client = await lockClient(tx, scope, id)
    if (!client || !(await isTherapistOf(tx, scope, raisedBy, id))) throw noSuchClient('There is no such client')
    if (await isFlagged(tx, scope, id)) return
    const practiceId = scope.practice.id
    await insertFlag(tx, { practiceId, id: newId(), clientId: id, raisedBy, raisedAt: deps.now() })
    await changeConfirmation(deps, tx, scope, actor, client, 'by_hand')
  })
}

/**
 * Takes the mark away. The confirmation stays by hand until somebody changes it for itself, so that nothing tells of the
 * mark's end either. Safe to repeat.
 * @throws no-such-client where the therapist is not the client's own
 */
export async function takeFlagAway(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  const loweredBy = personOf(actor)
  await deps.db.transaction(async tx => {
    const client = await lockClient(tx, scope, id)
    if (!client || !(await isTherapistOf(tx, scope, loweredBy, id))) throw noSuchClient('There is no such client')
    await lowerFlag(tx, scope, id, { loweredBy, loweredAt: deps.now() })
  })
}
