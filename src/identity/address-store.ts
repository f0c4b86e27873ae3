import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { bookings } from '../../db/schema/bookings.ts'
import { feeds } from '../../db/schema/calendars.ts'
import { contactPoints, links, people } from '../../db/schema/identity.ts'
import { waitlistEntries } from '../../db/schema/waitlist.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { isMailboxOf } from './mailbox-store.ts'
import type { PracticeScope } from './practice.ts'

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

/** Whether one of these persons and another gave the same address, proven or not. */
export async function isSameMailbox(
  db: Executor,
  { practice }: PracticeScope,
  personIds: readonly string[],
  other: string
): Promise<boolean> {
  const rows = await db
    .select({ id: contactPoints.id })
    .from(contactPoints)
    .where(
      and(
        eq(contactPoints.practiceId, practice.id),
        eq(contactPoints.kind, 'email'),
        inArray(contactPoints.personId, [...personIds]),
        isMailboxOf(practice.id, other)
      )
    )
    .limit(1)
  return rows.length > 0
}

/** The address of a carrier becomes this person's own, in the place of the one before. */
export async function replaceAddress(
  tx: Transaction,
  { practice }: PracticeScope,
  row: typeof contactPoints.$inferInsert
): Promise<void> {
  await tx
    .delete(contactPoints)
    .where(
      and(
        eq(contactPoints.practiceId, practice.id),
        eq(contactPoints.personId, row.personId),
        eq(contactPoints.kind, 'email')
      )
    )
  await tx.insert(contactPoints).values(row)
}

/** Whatever opens something of these persons without a sign-in stops working: mailed links and calendar addresses. */
export async function endTokens(
  tx: Transaction,
  { practice }: PracticeScope,
  persons: readonly string[],
  at: DateTime
): Promise<void> {
  await tx
    .update(links)
    .set({ expiresAt: at })
    .where(and(eq(links.practiceId, practice.id), inArray(links.personId, [...persons]), gt(links.expiresAt, at)))
  await tx
    .update(feeds)
    .set({ revokedAt: at, renderedDay: null, renderedChanges: null, etag: null, content: null })
    .where(
      and(
        eq(feeds.practiceId, practice.id),
        inArray(feeds.personId, [...persons]),
        eq(feeds.scope, 'client'),
        isNull(feeds.revokedAt)
      )
    )
}

/**
 * Unproven persons who booked or asked to wait with this person's address and belong to nobody yet. None where anybody has said that the
 * mailbox is shared: its address proves nothing about who booked.
 */
export async function listUnproven(
  db: Executor,
  { practice }: PracticeScope,
  personId: string,
  only?: readonly string[]
): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: people.id })
    .from(people)
    .innerJoin(
      contactPoints,
      and(
        eq(contactPoints.practiceId, people.practiceId),
        eq(contactPoints.personId, people.id),
        eq(contactPoints.kind, 'email')
      )
    )
    .where(
      and(
        eq(people.practiceId, practice.id),
        isNull(people.provenAt),
        isNull(people.joinedTo),
        sql`(exists (select from ${bookings} b where b.practice_id = ${people.practiceId} and b.booker_id = ${people.id})
          or exists (select from ${waitlistEntries} w where w.practice_id = ${people.practiceId}
            and w.person_id = ${people.id} and w.state = 'waiting' and w.proven_at is null))`,
        only ? inArray(people.id, [...only]) : undefined,
        isMailboxOf(practice.id, personId)
      )
    )
    .orderBy(people.id)
  return rows.map(({ id }) => id)
}

/** Joins unproven persons to a proven one. @returns those that nobody had joined before */
export async function joinPersons(
  tx: Transaction,
  { practice }: PracticeScope,
  personId: string,
  persons: readonly string[]
): Promise<string[]> {
  const joined = await tx
    .update(people)
    .set({ joinedTo: personId })
    .where(
      and(
        eq(people.practiceId, practice.id),
        inArray(people.id, [...persons]),
        isNull(people.provenAt),
        isNull(people.joinedTo)
      )
    )
    .returning({ id: people.id })
  return joined.map(({ id }) => id)
}
