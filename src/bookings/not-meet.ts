import type { Actor } from '../identity/actor.ts'
import { dataKeyOf } from '../identity/data-key.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { cellsOf } from '../identity/sight.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { seal, unseal } from '../kernel/secrets.ts'
import type { FoundEdition } from './edition-store.ts'
import { deleteNotMeet, insertNotMeet, listNotMeet, type NotMeetRow } from './unmet-store.ts'

/** Whom somebody would rather not meet, in their own words. */
export interface NotMeetWords {
  id: string
  editionId: string
  clientId: string
  personId: string
  words: string | undefined
}

/** Seals and keeps it, where something was written. The person is there by now. */
export async function keepNotMeet(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { words, ...row }: NotMeetWords
): Promise<void> {
  if (words === undefined) return
  const sealed = seal(await dataKeyOf(deps, tx, scope, row.personId), spot(scope, row.id), words)
  await insertNotMeet(tx, { practiceId: scope.practice.id, ...row, words: sealed, createdAt: deps.now() })
}

/**
 * What was written with a wish that is given up stands beside the place or the seat that stays, as that couple's: sealed
 * anew by a writer who stays, for whoever asked without signing in is forgotten with their wish.
 */
export async function handOver(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  entryId: string,
  to: Pick<NotMeetWords, 'clientId' | 'personId'>
): Promise<void> {
  const row = await deleteNotMeet(tx, scope, entryId)
  if (!row) return
  const words = await wordsOf(deps, tx, scope, row)
  await keepNotMeet(deps, tx, scope, { id: newId(), editionId: row.editionId, ...to, words })
}

/** By client, for whoever the table lets read it: those who lead the dates. Nobody else reads a row. */
export async function readNotMeet(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { id, therapist, second }: Pick<FoundEdition, 'id' | 'therapist' | 'second'>
): Promise<ReadonlyMap<string, string[]>> {
  const leaders = { therapist: therapist.personId, second: second?.personId ?? null }
  const cells: readonly string[] = cellsOf('people not to meet', actor, { joint: true, ...leaders })
  if (actor.kind !== 'staff' || !cells.includes('full')) return new Map()
  const found = new Map<string, string[]>()
  for (const row of await listNotMeet(deps.db, scope, { edition: id }))
    found.set(row.clientId, [...(found.get(row.clientId) ?? []), await wordsOf(deps, deps.db, scope, row)])
  return found
}

/** What these persons wrote, for themselves. */
export async function listOwnNotMeet(
  deps: Deps,
  scope: PracticeScope,
  persons: readonly string[]
): Promise<{ at: NotMeetRow['createdAt']; words: string }[]> {
  const own: { at: NotMeetRow['createdAt']; words: string }[] = []
  for (const row of await listNotMeet(deps.db, scope, { persons }))
    own.push({ at: row.createdAt, words: await wordsOf(deps, deps.db, scope, row) })
  return own
}

async function wordsOf(deps: Deps, db: Executor, scope: PracticeScope, { id, personId, words }: NotMeetRow) {
  return unseal(await dataKeyOf(deps, db, scope, personId), spot(scope, id), words)
}

const spot = ({ practice }: PracticeScope, row: string) => ({
  practice: practice.id,
  table: 'not_meet',
  column: 'words',
  row
})
