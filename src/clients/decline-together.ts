import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { problem } from '../kernel/problem.ts'
import { personOf } from './read-clients.ts'
import { type Beginning, listYesesOf, lockBeginning, lockYeses, updateBeginning, updateYes } from './together-store.ts'

export const noSuchYes = problem('no-such-yes', 404, 'There is no such yes in your list')

/**
 * The therapist declines what one or two people said yes to. Each is told the one standard text, whatever the reason.
 * @throws no-such-yes where one of them is not in this therapist's list, or was answered
 */
export async function declineYeses(deps: Deps, scope: PracticeScope, actor: Actor, ids: readonly string[]) {
  await deps.db.transaction(async tx => {
    const rows = await lockYeses(tx, scope, personOf(actor), ids)
    if (rows.length !== new Set(ids).size) throw noSuchYes('Read your list again: one of them has changed')
    for (const { id, personId } of rows) {
      await updateYes(tx, scope, id, { endedAt: deps.now() })
      const said = { practice: scope.practice.id, actor: actorName(actor) }
      await record(tx, deps.now, { ...said, kind: 'declined-together', subjects: [id, personId] })
      await emit(deps, tx, { ...said, kind: 'together.declined', subjects: { yes: id } })
    }
  })
}

/** The therapist thinks again before both have agreed. @throws no-such-yes */
export async function withdrawBeginning(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  await deps.db.transaction(async tx => {
    const beginning = await lockBeginning(tx, scope, id)
    if (beginning?.state !== 'asked' || beginning.therapistId !== personOf(actor))
      throw noSuchYes('Read your list again: this has changed')
    const line = { practice: scope.practice.id, actor: actorName(actor), kind: 'declined-together', subjects: [id] }
    await record(tx, deps.now, line)
    await endBeginning(deps, tx, scope, beginning, actorName(actor))
  })
}

/** Ends a locked beginning that was asked: both are told the same, whoever said no. */
export async function endBeginning(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { id: beginning }: Pick<Beginning, 'id'>,
  actor: string
): Promise<void> {
  const now = deps.now()
  await updateBeginning(tx, scope, beginning, { state: 'declined', endedAt: now })
  for (const { id } of await listYesesOf(tx, scope, beginning)) {
    await updateYes(tx, scope, id, { endedAt: now })
    await emit(deps, tx, { practice: scope.practice.id, actor, kind: 'together.declined', subjects: { yes: id } })
  }
}
