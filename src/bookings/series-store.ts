import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { occupancy } from '../../db/schema/availability.ts'
import { bookings } from '../../db/schema/bookings.ts'
import { dues } from '../../db/schema/payments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

/** Since when a series pauses; null where it goes on. */
export async function savePause(tx: Transaction, { practice }: PracticeScope, id: string, pausedFrom: DateTime | null) {
  await tx
    .update(bookings)
    .set({ pausedFrom })
    .where(and(eq(bookings.practiceId, practice.id), eq(bookings.id, id)))
}

/** Appointments of a series without an end that are owed one by one, and not paid. */
export async function listUnpaid(db: Executor, { practice }: PracticeScope, bookingId: string): Promise<string[]> {
  const rows = await db
    .select({ id: dues.appointmentId })
    .from(dues)
    .where(
      and(
        eq(dues.practiceId, practice.id),
        eq(dues.bookingId, bookingId),
        isNotNull(dues.appointmentId),
        ne(dues.state, 'paid')
      )
    )
  return rows.flatMap(({ id }) => (id ? [id] : []))
}

/** What was owed for appointments that will not be, and nobody has begun to pay, is owed no more. */
export async function voidDuesOf(tx: Transaction, { practice }: PracticeScope, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .update(dues)
    .set({ state: 'void' })
    .where(
      and(
        eq(dues.practiceId, practice.id),
        inArray(dues.appointmentId, [...ids]),
        inArray(dues.state, ['scheduled', 'open', 'past_due'])
      )
    )
}

/**
 * Series without an end that may be laid for less than they are to be, of all practices. Where the next round would lie is
 * counted from each appointment of the last four, and the second soonest says it: a single one may have been moved, even by months.
 */
export async function findToExtend(db: Executor, until: DateTime): Promise<{ practice: string; booking: string }[]> {
  return db.execute<{ practice: string; booking: string }>(sql`
    select b.practice_id as practice, b.id as booking from bookings b
    join session_type_versions v on v.practice_id = b.practice_id and v.session_type_id = b.session_type_id and v.version = b.version
    where b.open_ended and b.state = 'confirmed' and b.paused_from is null and (
      select a.starts_at + make_interval(days => coalesce(b.every, 7) * ceil(a.place::numeric / a.each)::int) as next
      from (
        select starts_at, row_number() over (order by ordinal desc) as place, jsonb_array_length(v.plan->'segments') as each
        from appointments where practice_id = b.practice_id and booking_id = b.id) a
      where a.place <= 4 * a.each
      order by next limit 1 offset 1) <= ${until.plus({ days: someDays }).toISO()}
    limit 200`)
}

/** So far a round may lie from its usual place when it is wanted elsewhere. */
const someDays = 4

/** A new appointment of a series, with who takes part, what it takes and what is owed for it. */
export async function insertRound(
  tx: Transaction,
  appointment: typeof appointments.$inferInsert,
  people: (typeof participants.$inferInsert)[],
  taken: (typeof occupancy.$inferInsert)[],
  due: typeof dues.$inferInsert | undefined
): Promise<void> {
  await tx.insert(appointments).values(appointment)
  if (people.length > 0) await tx.insert(participants).values(people)
  if (taken.length > 0) await tx.insert(occupancy).values(taken)
  if (due) await insertDue(tx, due)
}

export async function insertDue(tx: Transaction, due: typeof dues.$inferInsert): Promise<void> {
  await tx.insert(dues).values(due)
}
