import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { lockClient, updateClient } from './client-store.ts'
import { findMembers, insertMembership } from './store.ts'

/**
 * Makes a person the second member of a couple, if they are not one of it already. Its row is locked: of two who come by
 * two links at once one is first, and whoever leaves in this moment is either before or after.
 * @returns whether they belong to it now; if not, it has a second already, or `ended`: one of the two has left it
 */
export async function joinClient(
  tx: Transaction,
  scope: PracticeScope,
  clientId: string,
  personId: string,
  joinedAt: DateTime
): Promise<'joined' | 'full' | 'ended'> {
  const client = await lockClient(tx, scope, clientId)
  if (!client || client.closedAt) return 'ended'
  const members = await findMembers(tx, scope, clientId)
  if (members.some(member => member.personId === personId)) return 'joined'
  if (members.length > 1) return 'full'
  const kind = 'couple' as const
  await insertMembership(tx, { practiceId: scope.practice.id, clientId, personId, joinedAt, kind, number: 2 })
  // What two become is confirmed by hand from now on, like every couple that begins, until the therapist says otherwise.
  await updateClient(tx, scope, clientId, { confirmation: 'by_hand' })
  return 'joined'
}
