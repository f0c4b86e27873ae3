import { noSuchPublicType, type SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { calendarOf, offerOf } from './calendar.ts'
import { type Calendar, checkStart } from './engine.ts'
import { type OpenSlot, openSlots } from './open-slots.ts'
import { type Override, relaxed } from './override.ts'
import { type Loaded, loadWindow } from './store.ts'

/** What a client chose: a public session type, a start (ms), and perhaps with whom and where. */
export interface Choice {
  slug: string
  start: number
  therapist?: string | undefined
  place?: string | undefined
  /** What staff ask for: also a type that is not public, and with some of its rules set aside. */
  forStaff?: { override: readonly Override[] } | undefined
}

type Verdict = ReturnType<typeof checkStart>
/** Whether a start can be had, and with whom and where; or the most telling reason why not. */
export type Chosen =
  | { verdict: 'free'; offering: Loaded['offerings'][number]; calendar: Calendar }
  | { verdict: Exclude<Verdict, 'free'>; offering: undefined }

const telling: readonly Exclude<Verdict, 'free'>[] = ['taken', 'too-soon', 'too-far', 'not-offered']

/**
 * Asks of every therapist and place that were left open; the first that is free is chosen. For a sale: under their locks.
 * @throws no-such-session-type also for one that is not public: nothing tells that it exists
 */
export async function choose(
  db: Executor,
  scope: PracticeScope,
  choice: Choice,
  now: number
): Promise<Chosen & { type: SessionType }> {
  const { slug, start, therapist, place, forStaff } = choice
  const asked = { slug, from: start, to: start + 1, therapist, place, hidden: forStaff !== undefined }
  const loaded = await loadWindow(db, scope, asked)
  const { type } = loaded
  if (!type) throw noSuchPublicType(slug)
  const reasons = new Set<Verdict>()
  for (const offering of loaded.offerings) {
    const { offer, calendar } = relaxed(offerOf(type), calendarOf(loaded, type, offering), forStaff?.override)
    const verdict = checkStart(offer, calendar, start, now)
    if (verdict === 'free') return { verdict, type, offering, calendar }
    reasons.add(verdict)
  }
  return { verdict: telling.find(reason => reasons.has(reason)) ?? 'not-offered', type, offering: undefined }
}

/** The open starts nearest to one that is gone, at most `most`, soonest first: first of the same week, then of three. */
export async function nearest(
  db: Executor,
  scope: PracticeScope,
  { slug, start, therapist, place, forStaff }: Choice,
  now: number,
  most = 5
): Promise<OpenSlot[]> {
  for (const days of [7, 21]) {
    const reach = days * 86_400_000
    const asked = {
      slug,
      from: Math.max(start - reach, now),
      to: start + reach,
      therapist,
      place,
      hidden: forStaff !== undefined
    }
    const slots = openSlots(await loadWindow(db, scope, asked), asked, now)
    if (slots.length >= most || days === 21)
      return slots
        .sort((one, other) => Math.abs(one.start - start) - Math.abs(other.start - start))
        .slice(0, most)
        .sort((one, other) => one.start - other.start)
  }
  return []
}
