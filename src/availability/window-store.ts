import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { TravelKeeps } from '../../db/schema/travels.ts'
import type { TherapistCare } from '../catalog/care.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Database, Executor } from '../kernel/database.ts'
import { ask } from '../kernel/statement.ts'

/** What a window asks for: a public session type, and the stretch in which its starts may lie (ms, half-open). */
export interface Asked {
  slug: string
  from: number
  to: number
  /** Slugs, where the client chose. */
  therapist?: string | undefined
  place?: string | undefined
  /** Of two who are to sit together the other one: then only these two are asked. */
  second?: string | undefined
  /** Appointments that are to be moved: they do not stand in their own way, and their type may be withdrawn meanwhile. */
  moving?: readonly string[] | undefined
  /** Also a type that is not public: for staff. */
  hidden?: boolean | undefined
  /** With the days in which optional steps before and after what is chosen can lie. */
  beside?: boolean | undefined
}

/** A value of a query: as it is, or by a name. */
type Value = string | Placeholder

/** A weekly rule as it lies in the row: days 1–7 from Monday, minutes of the local day, dates inclusive. */
export type HoursRow = [
  resource: string,
  days: number[],
  from: number,
  to: number,
  place: string | null,
  sessionTypes: string[] | null,
  validFrom: string | null,
  validTo: string | null
]

/** A session that is sold: whether it counts for the type that is asked for, begins its plan, is demanding; minutes of rest. */
export type SoldRow = [
  resource: string,
  start: number,
  end: number,
  same: boolean,
  begins: boolean,
  demanding: boolean,
  rest: number
]

/** All that the engine needs for a window, however long it is and however many therapists it asks for. */
export interface Loaded {
  /** Which state of the practice's calendars it was read in: as `readRevision` answers. */
  revision: string
  /** Null where there is no such public session type. */
  type: SessionType | null
  offerings: {
    therapist: string
    therapistSlug: string
    personId: string
    zone: string
    place: string
    placeSlug: string
    room: string | null
    care: TherapistCare | null
  }[]
  hours: HoursRow[]
  exceptions: [resource: string, date: string, from: number | null, to: number | null][]
  /** Where therapists are away: dates inclusive, by the clock of the zone that the hours keep. */
  travels: [resource: string, zone: string, first: string, last: string, keeps: TravelKeeps, videoOnly: boolean][]
  busy: [resource: string, start: number, end: number][]
  sold: SoldRow[]
}

/**
 * One round trip: the session type, who offers it where, opening hours, exceptions, busy stretches (occupancy with its
 * buffers, time off, calendars outside) and, where a rule of care asks for it, what is sold. The stretch is widened by the days that the
 * plan spans and by five for zones, what is held of a day, and other starts near an appointment that stands apart. What lies
 * behind it is not looked at, however much there is: every plan goes by an index, in an order that is written.
 */
export async function loadWindow(db: Executor, { practice }: PracticeScope, asked: Asked): Promise<Loaded> {
  const { slug, from, to, therapist, second, place, moving, hidden, beside = false } = asked
  const ofOthers = moving ? sql`and o.appointment_id <> all (${`{${moving.join(',')}}`}::uuid[])` : sql``
  const ofSteps = beside ? sql`true` : sql`not segment ? 'optional'`
  // Nor do the new times stand in their way that are kept for them.
  const notTheirs = moving
    ? sql`and (k.move_id is null or k.move_id not in (select p.proposal_id from proposal_times p
        where p.practice_id = ${practice.id} and p.appointment_id = any (${`{${moving.join(',')}}`}::uuid[])))`
    : sql``
  const at = (ms: number) => sql`to_timestamp(${ms / 1000}::float8)`
  const rows = await ask<{ loaded: Loaded }>(db)(sql`
    with type as materialized (
      select t.id, t.slug, t.kind, t.public, v.version, v.name, v.description, v.price, v.currency, v.policy, v.plan, v.rules,
        tstzrange(${at(from)} - interval '5 days' - interval '1 day' *
          (select coalesce(max((segment->'before'->>'days')::int), 0) from jsonb_array_elements(v.plan->'segments') segment
            where ${ofSteps}), ${at(to)} + interval '5 days' + interval '1 day' *
          ((select max(coalesce((segment->>'day')::int, 0)) from jsonb_array_elements(v.plan->'segments') segment)
          + coalesce(((v.plan->'repeat'->>'most')::int - 1)
            * (select max(days::int) from jsonb_array_elements_text(v.plan->'repeat'->'every') days), 0)
          + (select coalesce(sum((segment->'after'->>'max')::int + 1), 0)
            from jsonb_array_elements(v.plan->'segments') segment where ${ofSteps}))) as during
      from session_types t join session_type_versions v
        on v.practice_id = t.practice_id and v.session_type_id = t.id and v.version = t.version
      where t.practice_id = ${practice.id} and t.slug = ${slug} and ${moving || hidden ? sql`true` : sql`t.public`}),
    offering as materialized (${offeringsOf(practice.id)}
      where ${moving ? sql`r.slug in (${therapist ?? ''}, ${second ?? ''})` : withTherapist(therapist, sql`type.rules`)} and ${place ? sql`p.slug = ${place}` : sql`true`}),
    needed as materialized (
      select therapist as id from offering union select room from offering where room is not null),
    care as materialized (${careAround(practice.id, Boolean(moving || hidden))})
    select json_build_object(
      'revision', (select coalesce(sum(revision), 0)::text from calendar_revisions where practice_id = ${practice.id}),
      ${offerJson}, ${hoursJson(practice.id)}, ${busyJson(practice.id, sql`(select during from type)`, { ofOthers, notTheirs })},
      'sold', ${soldBy(practice.id, ofOthers)}
    ) as loaded`)
  const [row] = rows
  if (!row) throw new Error('A query without FROM answers one row')
  return row.loaded
}

/** Who offers the type where, by the names that `Loaded` has. */
export function offeringsOf(practice: Value): SQL {
  return sql`
      select r.id as therapist, r.slug as "therapistSlug", r.person_id as "personId", r.zone,
        p.id as place, p.slug as "placeSlug", p.room_id as room, r.care
      from type join offerings o on o.practice_id = ${practice} and o.session_type_id = type.id
      join resources r on r.practice_id = o.practice_id and r.id = o.resource_id
      join places p on p.practice_id = o.practice_id and p.id = o.place_id`
}

/** What is offered: `type` and `offering` as they go into a JSON object. */
export const offerJson = sql`'type', (select json_build_object('id', id, 'slug', slug, 'kind', kind, 'public', public, 'version', version,
        'name', name, 'description', description, 'price', json_build_object('amount', price, 'currency', currency),
        'policy', policy, 'plan', plan, 'rules', rules) from type),
      'offerings', (select coalesce(json_agg(o order by "therapistSlug", "placeSlug"), '[]') from offering o)`

/** When the resources `needed` are open in the stretch of `type`, as it goes into a JSON object. */
export function hoursJson(practice: Value): SQL {
  return sql`'hours', (select coalesce(json_agg(json_build_array(resource_id, days, from_minute, to_minute, place_id,
          session_types, valid_from, valid_to) order by h.id), '[]')
        from opening_hours h join needed on needed.id = resource_id where practice_id = ${practice}),
      'exceptions', (select coalesce(json_agg(json_build_array(resource_id, date, from_minute, to_minute)
          order by date, from_minute), '[]')
        from type, exceptions e join needed on needed.id = resource_id where practice_id = ${practice}
          and date between lower(during)::date and upper(during)::date),
      'travels', (select coalesce(json_agg(json_build_array(resource_id, v.zone, first_day, last_day, keeps, video_only)
          order by first_day), '[]')
        from type, travels v join needed on needed.id = resource_id where practice_id = ${practice}
          and first_day <= upper(during)::date + 2 and last_day >= lower(during)::date - 2)`
}

/** What is taken of the resources `needed` in a stretch, as it goes into a JSON object. */
export function busyJson(
  practice: Value,
  during: SQL,
  { ofOthers, notTheirs }: { ofOthers: SQL; notTheirs: SQL }
): SQL {
  return sql`'busy', (select coalesce(json_agg(json_build_array(resource_id, ${epoch('lower(taken)')}, ${epoch('upper(taken)')})
          order by resource_id, taken), '[]')
        from (
          -- Each resource by the index, and not what all of them have in those days (offset 0 keeps the planner from it).
          select needed.id as resource_id, taken from needed, lateral (
            select o.during as taken from occupancy o
            where o.practice_id = ${practice} and o.resource_id = needed.id
              and o.during && ${during} ${ofOthers} offset 0) sold
          union all
          select t.resource_id, t.during from time_off t join needed on needed.id = t.resource_id
            where t.practice_id = ${practice} and t.during && ${during}
          union all
          select needed.id, taken from needed, lateral (
            select b.during as taken from outside_busy b
            where b.practice_id = ${practice} and b.resource_id = needed.id
              and b.during && ${during} offset 0) outside
          union all
          select k.resource_id, k.during from kept_times k join needed on needed.id = k.resource_id
            where k.practice_id = ${practice} and k.during && ${during} ${notTheirs}) busy)`
}

/**
 * Around which stretch the rules of care ask what is sold; no row where no rule asks. They look a week from a start, or a
 * month, or as far as a row of demanding sessions can go; starts lie in what is asked for, except where appointments stand
 * apart or come with a plan of their own: those have five days more.
 */
function careAround(practice: string, own: boolean): SQL {
  return sql`
    select tstzrange(lower(during) + spare - reach, upper(during) - spare + reach) as during
    from type, lateral (select
      case when ${own ? sql`true` : sql`plan @> '{"apart": true}' or jsonb_path_exists(plan, '$.segments[*] ? (exists(@.after) || exists(@.before))')`}
        then interval '0' else interval '5 days' end as spare,
      greatest(case when rules ? 'perMonth' then interval '32 days' else interval '8 days' end,
        (select max((care->'inRow'->>'most')::int * (interval '1 day' + interval '1 minute' * (care->'inRow'->>'pause')::int))
          from offering)) as reach) far
    where rules ?| array['perDay', 'perWeek', 'minutesPerDay', 'minutesPerWeek', 'perMonth', 'rest']
      or exists (select 1 from offering where care is not null)
      or exists (select 1 from session_types other join session_type_versions newest on newest.practice_id = other.practice_id
        and newest.session_type_id = other.id and newest.version = other.version
        where other.practice_id = ${practice} and newest.rules ? 'rest')`
}

/**
 * What the therapists have sold around the window, of every type and by the type's newest rules, each by the index and no
 * further than the rules look: from occupancy, which holds what is kept and nothing else.
 */
export function soldBy(practice: Value, ofOthers: SQL): SQL {
  return sql`(select coalesce(json_agg(json_build_array(own.id, ${epoch('session.starts_at')}, ${epoch('session.ends_at')},
      not beside and (t.id = type.id or coalesce(v.rules->>'family' = type.rules->>'family', false)), session.ordinal = 0,
      not beside and coalesce((v.rules->>'demanding')::boolean, false),
      case when beside then 0 else coalesce((v.rules->>'rest')::int, 0) end) order by session.starts_at), '[]')
    from care, type, (select distinct therapist as id from offering) own, lateral (
      select o.appointment_id from occupancy o
      where o.practice_id = ${practice} and o.resource_id = own.id ${ofOthers} and o.during && care.during offset 0) taken, lateral (
      select a.starts_at, a.ends_at, a.ordinal, a.price, coalesce(b.session_type_id, e.session_type_id) as type_id
      from appointments a
      left join bookings b on b.practice_id = a.practice_id and b.id = a.booking_id
      left join editions e on e.practice_id = a.practice_id and e.id = a.edition_id
      where a.practice_id = ${practice} and a.id = taken.appointment_id and a.state in ('planned', 'done') offset 0) session
    join session_types t on t.practice_id = ${practice} and t.id = session.type_id
    join session_type_versions v on v.practice_id = t.practice_id and v.session_type_id = t.id and v.version = t.version,
    -- A step beside what belongs together is a conversation like any other, and asks for no rules of the whole.
    lateral (select session.price is not null and not v.plan ? 'apart' as beside) step)`
}

/** Where one therapist is asked for. Of two who sit together they are one, and anybody may be the other. */
export function withTherapist(therapist: string | undefined, rules: SQL): SQL {
  return therapist ? sql`(r.slug = ${therapist} or ${rules} ? 'therapists')` : sql`true`
}

/** A number that is another whenever anything changed of which the practice's slots are made. One small prepared query. */
export async function readRevision({ $client }: Database, { practice }: PracticeScope): Promise<string> {
  const [row] = await $client<{ revision: string }[]>`
    select coalesce(sum(revision), 0)::text as revision from calendar_revisions where practice_id = ${practice.id}`
  return row?.revision ?? ''
}

const epoch = (edge: string) => sql.raw(`(extract(epoch from ${edge}) * 1000)::bigint`)
