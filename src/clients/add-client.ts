import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { newId } from '../kernel/ids.ts'
import { insertClient, insertMembership } from './store.ts'

/**
 * A new client with its first member. A booking made without sign-in always makes a new one: an address proves nothing,
 * so nothing is joined by it.
 * @returns the client's id
 */
export async function addClient(
  tx: Transaction,
  { practice }: PracticeScope,
  kind: 'individual' | 'couple',
  personId: string,
  at: DateTime
): Promise<string> {
  const id = newId()
  await insertClient(tx, { practiceId: practice.id, id, kind, confirmation: 'usual', createdAt: at })
  await insertMembership(tx, { practiceId: practice.id, clientId: id, personId, joinedAt: at, kind, number: 1 })
  return id
}
