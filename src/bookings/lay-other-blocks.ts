import type { Plan } from '../catalog/plan.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { invalid } from '../kernel/problem.ts'
import { instantOf } from '../kernel/time.ts'
import { deleteBlocks, insertBlocks, listBlocks } from './block-store.ts'
import { wrongEditionState } from './edition.ts'
import { mustBeClear } from './edition-collisions.ts'
import { type FoundEdition, resourcesOf } from './edition-store.ts'
import { blocksFrom, layEdition, stretchesOf } from './lay-edition.ts'
import { withBlocks } from './own-blocks.ts'
import { listSeatBookings } from './seat-store.ts'

/**
 * Gives an edition other blocks, on the same first day or on another one. Only while no couple has a seat: what they have
 * booked are those blocks. The caller holds the edition's lock.
 * @throws invalid-input, wrong-edition-state, edition-collides
 */
export async function layOtherBlocks(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  edition: FoundEdition,
  usual: SessionType,
  own: Plan['segments'],
  day: string | undefined
): Promise<void> {
  const { id, therapist } = edition
  if ((await listSeatBookings(tx, scope, id)).length > 0)
    throw wrongEditionState(
      'Couples have a place already: other blocks are other dates. Move the first day, or add dates'
    )
  const type = withBlocks(usual, own)
  const before = await listBlocks(tx, scope, [id])
  const firstDay = day ?? before[0]?.startsAt.setZone(therapist.zone).toISODate() ?? ''
  const laid = blocksFrom(type, firstDay, therapist.zone)
  const [first] = laid
  if (!first || instantOf(first.start) <= deps.now())
    throw invalid([{ pointer: '/day', detail: 'Choose a day that is still to come' }])
  const resources = resourcesOf(edition)
  await deleteBlocks(tx, scope, id)
  await mustBeClear(tx, scope, resources, stretchesOf(type, laid, therapist.zone))
  await insertBlocks(tx, layEdition(scope, deps.settings, edition, resources, type, laid, deps.now()))
}
