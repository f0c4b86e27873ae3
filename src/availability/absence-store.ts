import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments } from '../../db/schema/appointments.ts'
import { occupancy, timeOff } from '../../db/schema/availability.ts'
import { bookings } from '../../db/schema/bookings.ts'
import type { Stretch } from '../../db/schema/columns.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { instantOf } from '../kernel/time.ts'
import { deleteOwn } from './own-store.ts'

export async function insertTimeOff(tx: Transaction, row: typeof timeOff.$inferInsert): Promise<void> {
  await tx.insert(timeOff).values(row)
}

export async function hasTimeOff(db: Executor, { practice }: PracticeScope, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: timeOff.id })
    .from(timeOff)
    .where(and(eq(timeOff.practiceId, practice.id), eq(timeOff.id, id)))
  return rows.length > 0
}

/** Answers whether there was such a row. */
export async function deleteTimeOff(
  tx: Transaction,
  scope: PracticeScope,
  resource: string,
  id: string
): Promise<boolean> {
  return deleteOwn(tx, scope, timeOff, resource, id)
}

/** What is sold of a resource in a stretch: the bookings that a time off collides with. */
export async function findSold(db: Executor, { practice }: PracticeScope, resource: string, { start, end }: Stretch) {
  return db
    .selectDistinct({
      id: bookings.id,
      state: bookings.state,
      start: appointments.startsAt,
      end: appointments.endsAt
    })
    .from(occupancy)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, occupancy.practiceId), eq(appointments.id, occupancy.appointmentId))
    )
    .innerJoin(bookings, and(eq(bookings.practiceId, appointments.practiceId), eq(bookings.id, appointments.bookingId)))
    .where(
      and(
        eq(occupancy.practiceId, practice.id),
        eq(occupancy.resourceId, resource),
        sql`tstzrange(${appointments.startsAt}, ${appointments.endsAt}) && tstzrange(${start.toISO()}, ${end.toISO()})`
      )
    )
    .orderBy(asc(appointments.startsAt))
}

/** Dates for several couples that stand in this stretch, days of rest included; soonest first. */
export async function findDates(
  db: Executor,
  { practice }: PracticeScope,
  resource: string,
  { start, end }: Stretch
): Promise<{ id: string; start: DateTime; end: DateTime }[]> {
  const rows = await db.execute<{ id: string; start: string; end: string }>(sql`
    select a.edition_id as id, (extract(epoch from min(a.starts_at)) * 1000)::text as start,
      (extract(epoch from max(a.ends_at)) * 1000)::text as "end"
    from ${appointments} a where a.practice_id = ${practice.id} and a.edition_id in (
      select b.edition_id from ${occupancy} o join ${appointments} b on b.practice_id = o.practice_id and b.id = o.appointment_id
      where o.practice_id = ${practice.id} and o.resource_id = ${resource} and b.edition_id is not null
        and o.during && tstzrange(${start.toISO()}, ${end.toISO()}))
    group by a.edition_id order by min(a.starts_at)`)
  return rows.map(({ id, start, end }) => ({ id, start: instantOf(Number(start)), end: instantOf(Number(end)) }))
}

/** Time off that ends after `since`, soonest first. */
export async function listTimeOff(
  db: Executor,
  { practice }: PracticeScope,
  resources: string[],
  { start, end }: Stretch
) {
  return db
    .select()
    .from(timeOff)
    .where(
      and(
        eq(timeOff.practiceId, practice.id),
        inArray(timeOff.resourceId, resources),
        sql`${timeOff.during} && tstzrange(${start.toISO()}, ${end.toISO()})`
      )
    )
    .orderBy(asc(timeOff.during))
}
