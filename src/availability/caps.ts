import { localDayOf } from '../kernel/wall-clock.ts'

/** Counts what is sold by local day and ISO week, and says whether more may be. Undefined where there is no cap. */
export function capCounter(zone: string, sold: readonly number[], perDay = Infinity, perWeek = Infinity) {
  if (perDay === Infinity && perWeek === Infinity) return undefined
  const days = new Map<number, number>()
  const weeks = new Map<number, number>()
  for (const start of sold) {
    const day = localDayOf(zone, start)
    days.set(day, (days.get(day) ?? 0) + 1)
    weeks.set(weekOf(day), (weeks.get(weekOf(day)) ?? 0) + 1)
  }
  const allowsOne = (day: number) => (days.get(day) ?? 0) < perDay && (weeks.get(weekOf(day)) ?? 0) < perWeek
  return {
    /** Whether one appointment more may lie on the local day. */
    allowsOne,
    /** Whether all these starts together may be sold besides. */
    allows(starts: readonly number[]): boolean {
      if (starts.length === 1) return allowsOne(localDayOf(zone, starts[0] ?? 0))
      const own = starts.map(start => localDayOf(zone, start))
      const count = (key: (day: number) => number, day: number) => own.filter(other => key(other) === key(day)).length
      return own.every(
        day =>
          (days.get(day) ?? 0) + count(one => one, day) <= perDay &&
          (weeks.get(weekOf(day)) ?? 0) + count(weekOf, day) <= perWeek
      )
    }
  }
}

/** A number for the ISO week (Monday to Sunday) of a local day. */
function weekOf(day: number): number {
  return Math.floor((day + 3) / 7)
}
