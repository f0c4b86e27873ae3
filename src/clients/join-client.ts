import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { updateClient } from './client-store.ts'
import { findMembers, insertMembership } from './store.ts'

/** Makes a person the second member of a couple, if they are not one of it already. The caller has locked what it is about. */
export async function joinClient(
  tx: Transaction,
  scope: PracticeScope,
  clientId: string,
  personId: string,
  joinedAt: DateTime
): Promise<void> {
  const members = await findMembers(tx, scope, clientId)
  if (members.some(member => member.personId === personId)) return
  const kind = 'couple' as const
  await insertMembership(tx, { practiceId: scope.practice.id, clientId, personId, joinedAt, kind, number: 2 })
  // What two become is confirmed by hand from now on, like every couple that begins, until the therapist says otherwise.
  await updateClient(tx, scope, clientId, { confirmation: 'by_hand' })
}
