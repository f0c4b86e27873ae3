import { and, eq, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { acceptances } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { instantOf } from '../kernel/time.ts'

/** Requests that wait for private calls, of a client whose member booked this call, alone, with a therapist of theirs. */
export async function findAwaiting(db: Executor, { practice }: PracticeScope, callId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select b.id from bookings talk
    join session_type_versions t on t.practice_id = talk.practice_id and t.session_type_id = talk.session_type_id
      and t.version = talk.version and not jsonb_path_exists(t.plan, '$.segments[*] ? (@.who != "first")')
    join people p on p.practice_id = talk.practice_id and p.id = talk.booker_id
    join memberships m on m.practice_id = talk.practice_id and m.left_at is null and m.person_id in (p.id, p.joined_to)
    join bookings b on b.practice_id = talk.practice_id and b.client_id = m.client_id and b.state = 'requested'
      and b.id <> talk.id and talk.therapist_id in (b.therapist_id, b.second_therapist_id)
    join session_type_versions v on v.practice_id = b.practice_id and v.session_type_id = b.session_type_id
      and v.version = b.version and (v.rules ->> 'callEach')::boolean
      and jsonb_path_exists(v.plan, '$.segments[*] ? (@.who == "both" || @.who == "second")')
    where talk.practice_id = ${practice.id} and talk.id = ${callId}`)
  return rows.map(({ id }) => id)
}

/** The last instant that the rows tell of private calls of a client's members with these therapists: booked, to be held, held, or ended. */
export async function findLastCall(
  tx: Transaction,
  { practice }: PracticeScope,
  { clientId, therapists, since }: { clientId: string; therapists: readonly string[]; since: DateTime }
): Promise<DateTime | undefined> {
  const [row] = await tx.execute<{ at: string | null }>(sql`
    select (extract(epoch from max(greatest(talk.confirmed_at, talk.ended_at,
      case when a.state in ('planned', 'done', 'missed') then a.ends_at end))) * 1000)::text as at
    from memberships m
    join people p on p.practice_id = m.practice_id and (p.id = m.person_id or p.joined_to = m.person_id)
    join bookings talk on talk.practice_id = m.practice_id and talk.booker_id = p.id and talk.confirmed_at is not null
      and talk.therapist_id = any(${`{${therapists.join(',')}}`}::uuid[])
    join session_type_versions t on t.practice_id = talk.practice_id and t.session_type_id = talk.session_type_id
      and t.version = talk.version and not jsonb_path_exists(t.plan, '$.segments[*] ? (@.who != "first")')
    join appointments a on a.practice_id = talk.practice_id and a.booking_id = talk.id
    where m.practice_id = ${practice.id} and m.client_id = ${clientId} and m.left_at is null
      and (a.ends_at >= ${since.toISO()} or talk.ended_at >= ${since.toISO()})`)
  return row?.at ? instantOf(Number(row.at)) : undefined
}

/** Until when a yes that is still missing can be given. */
export async function saveDeadline(
  tx: Transaction,
  { practice }: PracticeScope,
  bookingId: string,
  by: string,
  deadline: DateTime
): Promise<void> {
  await tx
    .update(acceptances)
    .set({ deadline })
    .where(
      and(
        eq(acceptances.practiceId, practice.id),
        eq(acceptances.bookingId, bookingId),
        eq(acceptances.by, by),
        isNull(acceptances.answer)
      )
    )
}
