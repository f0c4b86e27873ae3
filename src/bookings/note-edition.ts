import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'

/** Writes down who did what to an edition: for the record, and for whoever reacts. */
export async function noteEdition(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  kind: `edition.${string}`,
  edition: string,
  why?: string
): Promise<void> {
  const practice = scope.practice.id
  const name = actorName(actor)
  await record(tx, deps.now, { practice, actor: name, kind, subjects: [edition], ...(why && { why }) })
  await emit(deps, tx, { practice, actor: name, kind, subjects: { edition } })
}
