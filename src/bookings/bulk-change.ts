import type { bulkChoices, bulkStates } from '../../db/schema/bulk-changes.ts'
import type { Plan } from '../catalog/plan.ts'
import { problem } from '../kernel/problem.ts'
import type { Booking } from './booking.ts'

export type BulkChoice = (typeof bulkChoices)[number]
export type BulkState = (typeof bulkStates)[number]

export const noSuchBulkChange = problem('no-such-bulk-change', 404, 'There is no such change')

/**
 * What can be chosen for a booking in one go: what stands in one appointment is moved, or its client is asked; every other
 * that is one product is cancelled whole. Of a series only its own page changes one occurrence: nobody loses twelve weeks
 * for one absence.
 */
export function choicesFor(
  { state }: Pick<Booking, 'state'>,
  { anchor, segments }: Plan,
  hasNearest: boolean
): BulkChoice[] {
  const single = segments.length === 1
  const moves: BulkChoice[] = single && state === 'confirmed' && hasNearest ? ['propose', 'move'] : []
  return [...moves, ...(single || anchor !== 'start' ? ['cancel' as const] : [])]
}
