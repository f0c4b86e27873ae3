import { type Interval, lay, occupied } from '../catalog/lay.ts'
import { fixedSegments, type Plan, wallMinutes } from '../catalog/plan.ts'
import { localDayOf, piecesOf } from '../kernel/wall-clock.ts'
import { bothAllow, careOf, type OwnCare, type Session, type TypeCare } from './care.ts'
import { isOnGrid } from './grid.ts'
import { type Hours, openStretches } from './open-stretches.ts'
import { common, cursor, merged } from './stretches.ts'

/** What is asked for: the plan and the rules of its session type. Buffers, grid and notice in minutes, horizon in local days. */
export interface Offer extends TypeCare {
  plan: Plan
  before: number
  after: number
  /** Starts lie on the wall clock where the minutes of the local day divide by it. Not asked of plans anchored to a day. */
  grid: number
  notice: number
  horizon: number
}

/** One therapist at one place. All instants are integer milliseconds since 1970-01-01T00:00Z. */
export interface Calendar extends Hours {
  /** Flat [start, end, start, end …], in any order, overlapping or not: occupancy with its buffers, time off, imported. */
  busy: readonly number[]
  /** What the therapist has sold already, and what they ask for themselves: for the rules of care. */
  sold: readonly Session[]
  care?: OwnCare | undefined
  /** Where two sit together, the other one's, kept in the same zone: both are open, both free, neither asked too much. */
  second?: Calendar | undefined
}

/** Starts in [from, to), asked at `now`. */
export interface Window {
  from: number
  to: number
  now: number
}

/** A start at which the whole plan fits. */
export interface Slot {
  start: number
  end: number
  segments: readonly Interval[]
}

export type Verdict = 'free' | 'too-soon' | 'too-far' | 'not-offered' | 'taken'

/**
 * Every start in the window at which the whole plan fits: each segment in opening hours, each with its buffers clear of
 * busy times, the first start neither too soon nor beyond the horizon, every rule of care kept. One sweep over sorted stretches.
 */
export function findSlots(offer: Offer, calendar: Calendar, { from, to, now }: Window): Slot[] {
  const check = checker(offer, calendar, Math.max(from, now), to)
  const earliest = Math.max(from, now + offer.notice * 60_000)
  const lastDay = Math.min(localDayOf(calendar.zone, to - 1), localDayOf(calendar.zone, now) + offer.horizon)
  const slots: Slot[] = []
  for (let day = localDayOf(calendar.zone, Math.max(earliest, from)); day <= lastDay; day++)
    eachStart(offer, calendar.zone, day, earliest, to, check, slots)
  return slots
}

/** Whether one start can be had, by the same rules, or why not. */
export function checkStart(offer: Offer, calendar: Calendar, start: number, now: number): Verdict {
  if (start < now + offer.notice * 60_000) return 'too-soon'
  const day = localDayOf(calendar.zone, start)
  if (day > localDayOf(calendar.zone, now) + offer.horizon) return 'too-far'
  if (!isOnGrid(offer, calendar.zone, day, start)) return 'not-offered'
  const { fitsHours, isFree, keepsCare } = checker(offer, calendar, start, start + 1)
  const intervals = lay(offer.plan, start, calendar.zone)
  if (!intervals || !fitsHours(intervals)) return 'not-offered'
  if (!isFree(intervals)) return 'taken'
  return keepsCare(intervals) ? 'free' : 'not-offered'
}

type Checker = ReturnType<typeof checker>

/** What of a therapist's calendar an offer asks, between two instants and as far as its plan reaches. */
export function checker(offer: Offer, calendar: Calendar, from: number, to: number) {
  const { plan, before, after } = offer
  const { zone } = calendar
  const segments = fixedSegments(plan)
  const span = segments.reduce((most, { day, minutes }) => Math.max(most, day + Math.ceil(minutes / 1440)), 0)
  const opened = (own: Calendar) => openStretches(own, localDayOf(zone, from) - 1, localDayOf(zone, to - 1) + span + 1)
  const { second } = calendar
  const open = cursor(second ? common(opened(calendar), opened(second)) : opened(calendar))
  const busy = cursor(merged(second ? [...calendar.busy, ...second.busy] : calendar.busy))
  const own = careOf(offer, zone, calendar.sold, calendar.care)
  const care = second ? bothAllow(own, careOf(offer, zone, second.sold, second.care)) : own
  const padding = { before, after }
  return {
    open,
    busy,
    care,
    fitsHours: (intervals: readonly Interval[]) => intervals.every(({ start, end }) => open.covers(start, end)),
    isFree: (intervals: readonly Interval[]) =>
      occupied(plan, intervals, padding, zone).every(({ start, end }) => busy.collision(start, end) === undefined),
    keepsCare: (intervals: readonly Pick<Interval, 'start' | 'end'>[]) => care?.allows(intervals) ?? true
  }
}

/** Walks a day's possible starts. What is open and free is asked by cursors that only move forward. */
function eachStart(
  offer: Offer,
  zone: string,
  day: number,
  from: number,
  to: number,
  check: Checker,
  slots: Slot[]
): void {
  const { plan, before, after, grid } = offer
  const [first, ...rest] = fixedSegments(plan)
  if (!first || plan.anchor === 'edition') return
  const simple = rest.length === 0 && !plan.dayExclusive
  const length = first.minutes * 60_000
  const step = plan.anchor === 'day' ? 86_400_000 : grid * 60_000
  const offsetInDay = plan.anchor === 'day' ? wallMinutes(first.at ?? '00:00') * 60_000 : 0
  for (const piece of piecesOf(zone, day)) {
    const zero = day * 86_400_000 - piece.offset + offsetInDay
    const end = Math.min(piece.end, to)
    let start = zero + Math.ceil((Math.max(piece.start, from) - zero) / step) * step
    while (start < end) {
      const opened = check.open.covering(start, start + length)
      if (opened !== true) {
        if (opened === undefined) return
        start = zero + Math.ceil((Math.max(opened, start + step) - zero) / step) * step
        continue
      }
      if (simple) {
        const until = check.busy.collision(start - before * 60_000, start + length + after * 60_000)
        if (until !== undefined) {
          start = zero + Math.ceil((Math.max(until + before * 60_000, start + step) - zero) / step) * step
          continue
        }
        if (check.care === undefined || check.care.allowsOne(day, start, start + length))
          slots.push({ start, end: start + length, segments: [{ start, end: start + length, who: first.who }] })
      } else {
        const intervals = lay(plan, start, zone)
        if (intervals && check.fitsHours(intervals) && check.isFree(intervals) && check.keepsCare(intervals))
          slots.push({ start, end: intervals.at(-1)?.end ?? start, segments: intervals })
      }
      start += step
    }
  }
}
