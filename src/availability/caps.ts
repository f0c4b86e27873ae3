import { localDayOf } from '../kernel/wall-clock.ts'
import type { Session } from './care.ts'

/** How many at most: sessions and minutes by local day and ISO week, and plans that begin by month. */
export interface Caps {
  perDay?: number | undefined
  perWeek?: number | undefined
  minutesPerDay?: number | undefined
  minutesPerWeek?: number | undefined
  perMonth?: number | undefined
}

/** A stretch of a plan that is asked for, in ms. */
interface Wanted {
  start: number
  end: number
}

type Weight = (session: Wanted & { begins: boolean }) => number
const one: Weight = () => 1
const minutes: Weight = ({ start, end }) => (end - start) / 60_000
const begun: Weight = ({ begins }) => (begins ? 1 : 0)

/** Counts what is sold once, and says whether more may be. Undefined where there is no cap. */
export function capCounter(
  zone: string,
  sold: readonly Session[],
  caps: Caps,
  counts: (session: Session) => boolean = () => true
) {
  const { perDay, perWeek, minutesPerDay, minutesPerWeek, perMonth } = caps
  const limits = [
    { most: perDay, keyOf: dayItself, weight: one },
    { most: perWeek, keyOf: weekOf, weight: one },
    { most: minutesPerDay, keyOf: dayItself, weight: minutes },
    { most: minutesPerWeek, keyOf: weekOf, weight: minutes },
    { most: perMonth, keyOf: monthOf, weight: begun }
  ].flatMap(({ most, ...limit }) => (most === undefined ? [] : [{ most, ...limit, counts: new Map<number, number>() }]))
  if (limits.length === 0) return undefined
  for (const session of sold) {
    if (!counts(session)) continue
    const day = localDayOf(zone, session.start)
    for (const limit of limits) add(limit.counts, limit.keyOf(day), limit.weight(session))
  }
  let last: { day: number; length: number; answer: boolean } | undefined
  return {
    /** Whether one appointment more may lie on the local day: a plan of one segment. Asked day by day. */
    allowsOne(day: number, start: number, end: number): boolean {
      if (last?.day === day && last.length === end - start) return last.answer
      const wanted = { start, end, begins: true }
      const answer = limits.every(
        ({ most, counts, keyOf, weight }) => (counts.get(keyOf(day)) ?? 0) + weight(wanted) <= most
      )
      last = { day, length: end - start, answer }
      return answer
    },
    /** Whether all these segments of one plan may be sold besides. */
    allows(intervals: readonly Wanted[]): boolean {
      const wanted = intervals.map(({ start, end }, index) => ({ start, end, begins: index === 0 }))
      return limits.every(({ most, counts, keyOf, weight }) => {
        const own = new Map<number, number>()
        for (const each of wanted) add(own, keyOf(localDayOf(zone, each.start)), weight(each))
        return [...own].every(([key, weight]) => weight === 0 || (counts.get(key) ?? 0) + weight <= most)
      })
    }
  }
}

function add(counts: Map<number, number>, key: number, weight: number): void {
  counts.set(key, (counts.get(key) ?? 0) + weight)
}

function dayItself(day: number): number {
  return day
}

/** A number for the ISO week (Monday to Sunday) of a local day. */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7)
}

function monthOf(day: number): number {
  const date = new Date(day * 86_400_000)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
