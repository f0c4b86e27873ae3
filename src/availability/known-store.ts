import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { question, type Value } from '../kernel/statement.ts'
import { type AskedOfKnown, type Between, hoursWithin, reachOf } from './known-window.ts'
import { markOf, type Offer, resourcesOf } from './offer-store.ts'
import { busyJson, type Loaded, soldBy } from './window-store.ts'

/** What was read, with the mark of the catalogue as it is now: where that is another than the offer's, it is of no use. */
export interface KnownWindow {
  mark: string
  loaded: Loaded
}

const around = ['practice', 'resources', 'from', 'to'] as const
const caring = ['type', 'family', 'therapists', 'careFrom', 'careTo'] as const
type Around = (typeof around)[number]
type Caring = (typeof caring)[number]
type Given<Name extends string> = Record<Name, Placeholder>
type Read<Beside> = Pick<Loaded, 'busy'> & Partial<Pick<Loaded, 'sold'>> & { mark: string; beside: Beside }

/**
 * Asks what `loadWindow` answers of one start, steps beside it included, of an offer that is known: what is taken alone is
 * read, which is a third of the work, and of a session that stands alone nothing but what it would meet.
 * @param more names of values by which something else is asked beside it, which as a statement of its own takes longer
 * @param beside what that is: one JSON value
 */
export function knownWindow<Beside, More extends string>(
  more: readonly More[],
  beside: (given: Given<More | 'practice'>) => SQL
) {
  const selectTaken = question<Around | More, { read: Read<Beside> }>(
    [...around, ...more],
    given => sql`with ${needed(given)} select json_build_object(${taken(given)}, 'beside', ${beside(given)}) as read`
  )
  const selectTakenAndSold = question<Around | Caring | More, { read: Read<Beside> }>(
    [...around, ...caring, ...more],
    given => sql`
      with ${needed(given)},
      type as materialized (select ${given.type}::uuid as id, jsonb_build_object('family', ${given.family}::text) as rules),
      offering as materialized (select therapist from unnest((select ${given.therapists}::uuid[])) therapist),
      care as materialized (select ${between(given.careFrom, given.careTo)} as during)
      select json_build_object(${taken(given)}, 'sold', ${soldBy(given.practice, sql``)},
        'beside', ${beside(given)}) as read`
  )
  return async (
    db: Executor,
    { practice }: PracticeScope,
    offer: Offer,
    asked: AskedOfKnown,
    values: Record<More, Value>
  ): Promise<KnownWindow & { beside: Beside }> => {
    const reach = reachOf(offer, asked)
    const within = { practice: practice.id, resources: listed(resourcesOf(asked.offerings)), ...seconds(reach.taken) }
    const [row] = reach.care
      ? await selectTakenAndSold(db, { ...within, ...cared(offer, asked, reach.care), ...values })
      : await selectTaken(db, { ...within, ...values })
    if (!row) throw new Error('A query without FROM answers one row')
    const { mark, busy, sold = [], beside } = row.read
    const known = { revision: '', type: offer.type, offerings: [...asked.offerings] }
    return { mark, loaded: { ...known, ...hoursWithin(offer, asked, reach.hours), busy, sold }, beside }
  }
}

const needed = ({ resources }: Given<Around>) =>
  sql`needed as materialized (select id from unnest((select ${resources}::uuid[])) id)`

const taken = ({ practice, from, to }: Given<Around>) =>
  sql`'mark', ${markOf(practice)}, ${busyJson(practice, between(from, to), { ofOthers: sql``, notTheirs: sql`` })}`

/** A stretch between two instants, in seconds. */
const between = (from: Placeholder, to: Placeholder) =>
  sql`tstzrange(to_timestamp(${from}::float8), to_timestamp(${to}::float8))`

/** What the rules of care need to know. */
function cared({ type }: Offer, { offerings }: AskedOfKnown, reach: Between): Record<Caring, Value> {
  const { from: careFrom, to: careTo } = seconds(reach)
  const therapists = listed([...new Set(offerings.map(({ therapist }) => therapist))])
  return { type: type.id, family: type.rules.family ?? null, therapists, careFrom, careTo }
}

const seconds = ({ from, to }: Between) => ({ from: from / 1000, to: to / 1000 })
const listed = (ids: readonly string[]) => `{${ids.join(',')}}`
