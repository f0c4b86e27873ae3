import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { addressRequests, contactPoints, people } from '../../db/schema/identity.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
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
  at: DateTime
): Promise<boolean> {
  const used = await tx
    .update(addressRequests)
    .set({ usedAt: at })
    .where(and(eq(addressRequests.practiceId, practice.id), eq(addressRequests.id, id), isNull(addressRequests.usedAt)))
    .returning({ id: addressRequests.id })
  return used.length > 0
}

/** The proven person to whom the address belongs that a carrier was made for. */
export async function findOwnerOfAddress(
  db: Executor,
  { practice }: PracticeScope,
  carrierId: string
): Promise<string | undefined> {
  const [row] = await db
    .select({ id: contactPoints.personId })
    .from(contactPoints)
    .where(
      and(
        eq(contactPoints.practiceId, practice.id),
        eq(contactPoints.kind, 'email'),
        sql`${contactPoints.provenAt} is not null`,
        isMailboxOf(practice.id, carrierId)
      )
    )
  return row?.id
}

/** Whoever reads the mailbox was proven to: the person who carried its address is somebody from now on. */
export async function provePerson(
  tx: Transaction,
  { practice }: PracticeScope,
  personId: string,
  at: DateTime
): Promise<void> {
  await tx
    .update(people)
    .set({ provenAt: at })
    .where(and(eq(people.practiceId, practice.id), eq(people.id, personId)))
  await tx
    .update(contactPoints)
    .set({ provenAt: at })
    .where(
      and(
        eq(contactPoints.practiceId, practice.id),
        eq(contactPoints.personId, personId),
        eq(contactPoints.kind, 'email')
      )
    )
}

/** Whether anybody with the same address has said that somebody else reads it too. */
export async function isMailboxShared(db: Executor, { practice }: PracticeScope, personId: string): Promise<boolean> {
  const rows = await db
    .select({ id: contactPoints.id })
    .from(contactPoints)
    .where(
      and(eq(contactPoints.practiceId, practice.id), contactPoints.sharedMailbox, isMailboxOf(practice.id, personId))
    )
    .limit(1)
  return rows.length > 0
}

/** Contact points with the address that a person gave, whoever's they are. */
const isMailboxOf = (practiceId: string, personId: string) =>
  sql`${contactPoints.lookup} in (select own.lookup from ${contactPoints} own
    where own.practice_id = ${practiceId} and own.person_id = ${personId} and own.kind = 'email')`
