import { and, asc, eq, gt, inArray, isNotNull, isNull, max, min, notExists, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { bookings } from '../../db/schema/bookings.ts'
import { cancellations } from '../../db/schema/cancellations.ts'
import { offers, waitlistEntries } from '../../db/schema/waitlist.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { into, type Rows } from '../kernel/rows.ts'

export type Entry = typeof waitlistEntries.$inferSelect

export function entryRows(row: typeof waitlistEntries.$inferInsert): Rows[] {
  return [into(waitlistEntries, row)]
}

export async function findEntry(db: Executor, { practice }: PracticeScope, id: string): Promise<Entry | undefined> {
  const [row] = await db
    .select()
    .from(waitlistEntries)
    .where(and(eq(waitlistEntries.practiceId, practice.id), eq(waitlistEntries.id, id)))
  return row
}

export async function findEntryByToken(
  db: Executor,
  { practice }: PracticeScope,
  tokenHash: Buffer
): Promise<Entry | undefined> {
  const [row] = await db
    .select()
    .from(waitlistEntries)
    .where(and(eq(waitlistEntries.practiceId, practice.id), eq(waitlistEntries.tokenHash, tokenHash)))
  return row
}

/** Everybody who waits or waited for an edition, in line; of those whose address nobody proved only who still could. */
export async function listEntries(db: Executor, { practice }: PracticeScope, editionId: string): Promise<Entry[]> {
  return db
    .select()
    .from(waitlistEntries)
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        eq(waitlistEntries.editionId, editionId),
        or(isNotNull(waitlistEntries.provenAt), eq(waitlistEntries.state, 'waiting'))
      )
    )
    .orderBy(asc(waitlistEntries.position))
}

/** The places in line of a couple, for whatever dates, that count and have not ended. */
export async function listPlacesOf(
  db: Executor,
  { practice }: PracticeScope,
  clientId: string
): Promise<Pick<Entry, 'id' | 'editionId'>[]> {
  return db
    .select({ id: waitlistEntries.id, editionId: waitlistEntries.editionId })
    .from(waitlistEntries)
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        eq(waitlistEntries.clientId, clientId),
        inArray(waitlistEntries.state, ['waiting', 'offered']),
        isNotNull(waitlistEntries.provenAt)
      )
    )
    .orderBy(asc(waitlistEntries.id))
}

/** Who is next in line of those whose address is proven: who is not is passed over, and keeps their place. Asked under the edition's lock. */
export async function findFirstWaiting(
  tx: Transaction,
  { practice }: PracticeScope,
  editionId: string
): Promise<Entry | undefined> {
  const [row] = await tx
    .select()
    .from(waitlistEntries)
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        eq(waitlistEntries.editionId, editionId),
        eq(waitlistEntries.state, 'waiting'),
        isNotNull(waitlistEntries.provenAt)
      )
    )
    .orderBy(asc(waitlistEntries.position))
    .limit(1)
  return row
}

/** The first and the last position that was ever given. Asked under the edition's lock. */
export async function findEnds(
  tx: Transaction,
  { practice }: PracticeScope,
  editionId: string
): Promise<{ first: number; last: number }> {
  const [row] = await tx
    .select({ first: min(waitlistEntries.position), last: max(waitlistEntries.position) })
    .from(waitlistEntries)
    .where(and(eq(waitlistEntries.practiceId, practice.id), eq(waitlistEntries.editionId, editionId)))
  return { first: row?.first ?? 1, last: row?.last ?? 0 }
}

export async function saveEntry(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<Omit<typeof waitlistEntries.$inferInsert, 'practiceId' | 'id'>>
): Promise<void> {
  await tx
    .update(waitlistEntries)
    .set(set)
    .where(and(eq(waitlistEntries.practiceId, practice.id), eq(waitlistEntries.id, id)))
}

/** Ends whatever of an edition's line is still open. @returns the entries that it ended */
export async function endLine(
  tx: Transaction,
  { practice }: PracticeScope,
  editionId: string,
  endedAt: DateTime
): Promise<string[]> {
  const rows = await tx
    .update(waitlistEntries)
    .set({ state: 'lapsed', endedAt })
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        eq(waitlistEntries.editionId, editionId),
        inArray(waitlistEntries.state, ['waiting', 'offered'])
      )
    )
    .returning({ id: waitlistEntries.id })
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0)
    await tx
      .update(offers)
      .set({ state: 'withdrawn' })
      .where(and(eq(offers.practiceId, practice.id), inArray(offers.entryId, ids), eq(offers.state, 'open')))
  return ids
}

/** Entries that were accepted and confirmed, and of which no cancelled seat is known yet that they fill; in order. */
export async function listUnpaired(tx: Transaction, { practice }: PracticeScope, editionId: string): Promise<Entry[]> {
  return tx
    .select()
    .from(waitlistEntries)
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        eq(waitlistEntries.editionId, editionId),
        eq(waitlistEntries.state, 'accepted'),
        isNull(waitlistEntries.refillsId),
        sql`exists (select from bookings b where b.practice_id = ${waitlistEntries.practiceId}
          and b.id = ${waitlistEntries.bookingId} and b.state in ('confirmed', 'completed', 'no_show'))`
      )
    )
    .orderBy(asc(waitlistEntries.endedAt), asc(waitlistEntries.position))
}

/** Bookings of an edition that clients cancelled, and of which a fee is kept; the first that was cancelled first. */
export async function listRefillable(
  tx: Transaction,
  { practice }: PracticeScope,
  editionId: string
): Promise<{ booking: string; fee: number; endedAt: DateTime }[]> {
  return tx
    .select({ booking: bookings.id, fee: cancellations.fee, endedAt: cancellations.at })
    .from(cancellations)
    .innerJoin(
      bookings,
      and(eq(bookings.practiceId, cancellations.practiceId), eq(bookings.id, cancellations.bookingId))
    )
    .where(
      and(
        eq(cancellations.practiceId, practice.id),
        eq(bookings.editionId, editionId),
        eq(cancellations.by, 'client'),
        gt(cancellations.fee, 0),
        or(isNull(cancellations.decideBy), eq(cancellations.decision, 'keep')),
        notExists(
          tx
            .select({ id: waitlistEntries.id })
            .from(waitlistEntries)
            .where(and(eq(waitlistEntries.practiceId, practice.id), eq(waitlistEntries.refillsId, bookings.id)))
        )
      )
    )
    .orderBy(asc(cancellations.at))
}
