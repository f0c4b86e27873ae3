import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import type { findAppointments } from './appointment-store.ts'
import { dropAppointments } from './appointment-store.ts'
import { gaveWay } from './calling-off.ts'
import type { By } from './cancellation.ts'
import { closeProposals } from './move-store.ts'
import { replaceSkip } from './skip-store.ts'

/**
 * Opens steps that cannot stay beside what has a new time: their times are free, nothing is kept of them, and whoever takes
 * part in one hears of it and chooses anew. They give their time free before anything is laid there.
 */
export async function openForNew(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  steps: Awaited<ReturnType<typeof findAppointments>>,
  by: By
): Promise<void> {
  if (steps.length === 0) return
  const now = deps.now()
  const ids = steps.map(({ id }) => id)
  await dropAppointments(tx, scope, ids, { state: 'cancelled', at: now })
  const name = actorName(actor)
  for (const [index, step] of steps.entries()) {
    await closeProposals(tx, scope, { appointment: step.id }, 'withdrawn', now)
    // Each is told by itself: what goes at one instant is one mail.
    await replaceSkip(tx, gaveWay(step, by, name, now.plus({ milliseconds: index })))
    const subjects = { booking: step.bookingId ?? '', appointment: step.id }
    await emit(deps, tx, { practice: scope.practice.id, actor: name, kind: 'step.called-off', subjects })
  }
}
