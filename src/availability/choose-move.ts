import type { Plan } from '../catalog/plan.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { spanOf } from '../catalog/span.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { calendarOf, offerOf } from './calendar.ts'
import type { Place } from './check-each.ts'
import { checkStart, type Verdict } from './engine.ts'
import { type OpenSlot, openSlots } from './open-slots.ts'
import { howMany } from './pair.ts'
import { fitsBetween } from './step-windows.ts'
import { type Loaded, loadWindow } from './window-store.ts'

/** Appointments that are to be laid anew: with the same therapists, at the same place, by the version they were booked with. */
export interface Moving {
  /** Their ids: they do not stand in their own way. */
  appointments: readonly string[]
  type: Pick<SessionType, 'slug' | 'plan' | 'rules'>
  therapist: string
  /** Of two who sit together the other one. */
  second?: string | undefined
  place: string
  /** Steps beside what is moved, which follow it where they must: they do not stand in its way either. */
  beside?: readonly string[] | undefined
  /** Of a step: the plan that it belongs to, its number there, and the steps that stay where they are. */
  between?:
    | {
        plan: Plan
        ordinal: number
        laid: readonly Pick<Place, 'ordinal' | 'start' | 'end'>[]
        /** The days (ms) of one that nothing else bounds. */
        days?: { from: number; to: number } | undefined
      }
    | undefined
}

/** Whether a booking can begin at another start (ms). For a move: under its resources' locks. */
export async function checkMove(
  db: Executor,
  scope: PracticeScope,
  moving: Moving,
  start: number,
  now: number
): Promise<{ verdict: Verdict; offering: Loaded['offerings'][number] | undefined }> {
  const loaded = await loadFor(db, scope, moving, start, start + 1)
  const { type, offerings } = loaded
  const [offering] = offerings
  if (!type || !offering || offerings.length < howMany(type)) return { verdict: 'not-offered', offering: undefined }
  if (!mayStand(moving, start, offering.zone)) return { verdict: 'not-offered', offering: undefined }
  // Whoever is in the way says why: all of them must be free.
  const verdicts = offerings.map(each => checkStart(offerOf(type), calendarOf(loaded, type, each), start, now))
  return { verdict: verdicts.find(verdict => verdict !== 'free') ?? 'free', offering }
}

/** The starts to which a booking can be moved in [from, to), soonest first. */
export async function openMoves(
  db: Executor,
  scope: PracticeScope,
  moving: Moving,
  { from, to }: { from: number; to: number },
  now: number
): Promise<OpenSlot[]> {
  const asked = { slug: moving.type.slug, from, to }
  const slots = openSlots(await loadFor(db, scope, moving, from, to), asked, now)
  return slots.filter(({ start, offering }) => mayStand(moving, start, offering.zone))
}

/** Whether a step keeps its order and its gaps there. */
function mayStand({ between, type }: Moving, start: number, zone: string): boolean {
  const minutes = type.plan.segments[0]?.minutes ?? 0
  const { from, to } = between?.days ?? { from: -Infinity, to: Infinity }
  if (start < from || start >= to) return false
  return (
    !between ||
    fitsBetween(between.plan, zone, between.laid, { ordinal: between.ordinal, start, end: start + minutes * 60_000 })
  )
}

/** The starts within a week that are nearest to one to which a booking cannot be moved, at most five, soonest first. */
export async function nearestMoves(
  db: Executor,
  scope: PracticeScope,
  moving: Moving,
  start: number,
  now: number
): Promise<OpenSlot[]> {
  const week = 7 * 86_400_000
  const slots = await openMoves(db, scope, moving, { from: Math.max(now, start - week), to: start + week }, now)
  return slots
    .sort((one, other) => Math.abs(one.start - start) - Math.abs(other.start - start))
    .slice(0, 5)
    .sort((one, other) => one.start - other.start)
}

/** What is known of the calendar for a move. */
export async function loadFor(
  db: Executor,
  scope: PracticeScope,
  moving: Moving,
  from: number,
  to: number
): Promise<Loaded> {
  const { appointments, beside = [], type, therapist, second, place } = moving
  const loaded = await loadWindow(db, scope, {
    slug: type.slug,
    from,
    // The version that was booked may reach further than the newest.
    to: to + spanOf(type.plan) * 86_400_000,
    therapist,
    second,
    place,
    moving: [...appointments, ...beside]
  })
  const { plan, rules } = type
  return { ...loaded, type: loaded.type && { ...loaded.type, plan, rules } }
}
