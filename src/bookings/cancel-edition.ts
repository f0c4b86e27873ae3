import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { deleteBlockOccupancy, listBlocks, setBlocks } from './block-store.ts'
import { cancel } from './cancel.ts'
import { moveEdition } from './edition.ts'
import type { EditionChange } from './edition-schema.ts'
import { type FoundEdition, findEdition, saveEdition } from './edition-store.ts'
import { noteEdition } from './note-edition.ts'
import { reviseParticipants } from './participant-store.ts'
import { listSeatBookings } from './seat-store.ts'
import { endLine } from './waitlist-store.ts'

/**
 * Cancels an edition: its days are free, whoever waits is told, and nobody can come to it any more. What couples have of it
 * is cancelled by whoever reacts, one after the other, with everything back. The caller holds the edition's lock.
 */
export async function cancelEdition(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  edition: FoundEdition,
  { decision, reason }: Pick<EditionChange, 'decision' | 'reason'>
): Promise<void> {
  const { id } = edition
  const now = deps.now()
  const decided = decision === 'no_go' ? { decision, decidedAt: now } : {}
  await saveEdition(tx, scope, id, { state: moveEdition(edition, 'cancelled').state, ...decided })
  const blocks = (await listBlocks(tx, scope, [id])).map(block => block.id)
  await deleteBlockOccupancy(tx, scope, blocks)
  await setBlocks(tx, scope, id, 'cancelled')
  await reviseParticipants(tx, scope, blocks, now)
  for (const entry of await endLine(tx, scope, id, now))
    await emit(deps, tx, { practice: scope.practice.id, actor: 'system', kind: 'waitlist.closed', subjects: { entry } })
  await noteEdition(deps, tx, scope, actor, 'edition.cancelled', id, reason)
}

/**
 * Everybody who has a seat of an edition that was cancelled gets everything back. Safe to repeat: what a first run left is
 * cancelled by the next.
 */
export async function cancelSeats(deps: PaymentDeps, scope: PracticeScope, id: string): Promise<void> {
  const edition = await findEdition(deps.db, scope, id)
  if (edition?.state !== 'cancelled') return
  const practice = { kind: 'staff', person: edition.therapist.personId, roles: ['therapist'], session: '' } as const
  for (const booking of await listSeatBookings(deps.db, scope, id)) await cancel(deps, scope, practice, booking.id)
}
