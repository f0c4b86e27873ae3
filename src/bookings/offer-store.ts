import { and, asc, eq, lte } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { offers, waitlistEntries } from '../../db/schema/waitlist.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { change, type Write } from '../kernel/rows.ts'
import type { Entry } from './waitlist-store.ts'

export type Offer = typeof offers.$inferSelect

export async function insertOffer(tx: Transaction, row: typeof offers.$inferInsert): Promise<void> {
  await tx.insert(offers).values(row)
}

/** The seat that is kept for them, if one is. */
export async function findOpenOffer(
  db: Executor,
  { practice }: PracticeScope,
  entryId: string
): Promise<Offer | undefined> {
  const [row] = await db
    .select()
    .from(offers)
    .where(and(eq(offers.practiceId, practice.id), eq(offers.entryId, entryId), eq(offers.state, 'open')))
  return row
}

/** Ends the offer that is open for an entry. */
export async function closeOffer(
  tx: Transaction,
  { practice }: PracticeScope,
  entryId: string,
  state: Exclude<Offer['state'], 'open'>
): Promise<void> {
  await tx
    .update(offers)
    .set({ state })
    .where(and(eq(offers.practiceId, practice.id), eq(offers.entryId, entryId), eq(offers.state, 'open')))
}

/** What is written of an entry and its offer with the booking that came of them. */
export function acceptedRows(
  { practice }: PracticeScope,
  { id, state, endedAt, bookingId }: Pick<Entry, 'id' | 'state' | 'endedAt' | 'bookingId'>
): Write[] {
  const practiceId = practice.id
  return [
    change(waitlistEntries, { practiceId, id }, { state, endedAt, bookingId }),
    change(offers, { practiceId, entryId: id, state: 'open' }, { state: 'accepted' })
  ]
}

/** Entries of an edition whose offer is over at `now`, in line. */
export async function listOverdue(
  tx: Transaction,
  { practice }: PracticeScope,
  editionId: string,
  now: DateTime
): Promise<Entry[]> {
  const rows = await tx
    .select({ entry: waitlistEntries })
    .from(offers)
    .innerJoin(
      waitlistEntries,
      and(eq(waitlistEntries.practiceId, offers.practiceId), eq(waitlistEntries.id, offers.entryId))
    )
    .where(
      and(
        eq(offers.practiceId, practice.id),
        eq(waitlistEntries.editionId, editionId),
        eq(offers.state, 'open'),
        lte(offers.expiresAt, now)
      )
    )
    .orderBy(asc(waitlistEntries.position))
  return rows.map(({ entry }) => entry)
}
