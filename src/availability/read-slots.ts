import { DateTime } from 'luxon'
import { mustOffer, roundOf } from '../catalog/run.ts'
import { noSuchPublicType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { invalid } from '../kernel/problem.ts'
import { type OpenSlot, openSlots } from './open-slots.ts'
import type { SlotsQuery, SlotsView } from './schema.ts'
import { type Asked, loadWindow, readRevision } from './window-store.ts'

/** The longest window that is answered, in days of the asked zone, both ends included. */
export const longestWindow = 92

/** A window's answer: the wire's shape, and the same as JSON in UTF-8, which is not made anew for each reader. */
export interface SlotsAnswer {
  view: SlotsView
  bytes: Buffer
  /** Whether it was there already: then it cost next to nothing. */
  remembered: boolean
}

interface Remembered extends SlotsAnswer {
  revision: string
  minute: number
}

/** What was answered, by database, the newest last: 500 windows at most. It holds while nothing changed that it was made of. */
const remembered = new WeakMap<Deps['db'], Map<string, Remembered>>()

/**
 * The starts that can be booked, from the first to the last day in `zone`, both included.
 * @throws no-such-session-type; invalid-input where the days are the wrong way round or more than 92, or where it is not
 * offered so often
 */
export async function readSlots(
  { db, now }: Deps,
  scope: PracticeScope,
  slug: string,
  query: SlotsQuery
): Promise<SlotsAnswer> {
  const { from, to, zone, therapist, place, occurrences, every } = query
  // Starts lie on whole minutes, so the answer changes with the minute at most: rounded up, notice stays exact.
  const minute = Math.ceil(now().toMillis() / 60_000)
  const key = [scope.practice.id, slug, from, to, zone, therapist, place, occurrences, every].join(' ')
  const known = remembered.get(db)?.get(key)
  // Asked only where an equal answer would do; else the window says itself which state it was read in.
  if (known?.minute === minute && known.revision === (await readRevision(db, scope))) return known
  const asked: Asked = { slug, ...windowOf(from, to, zone), therapist, place }
  const loaded = await loadWindow(db, scope, asked)
  if (!loaded.type) throw noSuchPublicType(slug)
  const type = occurrences === 1 ? roundOf(loaded.type) : mustOffer(loaded.type, { times: occurrences, every })
  const view = { zone, slots: openSlots({ ...loaded, type }, asked, minute * 60_000).map(viewSlot) }
  const bytes = Buffer.from(JSON.stringify(view))
  remember(db, key, { revision: loaded.revision, minute, view, bytes, remembered: true })
  return { view, bytes, remembered: false }
}

/** A slot as every answer shows it: times in UTC, therapist and place by slug. */
export function viewSlot({ start, end, segments, offering }: OpenSlot): SlotsView['slots'][number] {
  return {
    start: text(start),
    end: text(end),
    therapist: offering.therapistSlug,
    ...(offering.second && { with: offering.second.therapistSlug }),
    place: offering.placeSlug,
    appointments: segments.map(segment => ({ start: text(segment.start), end: text(segment.end), who: segment.who }))
  }
}

function windowOf(from: string, to: string, zone: string): { from: number; to: number } {
  const first = DateTime.fromISO(from, { zone })
  const last = DateTime.fromISO(to, { zone })
  const days = last.diff(first, 'days').days + 1
  if (days < 1) throw invalid([{ pointer: '/to', detail: 'The last day must not be before the first' }])
  if (days > longestWindow + 0.1)
    throw invalid([{ pointer: '/to', detail: `Ask for at most ${longestWindow} days at a time` }])
  return { from: first.startOf('day').toMillis(), to: last.plus({ days: 1 }).startOf('day').toMillis() }
}

function remember(db: Deps['db'], key: string, entry: Remembered): void {
  const windows = remembered.get(db) ?? new Map<string, Remembered>()
  remembered.set(db, windows)
  windows.delete(key)
  windows.set(key, entry)
  const [oldest] = windows.keys()
  if (windows.size > 500 && oldest !== undefined) windows.delete(oldest)
}

/** Slots lie on whole minutes, so the milliseconds that Date writes are always `.000`. */
function text(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
