import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import { type Transaction, together } from '../kernel/database.ts'
import { insertClient, insertMembership } from './store.ts'

/**
 * A new client with its first member. A booking made without sign-in always makes a new one: an address proves nothing,
 * so nothing is joined by it.
 */
export async function addClient(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  kind: 'individual' | 'couple',
  personId: string,
  at: DateTime
): Promise<void> {
  await together(
    insertClient(tx, { practiceId: practice.id, id, kind, confirmation: 'usual', createdAt: at }),
    insertMembership(tx, { practiceId: practice.id, clientId: id, personId, joinedAt: at, kind, number: 1 })
  )
}
