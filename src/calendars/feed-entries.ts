import { unsealTitle } from '../identity/calendar-title.ts'
import { type Place, sightIn } from '../identity/discretion.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { shows } from '../identity/sight.ts'
import type { Deps } from '../kernel/deps.ts'
import { unseal } from '../kernel/secrets.ts'
import { listEditionEntries } from './edition-store.ts'
import { listCompany, listFeedEntries } from './entry-store.ts'
import { entryWords } from './entry-words.ts'
import { type FeedStyle, type FeedWindow, isOff, therapistTitle } from './feed.ts'
import type { FoundFeed } from './store.ts'
import type { FeedEntry } from './write-feed.ts'

type Row = Awaited<ReturnType<typeof listFeedEntries>>[number]

/** A feed's entries, by start and id, each in the words that its owner chose; and the bookings that were read for it. */
export async function feedEntries(
  deps: Deps,
  scope: PracticeScope,
  feed: FoundFeed,
  window: FeedWindow
): Promise<{ entries: FeedEntry[]; bookings: string[] }> {
  const rows = await listFeedEntries(deps.db, scope, feed, window)
  const shown = feed.scope === 'busy' ? rows.filter(row => !isOff(row)) : rows
  const wordsOf = await wordsFor(deps, scope, feed, shown)
  const dates = feed.scope === 'client' ? [] : await datesOf(deps, scope, feed, window)
  const entries: FeedEntry[] = shown.map(row => ({
    uid: row.uid,
    sequence: row.sequence,
    revisedAt: row.revisedAt,
    start: row.start,
    end: row.end,
    zone: feed.zone,
    off: isOff(row),
    ...(feed.scope !== 'busy' && { createdAt: row.createdAt }),
    ...wordsOf(row)
  }))
  return {
    // Sorting keeps the order of what begins at the same moment: bookings by their ids, then dates.
    entries: [...entries, ...dates].sort((one, other) => one.start.toMillis() - other.start.toMillis()),
    bookings: [...new Set(shown.map(({ booking }) => booking))]
  }
}

/** What a therapist gives on dates of their own: by its code, for who comes stands on the roster alone. */
async function datesOf(
  { db }: Deps,
  scope: PracticeScope,
  { person, zone, scope: kind }: FoundFeed,
  window: FeedWindow
): Promise<FeedEntry[]> {
  const rows = await listEditionEntries(db, scope, person, window)
  return rows
    .filter(({ state }) => kind !== 'busy' || state !== 'cancelled')
    .map(({ uid, sequence, revisedAt, start, end, state, edition }) => ({
      uid,
      sequence,
      revisedAt,
      start,
      end,
      zone,
      off: state === 'cancelled',
      title: kind === 'busy' ? 'Busy' : therapistTitle('code', edition, [])
    }))
}

const places = {
  code: 'a therapist’s entry with a code',
  initials: 'a therapist’s entry with initials',
  names: 'a therapist’s entry with names'
} as const satisfies Record<FeedStyle, Place>

/** What each entry of a feed says: names are read only where its place tells them, and a client’s words are the client’s own. */
async function wordsFor(
  deps: Deps,
  scope: PracticeScope,
  feed: FoundFeed,
  rows: readonly Row[]
): Promise<(row: Row) => Pick<FeedEntry, 'title' | 'location'>> {
  if (feed.scope === 'busy') return () => ({ title: 'Busy' })
  if (feed.scope === 'therapist') {
    const sight = sightIn(places[feed.style])
    const names = shows(sight, 'names') ? await namesIn(deps, scope, feed, rows) : new Map<string, string[]>()
    return row => ({ title: therapistTitle(feed.style, row.booking, names.get(row.appointment) ?? []) })
  }
  const key = deps.secrets.openDataKey({ practice: scope.practice.id, person: feed.person }, feed.dataKey)
  const calendarTitle = unsealTitle(key, scope, feed.person, feed.calendarTitle)
  const { wording } = feed
  return row =>
    entryWords(
      'a calendar entry',
      { wording, calendarTitle },
      {
        type: () => row.typeName,
        place: () => ({ name: row.place, address: row.address }),
        link: () => (isOff(row) ? null : row.link)
      }
    )
}

/** By appointment, the names of the others who take part. */
async function namesIn(
  { db, secrets }: Deps,
  scope: PracticeScope,
  { person }: FoundFeed,
  rows: readonly Row[]
): Promise<Map<string, string[]>> {
  const company = await listCompany(
    db,
    scope,
    person,
    rows.map(({ appointment }) => appointment)
  )
  const practice = scope.practice.id
  const known = new Map<string, string>()
  for (const { person, name, dataKey } of company)
    if (name && dataKey && !known.has(person)) {
      const key = secrets.openDataKey({ practice, person }, dataKey)
      known.set(person, unseal(key, { practice, table: 'people', column: 'name', row: person }, name))
    }
  const byAppointment = Map.groupBy(company, ({ appointment }) => appointment)
  return new Map(
    [...byAppointment].map(([appointment, those]) => [appointment, those.map(({ person }) => known.get(person) ?? '')])
  )
}
