import type { Stretch } from '../../db/schema/columns.ts'
import { findConflicts } from '../availability/taken-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { isoUtc } from '../kernel/time.ts'
import { editionCollides } from './edition.ts'
import { findTaken } from './edition-store.ts'

/**
 * Asked under the resources' locks, before an edition's blocks are laid.
 * @param own the edition that is to be moved: it does not stand in its own way
 * @throws edition-collides, with everything that is in the way: bookings, other dates, time off
 */
export async function mustBeClear(
  tx: Transaction,
  scope: PracticeScope,
  resources: readonly string[],
  stretches: readonly Stretch[]
): Promise<void> {
  const collisions = await findTaken(tx, scope, resources, stretches)
  // Asked of the very question that a sale asks: what is busy in a way that this list does not name is in the way as well.
  if (collisions.length === 0 && !(await findConflicts(tx, scope, resources, stretches))) return
  const named = collisions.map(({ what, start, end }) => `${what} from ${isoUtc(start)} to ${isoUtc(end)}`)
  throw editionCollides(
    `Move or cancel first: ${named.join('; ') || 'a busy time in an outside calendar'}. Or choose another day`,
    { collisions: collisions.map(({ start, end, ...rest }) => ({ ...rest, start: isoUtc(start), end: isoUtc(end) })) }
  )
}
