import { and, eq, inArray, isNotNull, isNull, not, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { memberships } from '../../db/schema/clients.ts'
import { waitlistEntries } from '../../db/schema/waitlist.ts'
import { countLately, isReaderOf, isSharedMailbox } from '../identity/mailbox-store.ts'
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
    .select()
    .from(waitlistEntries)
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        eq(waitlistEntries.editionId, editionId),
        inArray(waitlistEntries.state, ['waiting', 'offered']),
        isNotNull(waitlistEntries.provenAt),
        or(
          client ? eq(waitlistEntries.clientId, client) : undefined,
          inArray(waitlistEntries.personId, [...own]),
          and(isReaderOf(waitlistEntries.personId, practice.id, person), not(isSharedMailbox(practice.id, person)))
        )
      )
    )
    .limit(1)
  return row
}

/** What counts in line of these persons, or of a couple to which one of them belongs, by when they asked. */
export async function listPlacesOf(
  db: Executor,
  { practice }: PracticeScope,
  persons: readonly string[]
): Promise<Entry[]> {
  const couples = db
    .select({ id: memberships.clientId })
    .from(memberships)
    .where(
      and(
        eq(memberships.practiceId, practice.id),
        inArray(memberships.personId, [...persons]),
        isNull(memberships.leftAt)
      )
    )
  return db
    .select()
    .from(waitlistEntries)
    .where(
      and(
        eq(waitlistEntries.practiceId, practice.id),
        inArray(waitlistEntries.state, ['waiting', 'offered']),
        isNotNull(waitlistEntries.provenAt),
        or(inArray(waitlistEntries.personId, [...persons]), inArray(waitlistEntries.clientId, couples))
      )
    )
    .orderBy(waitlistEntries.createdAt)
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

/** How often somebody unknown asked to wait with this person's address within an hour and a day, for whatever dates. */
export async function countAsked(tx: Transaction, scope: PracticeScope, person: string, now: DateTime) {
  return countLately(tx, scope, person, waitlistEntries, now)
}
