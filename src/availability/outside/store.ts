import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments } from '../../../db/schema/appointments.ts'
import { outsideBusy, outsideCalendars } from '../../../db/schema/availability.ts'
import { bookings } from '../../../db/schema/bookings.ts'
import { resources } from '../../../db/schema/catalog.ts'
import type { Stretch } from '../../../db/schema/columns.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Executor, Transaction } from '../../kernel/database.ts'
import { deleteOwn } from '../own-store.ts'

export type CalendarRow = typeof outsideCalendars.$inferSelect
type Scope = PracticeScope

const isHere = ({ practice }: Scope, id: string) =>
  and(eq(outsideCalendars.practiceId, practice.id), eq(outsideCalendars.id, id))

/** Nothing where it is there already. */
export async function insertCalendar(tx: Transaction, row: typeof outsideCalendars.$inferInsert): Promise<void> {
  await tx.insert(outsideCalendars).values(row).onConflictDoNothing()
}

export async function findCalendar(db: Executor, scope: Scope, id: string): Promise<CalendarRow | undefined> {
  const [row] = await db.select().from(outsideCalendars).where(isHere(scope, id))
  return row
}

/** A therapist's calendars, the first first. */
export async function listCalendars(db: Executor, { practice }: Scope, resource: string): Promise<CalendarRow[]> {
  return db
    .select()
    .from(outsideCalendars)
    .where(and(eq(outsideCalendars.practiceId, practice.id), eq(outsideCalendars.resourceId, resource)))
    .orderBy(asc(outsideCalendars.id))
}

/** What is known of every calendar of a practice: whose it is, and when it was asked and was right. */
export async function listAges(db: Executor, { practice }: Scope) {
  return db
    .select({
      id: outsideCalendars.id,
      therapist: resources.slug,
      syncedAt: outsideCalendars.syncedAt,
      askedAt: outsideCalendars.askedAt
    })
    .from(outsideCalendars)
    .innerJoin(
      resources,
      and(eq(resources.practiceId, outsideCalendars.practiceId), eq(resources.id, outsideCalendars.resourceId))
    )
    .where(eq(outsideCalendars.practiceId, practice.id))
}

/** Answers whether there was such a calendar. What it made busy goes with it. */
export async function deleteCalendar(tx: Transaction, scope: Scope, resource: string, id: string): Promise<boolean> {
  return deleteOwn(tx, scope, outsideCalendars, resource, id)
}

/** Locks the calendar until the transaction ends: after its therapist. */
export async function lockCalendar(tx: Transaction, scope: Scope, id: string): Promise<CalendarRow | undefined> {
  const [row] = await tx.select().from(outsideCalendars).where(isHere(scope, id)).for('update')
  return row
}

export async function updateCalendar(
  db: Executor,
  scope: Scope,
  id: string,
  set: Partial<typeof outsideCalendars.$inferInsert>
): Promise<void> {
  await db.update(outsideCalendars).set(set).where(isHere(scope, id))
}

/**
 * Takes calendars of all practices that are due at `now`, at most so many: nobody else takes them before their new
 * time.
 * @param next when each is due again, by how many minutes, drawn for each
 */
export async function takeDue(
  tx: Transaction,
  now: DateTime,
  most: number,
  next: () => DateTime
): Promise<{ practice: string; id: string }[]> {
  const rows = await tx
    .select({ practice: outsideCalendars.practiceId, id: outsideCalendars.id })
    .from(outsideCalendars)
    .where(lte(outsideCalendars.dueAt, now))
    .orderBy(asc(outsideCalendars.dueAt))
    .limit(most)
    .for('update', { skipLocked: true })
  for (const { practice, id } of rows)
    await tx
      .update(outsideCalendars)
      .set({ dueAt: next() })
      .where(and(eq(outsideCalendars.practiceId, practice), eq(outsideCalendars.id, id)))
  return rows
}

/**
 * Replaces what a calendar makes busy. What stays is left as it is. Asked under the therapist's lock.
 * @param busy flat stretches in ms, merged
 */
export async function replaceBusy(
  tx: Transaction,
  { practice }: Scope,
  { id, resourceId }: Pick<CalendarRow, 'id' | 'resourceId'>,
  busy: ArrayLike<number>
): Promise<void> {
  const edges = (first: 0 | 1) =>
    `{${Array.from({ length: busy.length / 2 }, (_, index) => (busy[2 * index + first] ?? 0) / 1000).join(',')}}`
  const wanted = sql`select tstzrange(to_timestamp(start), to_timestamp("end")) as during
    from unnest(${edges(0)}::float8[], ${edges(1)}::float8[]) as edges (start, "end")`
  await tx.execute(sql`delete from outside_busy
    where practice_id = ${practice.id} and calendar_id = ${id} and during not in (${wanted})`)
  await tx.execute(sql`insert into outside_busy (practice_id, calendar_id, resource_id, during)
    select ${practice.id}::uuid, ${id}::uuid, ${resourceId}::uuid, during from (${wanted}) as wanted on conflict do nothing`)
}

/** What a calendar makes busy that touches a stretch, soonest first. */
export async function listBusy(db: Executor, { practice }: Scope, id: string, { start, end }: Stretch) {
  const rows = await db
    .select({ during: outsideBusy.during })
    .from(outsideBusy)
    .where(
      and(
        eq(outsideBusy.practiceId, practice.id),
        eq(outsideBusy.calendarId, id),
        sql`${outsideBusy.during} && tstzrange(${start.toISO()}, ${end.toISO()})`
      )
    )
    .orderBy(asc(outsideBusy.during))
  return rows.map(({ during }) => during)
}

/**
 * Appointments ahead that stand where a calendar outside of a therapist of theirs says busy, soonest first; of one therapist
 * or person where they are named.
 */
export async function listConflicts(
  db: Executor,
  { practice }: Scope,
  whose: { resource?: string | undefined; person?: string | undefined },
  since: DateTime
) {
  return db
    .selectDistinct({
      booking: bookings.id,
      start: appointments.startsAt,
      end: appointments.endsAt
    })
    .from(outsideBusy)
    .innerJoin(
      bookings,
      and(
        eq(bookings.practiceId, outsideBusy.practiceId),
        or(eq(bookings.therapistId, outsideBusy.resourceId), eq(bookings.secondTherapistId, outsideBusy.resourceId))
      )
    )
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, bookings.practiceId), eq(appointments.bookingId, bookings.id))
    )
    .innerJoin(
      resources,
      and(eq(resources.practiceId, outsideBusy.practiceId), eq(resources.id, outsideBusy.resourceId))
    )
    .where(
      and(
        eq(outsideBusy.practiceId, practice.id),
        whose.resource ? eq(outsideBusy.resourceId, whose.resource) : undefined,
        whose.person ? eq(resources.personId, whose.person) : undefined,
        inArray(bookings.state, ['requested', 'held', 'releasing', 'confirmed']),
        // A couple's seat takes nothing: its dates are in the way once, for all.
        isNull(bookings.editionId),
        eq(appointments.state, 'planned'),
        sql`${appointments.endsAt} > ${since.toISO()}`,
        sql`${outsideBusy.during} && tstzrange(${appointments.startsAt}, ${appointments.endsAt})`
      )
    )
    .orderBy(asc(appointments.startsAt))
    .limit(200)
}
