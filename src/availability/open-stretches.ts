import { dayNumber, piecesOf, weekdayOf } from '../kernel/wall-clock.ts'

/** A weekly rule: ISO weekdays (Monday is 1), minutes of the local day, dates inclusive. */
export interface OpeningRule {
  days: readonly number[]
  from: number
  to: number
  validFrom?: string | undefined
  validTo?: string | undefined
}

export interface Hours {
  zone: string
  hours: readonly OpeningRule[]
  /** Hours that replace the weekly rules on a date; an empty list closes it. */
  exceptions: ReadonlyMap<string, readonly { from: number; to: number }[]>
}

/**
 * When a therapist is open on some local days: flat instants [start, end, start, end …] in ms, sorted, touching ones
 * merged (also over midnight). A gap of the clock closes nothing, a repeated hour is open twice.
 */
export function openStretches({ zone, hours, exceptions }: Hours, firstDay: number, lastDay: number): number[] {
  const rules = hours.map(({ days, from, to, validFrom, validTo }) => ({
    on: [1, 2, 3, 4, 5, 6, 7].map(day => days.includes(day)),
    from,
    to,
    first: validFrom === undefined ? -Infinity : dayNumber(validFrom),
    last: validTo === undefined ? Infinity : dayNumber(validTo)
  }))
  const replaced = new Map([...exceptions].map(([date, stretches]) => [dayNumber(date), stretches]))
  const open: number[] = []
  for (let day = firstDay; day <= lastDay; day++) {
    const weekday = weekdayOf(day) - 1
    const own = replaced.get(day) ?? rules.filter(({ on, first, last }) => on[weekday] && first <= day && day <= last)
    if (own.length === 0) continue
    const sorted = own.length === 1 ? own : [...own].sort((one, other) => one.from - other.from)
    for (const piece of piecesOf(zone, day)) {
      const zero = day * 86_400_000 - piece.offset
      for (const { from, to } of sorted)
        append(open, Math.max(piece.start, zero + from * 60_000), Math.min(piece.end, zero + to * 60_000))
    }
  }
  return open
}

function append(stretches: number[], start: number, end: number): void {
  if (start >= end) return
  const last = stretches.length - 1
  const lastEnd = stretches[last]
  if (lastEnd !== undefined && start <= lastEnd) stretches[last] = Math.max(lastEnd, end)
  else stretches.push(start, end)
}
