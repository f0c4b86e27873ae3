import { and, eq, gt, inArray, isNull, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { addressRequests, people } from '../../db/schema/identity.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { deletePeople } from './nobody-store.ts'
import type { PracticeScope } from './practice.ts'

export type AddressRequest = typeof addressRequests.$inferSelect

export async function insertAddressRequest(tx: Transaction, row: typeof addressRequests.$inferInsert): Promise<void> {
  await tx.insert(addressRequests).values(row)
}

/** A request that was not used and is not over. */
export async function findAddressRequest(
  db: Executor,
  { practice }: PracticeScope,
  by: { id: string } | { linkHash: Buffer },
  now: DateTime
): Promise<AddressRequest | undefined> {
  const [row] = await db
    .select()
    .from(addressRequests)
    .where(
      and(
        eq(addressRequests.practiceId, practice.id),
        'id' in by ? eq(addressRequests.id, by.id) : eq(addressRequests.linkHash, by.linkHash),
        isNull(addressRequests.usedAt),
        gt(addressRequests.expiresAt, now)
      )
    )
  return row
}

/** Uses a request up. @returns false where somebody was faster */
export async function useAddressRequest(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  at: DateTime,
  toldId: string | null = null
): Promise<boolean> {
  const used = await tx
    .update(addressRequests)
    .set({ usedAt: at, toldId })
    .where(and(eq(addressRequests.practiceId, practice.id), eq(addressRequests.id, id), isNull(addressRequests.usedAt)))
    .returning({ id: addressRequests.id })
  return used.length > 0
}

/** Requests of all practices that are older than this, with those who carried their addresses. */
export async function findOldRequests(db: Executor, before: DateTime) {
  return db
    .select({
      practice: addressRequests.practiceId,
      id: addressRequests.id,
      carrier: addressRequests.carrierId,
      told: addressRequests.toldId
    })
    .from(addressRequests)
    .where(lt(addressRequests.createdAt, before))
    .orderBy(addressRequests.createdAt)
    .limit(200)
}

/** Deletes a request, and those who carried its addresses unless they are somebody by now. */
export async function deleteRequest(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  carriers: readonly string[]
): Promise<void> {
  await tx.delete(addressRequests).where(and(eq(addressRequests.practiceId, practice.id), eq(addressRequests.id, id)))
  const nobody = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.practiceId, practice.id), inArray(people.id, [...carriers]), isNull(people.provenAt)))
  await deletePeople(
    tx,
    { practice },
    nobody.map(({ id }) => id)
  )
}
