import { and, eq, gt, inArray, isNull, lte } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { bookings } from '../../db/schema/bookings.ts'
import { memberships } from '../../db/schema/clients.ts'
import { links } from '../../db/schema/identity.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'

/** Ends the memberships of a client that stand. */
export async function endMemberships(
  tx: Transaction,
  { practice }: PracticeScope,
  clientId: string,
  leftAt: DateTime
): Promise<void> {
  await tx
    .update(memberships)
    .set({ leftAt })
    .where(
      and(
        eq(memberships.practiceId, practice.id),
        eq(memberships.clientId, clientId),
        isNull(memberships.leftAt),
        lte(memberships.joinedAt, leftAt)
      )
    )
}

/** Ends the tokens of these persons that open a booking of a client: what was mailed to who leaves lies about no longer. */
export async function endLinks(
  tx: Transaction,
  { practice }: PracticeScope,
  clientId: string,
  persons: readonly string[],
  at: DateTime
): Promise<void> {
  const theirs = tx
    .select({ id: bookings.id })
    .from(bookings)
    .where(and(eq(bookings.practiceId, practice.id), eq(bookings.clientId, clientId)))
  await tx
    .update(links)
    .set({ expiresAt: at })
    .where(
      and(
        eq(links.practiceId, practice.id),
        inArray(links.subjectId, theirs),
        inArray(links.personId, [...persons]),
        gt(links.expiresAt, at)
      )
    )
}
