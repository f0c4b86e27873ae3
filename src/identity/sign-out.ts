import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { type Actor, actorName } from './actor.ts'
import type { PracticeScope } from './practice.ts'
import { revokeFamily } from './session-store.ts'

/** Ends the sign-in of whoever asks: its access tokens, refresh tokens and page cookie stop working at once. */
export async function signOut(deps: Deps, scope: PracticeScope, actor: Actor): Promise<void> {
  if (actor.kind !== 'staff' && actor.kind !== 'person') return
  const { session, person } = actor
  await deps.db.transaction(async tx => {
    await revokeFamily(tx, scope, session, deps.now())
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: actorName(actor),
      kind: `${actor.kind}.signed-out`,
      subjects: { session, person }
    })
  })
}
