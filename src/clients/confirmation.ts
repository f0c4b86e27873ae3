import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { problem } from '../kernel/problem.ts'
import { type ClientRow, isFlagged, lockClient, updateClient } from './client-store.ts'
import { noSuchClient, ownClient } from './read-clients.ts'

export type Confirmation = ClientRow['confirmation']

export const keptByHand = problem('kept-by-hand', 409, 'These appointments stay confirmed personally')

/** What clients read of it, whatever the reason. */
export const byHandText = 'Some appointments are confirmed personally.'

/**
 * Whether a client's bookings wait for the practice's own yes. Any client may have that, and each couple that begins has.
 * @throws no-such-client; kept-by-hand while a flag stands (told to nobody but who may know of flags: only they may ask)
 */
export async function setConfirmation(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  confirmation: Confirmation
): Promise<void> {
  await ownClient(deps.db, scope, actor, id)
  await deps.db.transaction(async tx => {
    const client = await lockClient(tx, scope, id)
    if (!client) throw noSuchClient('There is no such client')
    if (confirmation === 'usual' && (await isFlagged(tx, scope, id)))
      throw keptByHand('Take the safety flag away first, if that is right')
    await changeConfirmation(deps, tx, scope, actor, client, confirmation)
  })
}

/** The change itself, of a client that is locked: it is written down alike, whatever it was made for. */
export async function changeConfirmation(
  { now }: Pick<Deps, 'now'>,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  { id, confirmation: before }: Pick<ClientRow, 'id' | 'confirmation'>,
  confirmation: Confirmation
): Promise<void> {
  if (before === confirmation) return
  await updateClient(tx, scope, id, { confirmation })
  const kind = confirmation === 'by_hand' ? 'confirms-by-hand' : 'confirms-as-usual'
  await record(tx, now, { practice: scope.practice.id, actor: actorName(actor), kind, subjects: [id] })
}
