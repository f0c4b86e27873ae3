import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import type { Rows } from '../kernel/rows.ts'
import { clientRows } from './store.ts'

/**
 * The rows of a new client with its first member. A booking made without sign-in always makes a new one: an address proves
 * nothing, so nothing is joined by it.
 */
export function newClient(
  { practice }: PracticeScope,
  id: string,
  kind: 'individual' | 'couple',
  personId: string,
  at: DateTime
): Rows[] {
  const practiceId = practice.id
  return clientRows(
    { practiceId, id, kind, confirmation: 'usual', createdAt: at },
    { practiceId, clientId: id, personId, joinedAt: at, kind, number: 1 }
  )
}
