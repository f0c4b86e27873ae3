import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { unseal } from '../kernel/secrets.ts'
import { discreetTitle } from './entry.ts'
import { type FeedWindow, isOff, therapistTitle } from './feed.ts'
import { type FoundFeed, listCompany, listFeedEntries } from './store.ts'
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
  const names =
    feed.scope === 'therapist' && feed.style !== 'code' ? await namesIn(deps, scope, feed, shown) : new Map()
  return {
    entries: shown.map(row => ({
      uid: row.uid,
      sequence: row.sequence,
      revisedAt: row.revisedAt,
      start: row.start,
      end: row.end,
      zone: feed.zone,
      off: isOff(row),
      ...(feed.scope !== 'busy' && { createdAt: row.createdAt }),
      ...wordsOf(feed, row, names.get(row.appointment) ?? [])
    })),
    bookings: [...new Set(shown.map(({ booking }) => booking))]
  }
}

function wordsOf(feed: FoundFeed, row: Row, names: readonly string[]): Pick<FeedEntry, 'title' | 'location'> {
  if (feed.scope === 'busy') return { title: 'Busy' }
  if (feed.scope === 'therapist') return { title: therapistTitle(feed.style, row.booking, names) }
  if (feed.wording === 'discreet') return { title: discreetTitle }
  return { title: row.typeName, location: row.address ?? row.place }
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
