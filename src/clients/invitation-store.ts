import { and, desc, eq, gt, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { bookings } from '../../db/schema/bookings.ts'
import { resources } from '../../db/schema/catalog.ts'
import { people } from '../../db/schema/identity.ts'
import { partnerInvitations } from '../../db/schema/partners.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type InvitationRow = typeof partnerInvitations.$inferSelect

/**
 * Who invites, by one booking or the newest of a person's: its client, and the therapist whom their partner would meet.
 * @returns undefined where there is none, or it has no therapist who could read an answer
 */
export async function findInviter(
  db: Executor,
  { practice }: PracticeScope,
  by: { booking: string } | { bookers: readonly string[] }
) {
  const [row] = await db
    .select({ booker: bookings.bookerId, client: bookings.clientId, therapist: resources.personId })
    .from(bookings)
    .innerJoin(resources, and(eq(resources.practiceId, bookings.practiceId), eq(resources.id, bookings.therapistId)))
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        'booking' in by ? eq(bookings.id, by.booking) : inArray(bookings.bookerId, [...by.bookers])
      )
    )
    .orderBy(desc(bookings.createdAt))
    .limit(1)
  return row?.therapist ? { ...row, therapist: row.therapist } : undefined
}

/** Two requests of one inviter wait for each other until the transaction ends. */
export async function lockInviter(tx: Transaction, { practice }: PracticeScope, inviter: string): Promise<void> {
  await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.practiceId, practice.id), eq(people.id, inviter)))
    .for('no key update')
}

/** The invitations of an inviter, under any of their ids, the newest first. */
export async function listInvitations(
  db: Executor,
  { practice }: PracticeScope,
  inviters: readonly string[]
): Promise<InvitationRow[]> {
  return db
    .select()
    .from(partnerInvitations)
    .where(and(eq(partnerInvitations.practiceId, practice.id), inArray(partnerInvitations.inviterId, [...inviters])))
    .orderBy(desc(partnerInvitations.createdAt))
}

export async function insertInvitation(tx: Transaction, row: typeof partnerInvitations.$inferInsert): Promise<void> {
  await tx.insert(partnerInvitations).values(row)
}

export async function updateInvitation(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<InvitationRow>
): Promise<void> {
  await tx
    .update(partnerInvitations)
    .set(set)
    .where(and(eq(partnerInvitations.practiceId, practice.id), eq(partnerInvitations.id, id)))
}

/** The invitation that a link's token opens now. */
export async function findOpen(db: Executor, { practice }: PracticeScope, tokenHash: Buffer, now: DateTime) {
  const [row] = await db
    .select()
    .from(partnerInvitations)
    .where(
      and(
        eq(partnerInvitations.practiceId, practice.id),
        eq(partnerInvitations.tokenHash, tokenHash),
        eq(partnerInvitations.state, 'open'),
        gt(partnerInvitations.endsAt, now)
      )
    )
  return row
}

/**
 * Takes one of an invitation's answers. The row is written whether one is left or not: what is one too many takes as long.
 * @returns false where all were taken
 */
export async function takeAnswer(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  most: number
): Promise<boolean> {
  const own = and(eq(partnerInvitations.practiceId, practice.id), eq(partnerInvitations.id, id))
  const [row] = await tx.select({ taken: partnerInvitations.answers }).from(partnerInvitations).where(own).for('update')
  if (!row) return false
  await tx
    .update(partnerInvitations)
    .set({ answers: Math.min(row.taken + 1, most) })
    .where(own)
  return row.taken < most
}
