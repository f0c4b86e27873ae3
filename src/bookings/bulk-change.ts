import type { bulkChoices, bulkStates } from '../../db/schema/bulk-changes.ts'
import { problem } from '../kernel/problem.ts'
import type { Booking } from './booking.ts'

export type BulkChoice = (typeof bulkChoices)[number]
export type BulkState = (typeof bulkStates)[number]

export const noSuchBulkChange = problem('no-such-bulk-change', 404, 'There is no such change')

/**
 * What can be chosen for an appointment in one go. What belongs together is moved, or cancelled, as one. Of a series only
 * the one appointment is moved: nobody loses twelve weeks for one absence.
 * @param others whether its booking has appointments that stand apart from it
 */
export function choicesFor({ state }: Pick<Booking, 'state'>, others: boolean, hasNearest: boolean): BulkChoice[] {
  const moves: BulkChoice[] = state === 'confirmed' && hasNearest ? ['propose', 'move'] : []
  return [...moves, ...(others ? [] : ['cancel' as const])]
}
