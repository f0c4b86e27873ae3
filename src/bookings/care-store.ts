import { sql } from 'drizzle-orm'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { ClientFacts } from './client-care.ts'

/** What is asked of a client: which type, at which place, and the stretch in which times are wanted (ms, half-open). */
export interface AskedOf {
  type: Pick<SessionType, 'id' | 'rules'>
  /** The place's id. */
  place: string
  from: number
  to: number
  /** Appointments that are to be moved: they do not stand in their own way. */
  moving?: readonly string[] | undefined
}

/** A week and a day to both sides: whole weeks of any zone. */
const around = 8 * 86_400_000

/**
 * What the rules of care must know of the person to whom all these ids belong, in one question. Their clients are those to
 * which they belong now or did; kept, and taking their time still, is what they have. The other's own steps are not theirs.
 */
export async function findClientFacts(
  db: Executor,
  { practice }: PracticeScope,
  own: readonly string[],
  { type: { id, rules }, place, from, to, moving = [] }: AskedOf
): Promise<ClientFacts> {
  const persons = sql`${`{${own.join(',')}}`}::uuid[]`
  const firsts = sql`${`{${(rules.first ?? []).join(',')}}`}::text[]`
  const epoch = (edge: 'starts_at' | 'ends_at') => sql.raw(`(extract(epoch from a.${edge}) * 1000)::bigint`)
  const at = (ms: number) => sql`to_timestamp(${ms / 1000}::float8)`
  const rows = await db.execute<{ facts: ClientFacts }>(sql`
    with mine as materialized (
      select m.client_id as id, m.kind = 'couple' and m.left_at is null and exists (
          select 1 from memberships other where other.practice_id = m.practice_id and other.client_id = m.client_id
            and other.left_at is null and not other.person_id = any(${persons})) as couple
      from memberships m where m.practice_id = ${practice.id} and m.person_id = any(${persons})),
    had as materialized (
      select b.id as booking, t.slug, t.id = ${id} or coalesce(v.rules->>'family' = ${rules.family ?? null}::text, false) as same,
        a.starts_at, a.ends_at
      from bookings b
      join appointments a on a.practice_id = b.practice_id and a.booking_id = b.id
      join session_types t on t.practice_id = b.practice_id and t.id = b.session_type_id
      join session_type_versions v on v.practice_id = t.practice_id and v.session_type_id = t.id and v.version = t.version
      where b.practice_id = ${practice.id} and b.client_id in (select id from mine) and a.id <> all (${`{${moving.join(',')}}`}::uuid[])
        and b.state not in ('declined', 'expired', 'cancelled', 'no_show') and a.state in ('planned', 'done')
        and a.who <> case when b.booker_id = any(${persons}) then 'second' else 'first' end)
    select json_build_object(
      'own', (select coalesce(json_agg(${epoch('starts_at')}), '[]') from had a
        where same and starts_at >= ${at(from - around)} and starts_at < ${at(to + around)}),
      'oftener', exists (select 1 from clients c join mine on mine.id = c.id where c.practice_id = ${practice.id} and c.oftener),
      'hadFirst', (select min(${epoch('ends_at')}) from had a where slug = any(${firsts})),
      'others', (select coalesce(json_agg(json_build_array(${epoch('starts_at')}, ${epoch('ends_at')})), '[]')
        from appointments a
        join bookings b on b.practice_id = a.practice_id and b.id = a.booking_id
        join session_types t on t.practice_id = b.practice_id and t.id = b.session_type_id
        join session_type_versions v on v.practice_id = t.practice_id and v.session_type_id = t.id and v.version = t.version
        where ${rules.gapAtPlace !== undefined} and exists (select 1 from mine where couple) and v.rules ? 'gapAtPlace'
          and a.practice_id = ${practice.id} and a.place_id = ${place} and a.state in ('planned', 'done')
          and a.starts_at >= ${at(from - around)} and a.starts_at < ${at(to + around)}
          and b.client_id not in (select id from mine)
          and b.state not in ('declined', 'expired', 'cancelled'))
    ) as facts`)
  const [row] = rows
  if (!row) throw new Error('A query without FROM answers one row')
  return row.facts
}

/** What goes before a new booking of a person who is signed in. */
export interface Standing {
  /** Their clients' ids. */
  clients: string[]
  /** The slug of the therapist whom they had last, where that one offers the type. */
  therapist: string | null
}

/** The clients of a person, and the therapist whom they keep: of their latest booking whose therapist offers this type too. */
export async function findStanding(
  db: Executor,
  { practice }: PracticeScope,
  own: readonly string[],
  slug: string
): Promise<Standing> {
  const rows = await db.execute<{ standing: Standing }>(sql`
    with mine as (select distinct client_id as id from memberships
      where practice_id = ${practice.id} and person_id = any(${`{${own.join(',')}}`}::uuid[]) and left_at is null)
    select json_build_object(
      'clients', (select coalesce(json_agg(id), '[]') from mine),
      'therapist', (select r.slug from bookings b
        join mine on mine.id = b.client_id
        join resources r on r.practice_id = b.practice_id and r.id = b.therapist_id
        join session_types t on t.practice_id = b.practice_id and t.slug = ${slug}
        where b.practice_id = ${practice.id} and b.state in ('requested', 'held', 'releasing', 'confirmed', 'completed')
          and exists (select 1 from offerings o
            where o.practice_id = b.practice_id and o.session_type_id = t.id and o.resource_id = b.therapist_id)
        order by b.created_at desc, b.id desc limit 1)
    ) as standing`)
  const [row] = rows
  if (!row) throw new Error('A query without FROM answers one row')
  return row.standing
}

/** Whether more than one therapist offers a session type. */
export async function isOfSeveral(db: Executor, { practice }: PracticeScope, typeId: string): Promise<boolean> {
  const rows = await db.execute<{ several: boolean }>(sql`
    select count(distinct resource_id) > 1 as several from offerings
    where practice_id = ${practice.id} and session_type_id = ${typeId}`)
  return rows[0]?.several === true
}
