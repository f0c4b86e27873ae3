import { and, count, eq, gt, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { contactPoints } from '../../db/schema/identity.ts'
import { waitlistEntries } from '../../db/schema/waitlist.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Entry } from './waitlist-store.ts'

/**
 * The place in line that counts already for this couple, for one of the ids of a person, or for who reads the mailbox of
 * their address: where anybody has said that the mailbox is shared, its address tells nothing of who waits.
 */
export async function findLivePlace(
  tx: Transaction,
  { practice }: PracticeScope,
  editionId: string,
  { client, person, own = [person] }: { client: string | undefined; person: string; own?: readonly string[] }
): Promise<Entry | undefined> {
  const [row] = await tx
    .select({ entry: waitlistEntries })
    .from(waitlistEntries)
    .innerJoin(
      contactPoints,
      and(
        eq(contactPoints.practiceId, waitlistEntries.practiceId),
        eq(contactPoints.personId, waitlistEntries.personId),
        eq(contactPoints.kind, 'email')
      )
    )
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        eq(waitlistEntries.editionId, editionId),
        inArray(waitlistEntries.state, ['waiting', 'offered']),
        isNotNull(waitlistEntries.provenAt),
        or(
          client ? eq(waitlistEntries.clientId, client) : undefined,
          inArray(waitlistEntries.personId, [...own]),
          and(inArray(contactPoints.lookup, mailboxOf(tx, practice.id, person)), notExists(sharers(tx)))
        )
      )
    )
    .limit(1)
  return row?.entry
}

/** What these unproven persons asked to wait for, and nobody has said yet that it was they. */
export async function listAsked(
  db: Executor,
  { practice }: PracticeScope,
  persons: readonly string[]
): Promise<Entry[]> {
  return db
    .select()
    .from(waitlistEntries)
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        inArray(waitlistEntries.personId, [...persons]),
        eq(waitlistEntries.state, 'waiting'),
        isNull(waitlistEntries.provenAt)
      )
    )
    .orderBy(waitlistEntries.createdAt)
}

/** How often somebody unknown asked to wait with this person's address since then, for whatever dates. */
export async function countAsked(
  tx: Transaction,
  { practice }: PracticeScope,
  person: string,
  since: { hour: DateTime; day: DateTime }
): Promise<{ inHour: number; inDay: number }> {
  const [row] = await tx
    .select({
      inHour: sql<number>`count(*) filter (where ${gt(waitlistEntries.createdAt, since.hour)})::int`,
      inDay: count()
    })
    .from(waitlistEntries)
    .innerJoin(
      contactPoints,
      and(
        eq(contactPoints.practiceId, waitlistEntries.practiceId),
        eq(contactPoints.personId, waitlistEntries.personId),
        eq(contactPoints.kind, 'email')
      )
    )
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        gt(waitlistEntries.createdAt, since.day),
        inArray(contactPoints.lookup, mailboxOf(tx, practice.id, person))
      )
    )
  return row ?? { inHour: 0, inDay: 0 }
}

/** The keyed hash of the address that a person gave. */
function mailboxOf(tx: Transaction, practiceId: string, person: string) {
  const own = alias(contactPoints, 'own')
  return tx
    .select({ lookup: own.lookup })
    .from(own)
    .where(and(eq(own.practiceId, practiceId), eq(own.personId, person), eq(own.kind, 'email')))
}

/** Whoever has said of the same address that somebody else reads it, too. */
function sharers(tx: Transaction) {
  const shared = alias(contactPoints, 'shared')
  return tx
    .select({ id: shared.id })
    .from(shared)
    .where(
      and(
        eq(shared.practiceId, contactPoints.practiceId),
        eq(shared.lookup, contactPoints.lookup),
        shared.sharedMailbox
      )
    )
}
