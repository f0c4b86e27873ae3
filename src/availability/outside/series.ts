import type { Event } from './event.ts'
import { dayMs, type Moment, momentOf } from './moment.ts'
import { type Lay, layOf, type Occurrence } from './occurrence.ts'
import { expand, mostOccurrences, type Recur } from './recurrence.ts'
import type { Zones } from './zone-clock.ts'

/** Half-open, in ms since 1970-01-01T00:00Z. */
export interface Window {
  from: number
  to: number
}

/** What one series or event takes, as flat stretches, and how much of it could not be read. */
export interface Taken {
  busy: number[]
  strange: number
}

/**
 * Everything of one UID: masters with their rules, and what stands in the place of single occurrences. An occurrence
 * that something stands for is gone, whether its master is there or not, and wherever the other lies.
 * @throws where one of them ends before it begins
 */
export function takenBy(events: readonly Event[], zones: Zones, window: Window): Taken {
  const taken: Taken = { busy: [], strange: 0 }
  const changes = events.filter(({ instead }) => instead)
  const named = changes.flatMap(({ instead }) => instead?.of ?? [])
  const turns = turnsOf(changes, zones)
  // Asked of every master of the same UID: a file may hold thousands of both.
  const replaced = { day: matcher(true, named, zones), time: matcher(false, named, zones) }
  for (const change of changes) if (change.busy) keep(taken, [layOf(change, zones)(change.start)], window)
  for (const master of events.filter(({ instead }) => !instead)) {
    const isReplaced = replaced[master.start.form === 'date' ? 'day' : 'time']
    const left = occurrences(master, zones, window, taken).filter(each => !isReplaced(each))
    keep(
      taken,
      left.flatMap(each => moved(each, master, turns, zones)),
      window
    )
  }
  return taken
}

/** Every occurrence of a master that may touch the window, without its exceptions. */
function occurrences(master: Event, zones: Zones, window: Window, taken: Taken): Occurrence[] {
  const { start, rules, notRules, added, removed } = master
  const lay = layOf(master, zones)
  const first = lay(start)
  const from = window.from - (first.end - first.start) - 2 * dayMs
  const readable = <T>(read: () => T[]): T[] => {
    try {
      return read()
    } catch {
      taken.strange += 1
      return []
    }
  }
  const expanded = (rule: Recur) =>
    readable(() =>
      expand(rule, start.wall, from, window.to + 2 * dayMs).filter(wall => isBefore(rule, { ...start, wall }, zones))
    )
  taken.strange += master.strange
  const excepted = new Set(notRules.flatMap(expanded))
  const walls = new Set([start.wall, ...rules.flatMap(expanded)].filter(wall => !excepted.has(wall)))
  const isRemoved = matcher(start.form === 'date', removed, zones)
  return [
    ...[...walls].map(wall => lay({ ...start, wall })),
    ...added.flatMap(own =>
      readable(() => [own.end || own.length ? layOf(own, zones)(own.start) : lay(meantBy(own.start, start))])
    )
  ].filter(each => !isRemoved(each))
}

/** A day alone, added to what has a time, is meant at that time. */
function meantBy(added: Moment, start: Moment): Moment {
  return added.form === 'date' && start.form !== 'date' ? { ...start, wall: added.wall + timeOfDay(start.wall) } : added
}

/** Whether a rule still holds: a day that UNTIL names is the last, whole (RFC 5545, 3.3.10). */
function isBefore({ until }: Recur, begin: Moment, zones: Zones): boolean {
  if (until === undefined) return true
  const last = momentOf(until)
  const isDay = last.form === 'date' || (begin.form === 'date' && timeOfDay(last.wall) === 0)
  if (isDay) return begin.wall < last.wall + dayMs
  return last.form === 'utc' ? zones.instant(begin) <= last.wall : begin.wall <= last.wall
}

/** Whether an occurrence is one of those that are named: by their instants, or by their day alone. */
function matcher(ofDays: boolean, named: readonly Moment[], zones: Zones): (occurrence: Occurrence) => boolean {
  const isDay = ({ form }: Moment) => ofDays || form === 'date'
  const days = new Set(named.filter(isDay).map(({ wall }) => Math.floor(wall / dayMs)))
  const instants = new Set(named.filter(each => !isDay(each)).map(zones.instant))
  return ({ wall, start }) => instants.has(start) || days.has(Math.floor(wall / dayMs))
}

/** A change of one occurrence and all that follow: from which instant on, and what they become. */
interface Turn {
  of: Moment
  from: number
  to: Omit<Event, 'instead'>
  lay: Lay
}

function turnsOf(changes: readonly Event[], zones: Zones): Turn[] {
  return changes
    .flatMap(({ instead, ...to }) =>
      instead?.onwards ? [{ to, of: instead.of, from: zones.instant(instead.of), lay: layOf(to, zones) }] : []
    )
    .sort((one, other) => one.from - other.from)
}

/** An occurrence where it is, or where it was moved together with an earlier one. */
function moved(each: Occurrence, master: Event, turns: readonly Turn[], zones: Zones): Occurrence[] {
  const turn = turns.findLast(({ from }) => from <= each.start)
  if (!turn) return master.busy ? [each] : []
  const { of, from, to, lay } = turn
  if (!to.busy) return []
  // By the clock on the wall where both are written by one, else by the time that passes between them.
  const isAlike = of.form === to.start.form && of.zone === to.start.zone && of.form === master.start.form
  if (isAlike) return [lay({ ...to.start, wall: each.wall + to.start.wall - of.wall })]
  return [lay({ wall: each.start + zones.instant(to.start) - from, form: 'utc', zone: undefined })]
}

function keep(taken: Taken, occurrences: readonly Occurrence[], { from, to }: Window): void {
  const within = occurrences.filter(({ start, end }) => start < to && end > from && start < end)
  if (within.length > mostOccurrences) taken.strange += 1
  for (const { start, end } of within.slice(0, mostOccurrences)) taken.busy.push(start, end)
}

const timeOfDay = (wall: number) => ((wall % dayMs) + dayMs) % dayMs
