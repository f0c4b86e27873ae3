import { sql } from 'drizzle-orm'
import type { SessionType } from '../catalog/session-type.ts'
import { leadOf, spanOf } from '../catalog/span.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { question } from '../kernel/statement.ts'
import { instantOf, isoUtc } from '../kernel/time.ts'
import { busyJson, hoursJson, type Loaded, offeringsOf, offerJson, soldBy } from './window-store.ts'

/** A session type, who offers it where and when they are there, as it was when the practice's catalogue had this mark. */
export interface Offer extends Pick<Loaded, 'offerings' | 'hours' | 'exceptions' | 'travels'> {
  mark: string
  type: SessionType
  /** Whether some type of the practice asks for rest: then what is sold matters to every other, too. */
  rests: boolean
}

/**
 * A word that is another after every change of the practice's types, of who offers them where, of its therapists, rooms and
 * places, of hours, days that differ and travels: the number that their triggers raise, and by which transaction, so that
 * what was restored is another, too.
 */
const markOf = (practice: Parameters<typeof offeringsOf>[0]) =>
  sql`(select revision || '.' || xmin from calendar_revisions where practice_id = ${practice} and resource_id = ${practice})`

const selectOffer = question<'practice' | 'slug', { offer: Omit<Offer, 'type'> & { type: SessionType | null } }>(
  ['practice', 'slug'],
  ({ practice, slug }) => sql`
    with type as materialized (
      select t.id, t.slug, t.kind, t.public, v.version, v.name, v.description, v.price, v.currency, v.policy, v.plan, v.rules,
        tstzrange('1970-01-01Z', '2970-01-01Z') as during
      from session_types t join session_type_versions v
        on v.practice_id = t.practice_id and v.session_type_id = t.id and v.version = t.version
      where t.practice_id = ${practice} and t.slug = ${slug}),
    offering as materialized (${offeringsOf(practice)}),
    needed as materialized (
      select therapist as id from offering union select room from offering where room is not null)
    select json_build_object('mark', ${markOf(practice)}, ${offerJson}, ${hoursJson(practice)},
      'rests', exists (select 1 from session_types other join session_type_versions newest
        on newest.practice_id = other.practice_id and newest.session_type_id = other.id and newest.version = other.version
        where other.practice_id = ${practice} and newest.rules ? 'rest')) as offer`
)

/** What is offered by that name, to anybody or to staff alone; undefined where nothing is. */
export async function readOffer(db: Executor, { practice }: PracticeScope, slug: string): Promise<Offer | undefined> {
  const [row] = await selectOffer(db, { practice: practice.id, slug })
  const type = row?.offer.type
  return row && type ? { ...row.offer, type } : undefined
}

/** The window of a start (ms) of an offer that is known, of those therapists and places that are asked. */
export interface AskedOfKnown {
  start: number
  offerings: Loaded['offerings']
}

/**
 * What `loadWindow` answers of one start, steps beside it included, of an offer that is known: what is taken alone is read,
 * which is a third of the work.
 * @returns with the mark of the catalogue as it is now: where it is another than the offer's, what was read is of no use
 */
export async function loadKnownWindow(
  db: Executor,
  { practice }: PracticeScope,
  offer: Offer,
  { start, offerings }: AskedOfKnown
): Promise<{ mark: string; loaded: Loaded }> {
  const { type } = offer
  const from = start - (5 + leadOf(type.plan)) * day
  const to = start + 1 + (5 + spanOf(type.plan)) * day
  const needed = resourcesOf(offerings)
  const around = {
    practice: practice.id,
    resources: `{${needed.join(',')}}`,
    from: from / 1000,
    to: to / 1000
  }
  const reach = careReach(offer, offerings)
  const [row] =
    reach === undefined
      ? await selectBusy(db, around)
      : await selectBusyAndSold(db, {
          ...around,
          type: type.id,
          family: type.rules.family ?? null,
          therapists: `{${[...new Set(offerings.map(({ therapist }) => therapist))].join(',')}}`,
          careFrom: (from + reach.spare - reach.far) / 1000,
          careTo: (to - reach.spare + reach.far) / 1000
        })
  if (!row) throw new Error('A query without FROM answers one row')
  const { mark, busy, sold = [] } = row.taken
  const hours = hoursWithin(offer, needed, from, to)
  return { mark, loaded: { revision: '', type, offerings: [...offerings], ...hours, busy, sold } }
}

/** Of what is known that which concerns these resources in a stretch (ms): as `hoursJson` asks it. */
function hoursWithin({ hours, exceptions, travels }: Offer, needed: readonly string[], from: number, to: number) {
  const isNeeded = ([resource]: readonly [string, ...unknown[]]) => needed.includes(resource)
  const [first, last] = [dateOf(from), dateOf(to)]
  const [near, far] = [dateOf(from - 2 * day), dateOf(to + 2 * day)]
  return {
    hours: hours.filter(isNeeded),
    exceptions: exceptions.filter(one => isNeeded(one) && one[1] >= first && one[1] <= last),
    travels: travels.filter(one => isNeeded(one) && one[2] <= far && one[3] >= near)
  }
}

const dateOf = (ms: number) => isoUtc(instantOf(ms)).slice(0, 10)

/** The therapists and rooms that some offerings need. */
export function resourcesOf(offerings: Loaded['offerings']): string[] {
  return [...new Set(offerings.flatMap(({ therapist, room }) => (room === null ? [therapist] : [therapist, room])))]
}

type Taken = Pick<Loaded, 'busy'> & Partial<Pick<Loaded, 'sold'>> & { mark: string }
type Around = 'practice' | 'resources' | 'from' | 'to'

const around = ['practice', 'resources', 'from', 'to'] as const
const anyOf = { ofOthers: sql``, notTheirs: sql`` }
const day = 86_400_000

const selectBusy = question<Around, { taken: Taken }>(
  around,
  ({ practice, resources, from, to }) => sql`
    with type as materialized (select tstzrange(to_timestamp(${from}::float8), to_timestamp(${to}::float8)) as during),
    needed as materialized (select id from unnest((select ${resources}::uuid[])) id)
    select json_build_object('mark', ${markOf(practice)}, ${busyJson(practice, anyOf)}) as taken`
)

const selectBusyAndSold = question<Around | 'type' | 'family' | 'therapists' | 'careFrom' | 'careTo', { taken: Taken }>(
  [...around, 'type', 'family', 'therapists', 'careFrom', 'careTo'],
  ({ practice, resources, from, to, type, family, therapists, careFrom, careTo }) => sql`
    with type as materialized (
      select ${type}::uuid as id, jsonb_build_object('family', ${family}::text) as rules,
        tstzrange(to_timestamp(${from}::float8), to_timestamp(${to}::float8)) as during),
    offering as materialized (select therapist from unnest((select ${therapists}::uuid[])) therapist),
    needed as materialized (select id from unnest((select ${resources}::uuid[])) id),
    care as materialized (select tstzrange(to_timestamp(${careFrom}::float8), to_timestamp(${careTo}::float8)) as during)
    select json_build_object('mark', ${markOf(practice)}, ${busyJson(practice, anyOf)},
      'sold', ${soldBy(practice, sql``)}) as taken`
)

/** The rules of care that look at what is sold; `careAround` asks the same of the database. */
const counting = ['perDay', 'perWeek', 'minutesPerDay', 'minutesPerWeek', 'perMonth', 'rest'] as const

/** How far the rules of care look (ms), less what the window has to spare; undefined where none of them asks. */
function careReach({ type: { plan, rules }, rests }: Offer, offerings: Loaded['offerings']) {
  const rows = offerings.flatMap(({ care }) => (care ? [care] : []))
  if (!rests && rows.length === 0 && !counting.some(rule => rules[rule] !== undefined)) return undefined
  const isSteps = plan.segments.some(({ before, after }) => before || after)
  const inRows = rows.flatMap(({ inRow }) => (inRow ? [inRow.most * (day + inRow.pause * 60_000)] : []))
  return {
    spare: plan.apart || isSteps ? 0 : 5 * day,
    far: Math.max(rules.perMonth === undefined ? 8 * day : 32 * day, ...inRows)
  }
}
