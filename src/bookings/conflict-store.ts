import { type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { findInTheWay } from '../availability/travel-collisions.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { instantOf, isoUtc } from '../kernel/time.ts'

/** An appointment in the way of something; its start as an ISO instant. */
type Conflict = { booking: string; appointment: string; start: string }

/**
 * Whether the appointment `a` lies on a day with hours of its own, or none, of its therapist `r`, and in none of those: to be put
 * into a query that names both so.
 * @param takenAt when it was booked, proposed or moved there: with the day known as it is, an hour set aside by a reason was meant
 */
export const onClosedDay = (takenAt = sql`null::timestamptz`) => sql`exists (
  select from exceptions d where d.practice_id = r.practice_id and d.resource_id = r.id
    and d.date = (a.starts_at at time zone r.zone)::date and (${takenAt} > d.since) is not true
    and not exists (
      select from exceptions x where x.practice_id = d.practice_id and x.resource_id = d.resource_id
        and x.date = d.date and x.from_minute is not null
        and x.from_minute <= extract(hour from a.starts_at at time zone r.zone) * 60
          + extract(minute from a.starts_at at time zone r.zone)
        and x.to_minute >= extract(hour from a.starts_at at time zone r.zone) * 60
          + extract(minute from a.starts_at at time zone r.zone) + extract(epoch from a.ends_at - a.starts_at) / 60))`

/**
 * Appointments ahead at which a therapist of theirs is away, has closed the day, is busy in a calendar outside, or travels and
 * could not have them there, since they were booked. They stay as they are until somebody moves or calls them off.
 * @param only one booking's, or one therapist's by the person's id; `asked`: also what waits for the practice's yes
 */
export async function listConflicts(
  db: Executor,
  scope: PracticeScope,
  now: DateTime,
  only: { booking?: string | undefined; therapist?: string | undefined; asked?: boolean }
): Promise<Conflict[]> {
  const { practice } = scope
  const states = only.asked ? ['confirmed', 'requested'] : ['confirmed']
  const which: SQL[] = [sql`true`]
  if (only.booking) which.push(sql`b.id = ${only.booking}`)
  if (only.therapist) which.push(sql`r.person_id = ${only.therapist}`)
  const away = await db.execute<Conflict>(sql`
    select distinct b.id as booking, a.id as appointment, to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as start
    from bookings b
    join resources r on r.practice_id = b.practice_id and r.id in (b.therapist_id, b.second_therapist_id)
    join appointments a on a.practice_id = b.practice_id and a.booking_id = b.id
    where b.practice_id = ${practice.id} and b.state in ${states} and b.edition_id is null and a.state = 'planned'
      and a.starts_at > ${now.toISO()} and ${sql.join(which, sql` and `)}
      and (exists (
        select from time_off t where t.practice_id = b.practice_id and t.resource_id = r.id
          and t.during && tstzrange(a.starts_at, a.ends_at))
      or exists (
        select from outside_busy o where o.practice_id = b.practice_id and o.resource_id = r.id
          and o.during && tstzrange(a.starts_at, a.ends_at))
      or ${onClosedDay(takenAt)})
    order by start`)
  const there = await findInTheWay(db, scope, now, { booking: only.booking, person: only.therapist })
  const unfit = there.flatMap(({ booking, appointment, state, start }) =>
    booking &&
    states.some(one => one === state) &&
    start > now.toMillis() &&
    !away.some(one => one.appointment === appointment)
      ? [{ booking, appointment, start: isoUtc(instantOf(start)) }]
      : []
  )
  return [...away, ...unfit].sort((one, other) => one.start.localeCompare(other.start))
}

const takenAt = sql`greatest(a.moved_at, coalesce((
  select p.created_at from private_proposals p where p.practice_id = b.practice_id and p.booking_id = b.id), b.created_at))`

/** For so many days somebody may be away without a word before the practice is asked whether to go on. */
const absentDays = 14

/**
 * Series whose clients missed their last two appointments in a row, or one so long ago without another since: whether to
 * end them is for the therapist to say.
 */
export async function listAbsences(
  db: Executor,
  { practice }: PracticeScope,
  now: DateTime,
  therapist: string | undefined
): Promise<{ booking: string }[]> {
  const since = now.minus({ days: absentDays }).toISO()
  return db.execute<{ booking: string }>(sql`
    with last as (
      select a.booking_id, a.state, a.starts_at,
        row_number() over (partition by a.booking_id order by a.starts_at desc) as back
      from appointments a where a.practice_id = ${practice.id} and a.price is not null and a.state in ('done', 'missed'))
    select b.id as booking from bookings b
    join last one on one.booking_id = b.id and one.back = 1 and one.state = 'missed'
    left join last before on before.booking_id = b.id and before.back = 2
    where b.practice_id = ${practice.id} and b.state = 'confirmed'
      and (before.state = 'missed' or one.starts_at <= ${since})
      and ${
        therapist
          ? sql`exists (select from resources r where r.practice_id = b.practice_id and r.person_id = ${therapist}
        and r.id in (b.therapist_id, b.second_therapist_id))`
          : sql`true`
      }
      and exists (select from appointments a where a.practice_id = b.practice_id and a.booking_id = b.id
        and a.state = 'planned' and a.starts_at > ${now.toISO()})
    order by b.id`)
}
