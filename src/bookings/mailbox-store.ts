import { and, count, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { memberships } from '../../db/schema/clients.ts'
import { contactPoints } from '../../db/schema/identity.ts'
import { waitlistEntries } from '../../db/schema/waitlist.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Entry } from './waitlist-store.ts'

/** The place in line that counts already for this couple, or for who reads the mailbox of this person's address. */
export async function findLivePlace(
  tx: Transaction,
  { practice }: PracticeScope,
  editionId: string,
  { client, person }: { client: string | undefined; person: string }
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
          inArray(contactPoints.lookup, mailboxOf(tx, practice.id, person))
        )
      )
    )
    .limit(1)
  return row?.entry
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
