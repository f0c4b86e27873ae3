import { and, asc, desc, eq, exists, isNotNull, isNull, lt, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { bookings } from '../../db/schema/bookings.ts'
import { resources } from '../../db/schema/catalog.ts'
import { clients, memberships } from '../../db/schema/clients.ts'
import { beginnings, safetyFlags } from '../../db/schema/together.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type ClientRow = typeof clients.$inferSelect
export type MembershipRow = typeof memberships.$inferSelect

export async function findClient(
  db: Executor,
  { practice }: PracticeScope,
  id: string
): Promise<ClientRow | undefined> {
  const [row] = await db
    .select()
    .from(clients)
    .where(and(eq(clients.practiceId, practice.id), eq(clients.id, id)))
  return row
}

/** Locks a client: its confirmation, its flag and its memberships change one after the other. */
export async function lockClient(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string
): Promise<ClientRow | undefined> {
  const [row] = await tx
    .select()
    .from(clients)
    .where(and(eq(clients.practiceId, practice.id), eq(clients.id, id)))
    .for('no key update')
  return row
}

export async function updateClient(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<Pick<ClientRow, 'confirmation' | 'closedAt' | 'oftener'>>
): Promise<void> {
  await tx
    .update(clients)
    .set(set)
    .where(and(eq(clients.practiceId, practice.id), eq(clients.id, id)))
}

/** Who belongs to a client or did, the first of a couple first. */
export async function listMembers(
  db: Executor,
  { practice }: PracticeScope,
  clientId: string
): Promise<MembershipRow[]> {
  return db
    .select()
    .from(memberships)
    .where(and(eq(memberships.practiceId, practice.id), eq(memberships.clientId, clientId)))
    .orderBy(asc(memberships.joinedAt), asc(memberships.number))
}

/**
 * The newest first, one more than the limit: it tells that there is a next page.
 * @param therapist only those whom this person sees as their therapist
 */
export async function listClients(
  db: Executor,
  { practice }: PracticeScope,
  { therapist, after, limit }: { therapist?: string | undefined; after?: string | undefined; limit: number }
): Promise<ClientRow[]> {
  return db
    .select()
    .from(clients)
    .where(
      and(
        eq(clients.practiceId, practice.id),
        after ? lt(clients.id, after) : undefined,
        therapist ? ofTherapist(db, therapist) : undefined
      )
    )
    .orderBy(desc(clients.id))
    .limit(limit + 1)
}

/** Whether this person is the therapist of a client: by a booking, or because the two began with them. */
export async function isTherapistOf(
  db: Executor,
  { practice }: PracticeScope,
  therapist: string,
  clientId: string
): Promise<boolean> {
  const rows = await db
    .select({ id: clients.id })
    .from(clients)
    .where(and(eq(clients.practiceId, practice.id), eq(clients.id, clientId), ofTherapist(db, therapist)))
  return rows.length > 0
}

/** Whether a client's bookings wait for the practice's own yes, whatever the reason. */
export async function isByHand(db: Executor, { practice }: PracticeScope, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: clients.id })
    .from(clients)
    .where(and(eq(clients.practiceId, practice.id), eq(clients.id, id), eq(clients.confirmation, 'by_hand')))
  return rows.length > 0
}

/** Whether a therapist's mark stands that one of the two may not be safe. */
export async function isFlagged(db: Executor, { practice }: PracticeScope, clientId: string): Promise<boolean> {
  const rows = await db
    .select({ id: safetyFlags.id })
    .from(safetyFlags)
    .where(
      and(eq(safetyFlags.practiceId, practice.id), eq(safetyFlags.clientId, clientId), isNull(safetyFlags.loweredAt))
    )
  return rows.length > 0
}

export async function insertFlag(tx: Transaction, row: typeof safetyFlags.$inferInsert): Promise<void> {
  await tx.insert(safetyFlags).values(row)
}

export async function lowerFlag(
  tx: Transaction,
  { practice }: PracticeScope,
  clientId: string,
  by: { loweredBy: string; loweredAt: DateTime }
): Promise<void> {
  await tx
    .update(safetyFlags)
    .set(by)
    .where(
      and(eq(safetyFlags.practiceId, practice.id), eq(safetyFlags.clientId, clientId), isNull(safetyFlags.loweredAt))
    )
}

function ofTherapist(db: Executor, therapist: string) {
  return or(
    exists(
      db
        .select({ id: bookings.id })
        .from(bookings)
        .innerJoin(
          resources,
          and(
            eq(resources.practiceId, bookings.practiceId),
            or(eq(resources.id, bookings.therapistId), eq(resources.id, bookings.secondTherapistId))
          )
        )
        .where(
          and(
            eq(bookings.practiceId, clients.practiceId),
            eq(bookings.clientId, clients.id),
            eq(resources.personId, therapist)
          )
        )
    ),
    exists(
      db
        .select({ id: beginnings.id })
        .from(beginnings)
        .where(
          and(
            eq(beginnings.practiceId, clients.practiceId),
            isNotNull(beginnings.clientId),
            eq(beginnings.clientId, clients.id),
            eq(beginnings.therapistId, therapist)
          )
        )
    )
  )
}
