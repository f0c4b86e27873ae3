import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { ask, question } from '../kernel/statement.ts'
import { type Asked, withTherapist } from './window-store.ts'

/**
 * Rivals for the same resources wait here, in one order for all, until the transaction ends.
 * @param before lines to wait in before those of the resources, in the same round trip: whoever holds too much
 * @returns the resources
 */
export async function queueFor(
  tx: Transaction,
  { practice }: PracticeScope,
  resources: readonly string[],
  before: readonly string[] = []
): Promise<readonly string[]> {
  const sorted = [...[...new Set(before)].sort(), ...[...new Set(resources)].sort()]
  await takeTurns(tx, { practice: practice.id, names: `{${sorted.join(',')}}` })
  return resources
}

const takeTurns = question(
  ['practice', 'names'],
  ({ practice, names }) => sql`
    select pg_advisory_xact_lock(hashtextextended(${practice}::text || name, 0))
    from (select name from unnest(${names}::text[]) with ordinality as line (name, place) order by place) as line`
)

/**
 * Rivals for what a choice may need wait here: every therapist and room that offers it, or those that were chosen.
 * Whoever books one therapist does not wait for who books another.
 * @returns the resources that are locked now
 */
export async function queueForOffered(
  tx: Transaction,
  { practice }: PracticeScope,
  { slug, therapist, place }: Pick<Asked, 'slug' | 'therapist' | 'place'>,
  before: readonly string[] = []
): Promise<string[]> {
  const rows = await ask<{ name: string; offered: boolean }>(tx)(sql`
    with offered as (
      select distinct unnest(array[r.id, p.room_id])::text as name
      from session_types t
      join session_type_versions v on v.practice_id = t.practice_id and v.session_type_id = t.id and v.version = t.version
      join offerings o on o.practice_id = t.practice_id and o.session_type_id = t.id
      join resources r on r.practice_id = o.practice_id and r.id = o.resource_id
      join places p on p.practice_id = o.practice_id and p.id = o.place_id
      where t.practice_id = ${practice.id} and t.slug = ${slug}
        and ${withTherapist(therapist, sql`v.rules`)} and ${place ? sql`p.slug = ${place}` : sql`true`})
    select name, offered, pg_advisory_xact_lock(hashtextextended(${practice.id} || name, 0))
    from (
      select name, offered from (
        select name, true as offered from offered
        union all select name, false from unnest(${`{${[...new Set(before)].join(',')}}`}::text[]) as name) as every
      where name is not null
      order by offered, name collate "C") as line`)
  return rows.flatMap(({ name, offered }) => (offered ? [name] : []))
}

/**
 * How many lines there are for a booking: rivals for its therapists and rooms wait where this is asked, in the same one
 * order for all, and before them its client's.
 */
export function turnsOfBooking(practice: Placeholder, bookingId: Placeholder): SQL<number> {
  return sql`(with line as materialized (
    select pg_advisory_xact_lock(hashtextextended(${practice} || name, 0))
    from (
      select needed.name, needed.name = b.client_id::text as own
      from bookings b join places p on p.practice_id = b.practice_id and p.id = b.place_id,
        unnest(array[b.client_id, b.therapist_id, b.second_therapist_id, p.room_id]::text[]) as needed (name)
      where b.practice_id = ${practice} and b.id = ${bookingId}
      order by own desc, needed.name collate "C") as needed
    where name is not null) select count(*) from line)`
}
