import { and, count, eq, exists, gte, inArray, isNull, lt, lte, notExists, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments } from '../../db/schema/appointments.ts'
import { bookings } from '../../db/schema/bookings.ts'
import { skips } from '../../db/schema/cancellations.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type SkipRow = typeof skips.$inferSelect

export async function insertSkip(tx: Transaction, row: typeof skips.$inferInsert): Promise<void> {
  await tx.insert(skips).values(row)
}

/** The same for what can be called off, get another time and be called off again: the last time counts. */
export async function replaceSkip(tx: Transaction, row: SkipRow): Promise<void> {
  const { practiceId: _, appointmentId: __, bookingId: ___, ...set } = row
  await tx
    .insert(skips)
    .values(row)
    .onConflictDoUpdate({ target: [skips.practiceId, skips.appointmentId], set })
}

/** What was let fall of bookings, soonest first. */
export async function listSkips(
  db: Executor,
  { practice }: PracticeScope,
  bookingIds: readonly string[]
): Promise<SkipRow[]> {
  if (bookingIds.length === 0) return []
  return db
    .select()
    .from(skips)
    .where(and(eq(skips.practiceId, practice.id), inArray(skips.bookingId, [...bookingIds])))
    .orderBy(skips.startsAt)
}

export async function findSkip(
  db: Executor,
  { practice }: PracticeScope,
  appointmentId: string
): Promise<SkipRow | undefined> {
  const [row] = await db
    .select()
    .from(skips)
    .where(and(eq(skips.practiceId, practice.id), eq(skips.appointmentId, appointmentId)))
  return row
}

/** How many of a client's appointments with a start in [from, to) were let fall for free. */
export async function countFreeSkips(
  db: Executor,
  { practice }: PracticeScope,
  clientId: string,
  { from, to }: { from: DateTime; to: DateTime }
): Promise<number> {
  const [row] = await db
    .select({ used: count() })
    .from(skips)
    .innerJoin(bookings, and(eq(bookings.practiceId, skips.practiceId), eq(bookings.id, skips.bookingId)))
    .where(
      and(
        eq(skips.practiceId, practice.id),
        eq(bookings.clientId, clientId),
        eq(skips.counted, true),
        gte(skips.startsAt, from),
        lt(skips.startsAt, to)
      )
    )
  return row?.used ?? 0
}

/** What was let fall late for two, of all practices, and nobody decided on by `now`; nor was it made up for. */
export async function findUndecidedSkips(db: Executor, now: DateTime) {
  return db
    .select({ practice: skips.practiceId, booking: skips.bookingId, appointment: skips.appointmentId })
    .from(skips)
    .where(and(isNull(skips.decision), isNull(skips.madeUpAt), lte(skips.decideBy, now)))
    .limit(200)
}

/**
 * Confirmed bookings with an end of which nothing is ahead, though not all of it took place, or nothing; of all practices.
 * What only waits for its time is none of them.
 */
export async function findNothingAhead(db: Executor): Promise<{ practice: string; booking: string }[]> {
  const ofBooking = and(eq(appointments.practiceId, bookings.practiceId), eq(appointments.bookingId, bookings.id))
  const planned = db
    .select({ id: appointments.id })
    .from(appointments)
    .where(and(ofBooking, eq(appointments.state, 'planned')))
  const over = db
    .select({ id: appointments.id })
    .from(appointments)
    .where(and(ofBooking, inArray(appointments.state, ['done', 'missed'])))
  const waits = db
    .select({ id: appointments.id })
    .from(appointments)
    .where(and(ofBooking, eq(appointments.state, 'cancelled')))
  return db
    .selectDistinct({ practice: bookings.practiceId, booking: bookings.id })
    .from(skips)
    .innerJoin(bookings, and(eq(bookings.practiceId, skips.practiceId), eq(bookings.id, skips.bookingId)))
    .where(
      and(
        eq(bookings.state, 'confirmed'),
        eq(bookings.openEnded, false),
        isNull(bookings.pausedFrom),
        notExists(planned),
        or(exists(over), notExists(waits))
      )
    )
    .limit(200)
}

export async function changeSkip(
  tx: Transaction,
  { practice }: PracticeScope,
  appointmentId: string,
  change: Partial<Pick<SkipRow, 'refund' | 'fee' | 'decision' | 'decidedAt' | 'madeUpAt'>>
): Promise<void> {
  await tx
    .update(skips)
    .set(change)
    .where(and(eq(skips.practiceId, practice.id), eq(skips.appointmentId, appointmentId)))
}

/** What of the price belongs to an appointment. */
export async function setShare(tx: Transaction, { practice }: PracticeScope, id: string, price: number): Promise<void> {
  await tx
    .update(appointments)
    .set({ price })
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.id, id)))
}

/** A step that has its time again is called off no more. */
export async function forgetSkip(tx: Transaction, { practice }: PracticeScope, id: string): Promise<void> {
  await tx.delete(skips).where(and(eq(skips.practiceId, practice.id), eq(skips.appointmentId, id)))
}

/** A step that was called off late waits for a time after all: its share stays paid. */
export async function openAgain(tx: Transaction, { practice }: PracticeScope, id: string): Promise<void> {
  await tx
    .update(appointments)
    .set({ state: 'cancelled' })
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.id, id)))
}
