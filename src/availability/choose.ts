import { lay } from '../catalog/plan.ts'
import { noSuchPublicType, type SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { calendarOf, offerOf } from './calendar.ts'
import { type Calendar, checkStart } from './engine.ts'
import { type OpenSlot, openSlots } from './open-slots.ts'
import { type Free, firstPair, howMany, type Offered } from './pair.ts'
import { loadWindow } from './store.ts'

/** What a client chose: a public session type, a start (ms), and perhaps with whom and where. */
export interface Choice {
  slug: string
  start: number
  therapist?: string | undefined
  place?: string | undefined
}

type Verdict = ReturnType<typeof checkStart>
/** Whether a start can be had, and with whom and where; or the most telling reason why not. */
export type Chosen =
  | { verdict: 'free'; offering: Offered; calendar: Calendar }
  | { verdict: Exclude<Verdict, 'free'>; offering: undefined }

const telling: readonly Exclude<Verdict, 'free'>[] = ['taken', 'too-soon', 'too-far', 'not-offered']

/**
 * Asks of every therapist and place that were left open; the first that is free is chosen, or the first two who are free
 * together. For a sale: under their locks.
 * @throws no-such-session-type also for one that is not public: nothing tells that it exists
 */
export async function choose(
  db: Executor,
  scope: PracticeScope,
  choice: Choice,
  now: number
): Promise<Chosen & { type: SessionType }> {
  const { slug, start, therapist, place } = choice
  const loaded = await loadWindow(db, scope, { slug, from: start, to: start + 1, therapist, place })
  const { type } = loaded
  if (!type) throw noSuchPublicType(slug)
  const reasons = new Set<Verdict>()
  const free: (Free & { calendar: Calendar })[] = []
  for (const offering of loaded.offerings) {
    const calendar = calendarOf(loaded, type, offering)
    const verdict = checkStart(offerOf(type), calendar, start, now)
    if (verdict !== 'free') reasons.add(verdict)
    else free.push({ offering, calendar, segments: lay(type.plan, start, calendar.zone) ?? [] })
    if (verdict === 'free' && howMany(loaded) === 1) break
  }
  const offering = howMany(loaded) === 1 ? free[0]?.offering : firstPair(free, therapist)
  const calendar = free.find(one => one.offering.therapist === offering?.therapist)?.calendar
  if (offering && calendar) return { verdict: 'free', type, offering, calendar }
  return { verdict: telling.find(reason => reasons.has(reason)) ?? 'not-offered', type, offering: undefined }
}

/** The open starts nearest to one that is gone, at most `most`, soonest first: first of the same week, then of three. */
export async function nearest(
  db: Executor,
  scope: PracticeScope,
  { slug, start, therapist, place }: Choice,
  now: number,
  most = 5
): Promise<OpenSlot[]> {
  for (const days of [7, 21]) {
    const reach = days * 86_400_000
    const asked = { slug, from: Math.max(start - reach, now), to: start + reach, therapist, place }
    const slots = openSlots(await loadWindow(db, scope, asked), asked, now)
    if (slots.length >= most || days === 21)
      return slots
        .sort((one, other) => Math.abs(one.start - start) - Math.abs(other.start - start))
        .slice(0, most)
        .sort((one, other) => one.start - other.start)
  }
  return []
}
