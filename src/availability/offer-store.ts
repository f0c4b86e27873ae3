import { sql } from 'drizzle-orm'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { question } from '../kernel/statement.ts'
import { hoursJson, type Loaded, offeringsOf, offerJson } from './window-store.ts'

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
export const markOf = (practice: Parameters<typeof offeringsOf>[0]) =>
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

/** The therapists and rooms that some offerings need. */
export function resourcesOf(offerings: Loaded['offerings']): string[] {
  return [...new Set(offerings.flatMap(({ therapist, room }) => (room === null ? [therapist] : [therapist, room])))]
}
