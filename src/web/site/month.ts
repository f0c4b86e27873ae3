import { DateTime } from 'luxon'

/** A day of the month's sheet. Without `free` it is not offered; undefined in a cell means another month's day. */
export interface Day {
  date: string
  day: number
  free: boolean
}

export interface Month {
  /** `2027-03` */
  name: string
  weeks: (Day | undefined)[][]
  /** The neighbouring months, where anything could still be booked in them. */
  previous: string | undefined
  next: string | undefined
}

/** The local days from the first to the last that can be booked at all: by the least notice and the horizon. */
export interface Reach {
  first: string
  last: string
}

/**
 * The first and last bookable local days of `zone`.
 * @param notice in minutes
 * @param horizon in days
 */
export function reachOf(now: DateTime, { notice, horizon }: { notice: number; horizon: number }, zone: string): Reach {
  const local = now.setZone(zone)
  return { first: dateOf(local.plus({ minutes: notice })), last: dateOf(local.plus({ days: horizon })) }
}

/** The month that was asked for, moved into the reach; without one the month of `fallback`. */
export function monthWithin(asked: string | undefined, fallback: string, { first, last }: Reach): string {
  const month = asked ?? fallback.slice(0, 7)
  if (month < first.slice(0, 7)) return first.slice(0, 7)
  if (month > last.slice(0, 7)) return last.slice(0, 7)
  return month
}

/** The part of a month that can be booked, as days to ask slots for; undefined where there is none. */
export function windowOf(month: string, { first, last }: Reach): { from: string; to: string } | undefined {
  const start = DateTime.fromISO(`${month}-01`, { zone: 'utc' })
  const [from, to] = [dateOf(start), dateOf(start.endOf('month'))]
  const [later, earlier] = [from > first ? from : first, to < last ? to : last]
  return later <= earlier ? { from: later, to: earlier } : undefined
}

/** A month as weeks from Monday to Sunday, with the days that have free times marked. */
export function monthOf(month: string, freeDates: ReadonlySet<string>, { first, last }: Reach): Month {
  const start = DateTime.fromISO(`${month}-01`, { zone: 'utc' })
  const days: (Day | undefined)[] = Array.from({ length: start.weekday - 1 }, () => undefined)
  for (let day = 1; day <= (start.daysInMonth ?? 0); day += 1) {
    const date = `${month}-${String(day).padStart(2, '0')}`
    days.push({ date, day, free: freeDates.has(date) })
  }
  while (days.length % 7) days.push(undefined)
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
  const [previous, next] = [-1, 1].map(months => dateOf(start.plus({ months })).slice(0, 7))
  return {
    name: month,
    weeks,
    previous: previous && previous >= first.slice(0, 7) ? previous : undefined,
    next: next && next <= last.slice(0, 7) ? next : undefined
  }
}

function dateOf(time: DateTime): string {
  return time.toFormat('yyyy-LL-dd')
}
