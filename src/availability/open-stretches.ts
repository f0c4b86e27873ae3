import { dayNumber, piecesOf, weekdayOf } from '../kernel/wall-clock.ts'
import { common, merged } from './stretches.ts'

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
  /** Days that are laid by the clock of another zone, or closed: none of a therapist who stays at home. */
  travels?: readonly Travel[] | undefined
}

/** Local days of a travel, both included, as days since 1970-01-01. Without a zone they are home's. */
export interface Travel {
  first: number
  last: number
  zone?: string
  closed: boolean
}

/** No zone's day begins more than this many days of another zone's from it. */
const farthest = 2

/**
 * When a therapist is open on some local days: flat instants [start, end, start, end …] in ms, sorted, touching ones
 * merged (also over midnight). A gap of the clock closes nothing, a repeated hour is open twice. On a travel a day's hours
 * are at those hours of the other zone; where its last day and home's next overlap, they are open once.
 */
export function openStretches(open: Hours, firstDay: number, lastDay: number): number[] {
  const { zone, travels = [] } = open
  if (travels.length === 0) return layDays(open, firstDay, lastDay)
  const days = Array.from({ length: lastDay - firstDay + 1 + 2 * farthest }, (_, index) => firstDay - farthest + index)
  const laid = days.flatMap(day => {
    const travel = travels.find(({ first, last }) => first <= day && day <= last)
    if (travel?.closed) return []
    return layDays(travel?.zone ? { ...open, zone: travel.zone } : open, day, day)
  })
  const asked = layDays({ zone, hours: wholeDay, exceptions: new Map() }, firstDay, lastDay)
  return common(merged(laid), asked)
}

const wholeDay: readonly OpeningRule[] = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440 }]

function layDays({ zone, hours, exceptions }: Hours, firstDay: number, lastDay: number): number[] {
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
