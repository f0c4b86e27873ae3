import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { letGo } from './cancellation.ts'
import { findCancellation, insertCancellation } from './cancellation-store.ts'
import { byOf } from './quote-cancellation.ts'

/** Writes down, once, who let go what was never confirmed: as a cancellation of which nothing came, for nothing was paid that we know of. */
export async function noteWish(
  { now }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  id: string,
  actor: Actor
): Promise<void> {
  if (await findCancellation(tx, scope, id)) return
  const practice = scope.practice.id
  const row = { practiceId: practice, bookingId: id, by: byOf(actor), actor: actorName(actor), at: now() }
  await insertCancellation(tx, { ...row, ...letGo })
  if (actor.kind === 'staff')
    await record(tx, now, { practice, actor: actorName(actor), kind: 'let-go', subjects: [id] })
}
