import type { bulkChoices, bulkStates } from '../../db/schema/bulk-changes.ts'
import { problem } from '../kernel/problem.ts'
import type { Booking } from './booking.ts'

export type BulkChoice = (typeof bulkChoices)[number]
export type BulkState = (typeof bulkStates)[number]

export const noSuchBulkChange = problem('no-such-bulk-change', 404, 'There is no such change')

/**
 * What can be chosen for an appointment in one go. What belongs together is moved, or cancelled, as one; of a series the one
 * appointment alone is moved, or let fall: nobody loses twelve weeks for one absence.
 * @param whole whether it is all that its booking has
 * @param skips whether it can be let fall by itself
 */
export function choicesFor(
  { state }: Pick<Booking, 'state'>,
  { whole, skips, hasNearest }: { whole: boolean; skips: boolean; hasNearest: boolean }
): BulkChoice[] {
  const moves: BulkChoice[] = state === 'confirmed' && hasNearest ? ['propose', 'move'] : []
  return [...moves, ...(whole || (skips && state === 'confirmed') ? ['cancel' as const] : [])]
}
