import { and, asc, eq, inArray, isNotNull, lte, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { appointments } from '../../db/schema/appointments.ts'
import { occupancy, outsideBusy, timeOff } from '../../db/schema/availability.ts'
import { bookings } from '../../db/schema/bookings.ts'
import type { Stretch } from '../../db/schema/columns.ts'
import { attempts, dues } from '../../db/schema/payments.ts'
import type { DayClaims } from '../availability/held-share.ts'
import { knownWindow } from '../availability/known-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { question } from '../kernel/statement.ts'
import type { Holder } from './holder.ts'

/** How many live unpaid holds a browser and a mail address have. */
export interface Holds {
  ofBrowser: number
  ofAddress: number
}

/** Each by its own index: PostgreSQL plans an `or` of two anew for every holder, which takes longer than the answer. */
const holdsJson = ({ practice, browser, address }: Record<'practice' | 'browser' | 'address', Placeholder>) => sql`
  json_build_object(
    'ofBrowser', (select count(*)::int from bookings where practice_id = ${practice} and browser = ${browser}),
    'ofAddress', (select count(*)::int from bookings where practice_id = ${practice} and address = ${address}))`

const selectHolds = question<'practice' | 'browser' | 'address', { holds: Holds }>(
  ['practice', 'browser', 'address'],
  given => sql`select ${holdsJson(given)} as holds`
)

/** Asked under the holder's locks. */
export async function countHolds(
  tx: Transaction,
  { practice }: PracticeScope,
  { browser, address }: Holder
): Promise<Holds> {
  const [row] = await selectHolds(tx, { practice: practice.id, browser, address })
  return row?.holds ?? { ofBrowser: 0, ofAddress: 0 }
}

/** The window of an offer that is known, and beside it how many holds a holder has: asked under the locks of both. */
export const askWindowAndHolds = knownWindow<Holds, 'browser' | 'address'>(['browser', 'address'], holdsJson)

/**
 * What a therapist's unpaid holds, requests that wait for the practice among them, absences, and calendars outside take
 * between two instants. Asked under the therapist's lock.
 */
export async function findDayClaims(
  tx: Transaction,
  { practice }: PracticeScope,
  therapist: string,
  from: DateTime,
  to: DateTime
): Promise<DayClaims> {
  const held = await selectTaking(
    tx,
    practice.id,
    [therapist],
    { start: from, end: to },
    inArray(bookings.state, ['requested', 'held', 'releasing']),
    isNotNull(bookings.address)
  )
  const away = await Promise.all(
    [timeOff, outsideBusy].map(({ practiceId, resourceId, during }) =>
      tx
        .select({ during })
        .from(during.table)
        .where(and(eq(practiceId, practice.id), eq(resourceId, therapist), meets(during, { start: from, end: to })))
    )
  )
  return { held: held.flatMap(flat), away: away.flat().flatMap(flat) }
}

/** The practice has taken a hold upon itself: it counts for no limit any more. */
export async function forgetHolder(db: Executor, { practice }: PracticeScope, id: string): Promise<void> {
  await db
    .update(bookings)
    .set({ browser: null, address: null })
    .where(and(eq(bookings.practiceId, practice.id), eq(bookings.id, id)))
}

const flat = ({ during }: { during: { start: DateTime; end: DateTime } }) => [
  during.start.toMillis(),
  during.end.toMillis()
]

/** Bookings whose hold is over and that stand in the way of these stretches, without a live payment attempt. */
export async function findOverdue(
  tx: Transaction,
  { practice }: PracticeScope,
  resourceIds: readonly string[],
  stretch: Stretch,
  now: DateTime
): Promise<string[]> {
  const rows = await selectTaking(
    tx,
    practice.id,
    resourceIds,
    stretch,
    eq(bookings.state, 'held'),
    lte(bookings.holdUntil, now),
    sql`not exists (select 1 from ${dues} join ${attempts} on ${attempts.practiceId} = ${dues.practiceId} and ${attempts.dueId} = ${dues.id}
      where ${dues.practiceId} = ${bookings.practiceId} and ${dues.bookingId} = ${bookings.id}
      and ${attempts.state} in ('created', 'submitted', 'requires_action', 'authorised', 'unknown'))`
  )
  return [...new Set(rows.map(({ id }) => id))]
}

/** What bookings such as these take of these resources in a stretch. */
function selectTaking(
  tx: Transaction,
  practiceId: string,
  resourceIds: readonly string[],
  stretch: Stretch,
  ...such: SQL[]
) {
  return tx
    .select({ id: bookings.id, during: occupancy.during })
    .from(occupancy)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, occupancy.practiceId), eq(appointments.id, occupancy.appointmentId))
    )
    .innerJoin(bookings, and(eq(bookings.practiceId, appointments.practiceId), eq(bookings.id, appointments.bookingId)))
    .where(
      and(
        eq(occupancy.practiceId, practiceId),
        inArray(occupancy.resourceId, [...resourceIds]),
        meets(occupancy.during, stretch),
        ...such
      )
    )
}

const meets = (during: PgColumn, { start, end }: Stretch) =>
  sql`${during} && tstzrange(${start.toISO()}, ${end.toISO()})`

/** Bookings of all practices whose hold is over at `now`, or that are being released. */
export async function findDueHolds(db: Executor, now: DateTime): Promise<{ practice: string; booking: string }[]> {
  return db
    .select({ practice: bookings.practiceId, booking: bookings.id })
    .from(bookings)
    .where(
      and(
        inArray(bookings.state, ['held', 'releasing']),
        sql`(${bookings.state} = 'releasing' or ${lte(bookings.holdUntil, now)})`
      )
    )
    .orderBy(asc(bookings.holdUntil))
    .limit(200)
}
