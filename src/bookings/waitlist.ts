import { DateTime } from 'luxon'
import type { EntryState } from '../../db/schema/waitlist.ts'
import { problem } from '../kernel/problem.ts'
import { lineAsItIs } from './as-it-is.ts'

export const noSuchEntry = problem('no-such-waitlist-entry', 404, 'There is no such page')
export const offerOver = problem('offer-over', 409, 'That place is not kept for you any more')
export const notInLine = problem('not-in-line', 409, 'That cannot be done with this place in line any more')

/** The whole life of a place in line. A state with nothing after it is final. */
const next: Record<EntryState, readonly EntryState[]> = {
  waiting: ['offered', 'left', 'lapsed'],
  offered: ['accepted', 'lapsed', 'left'],
  accepted: [],
  lapsed: [],
  left: []
}

/** @throws not-in-line where the table does not allow it */
export function moveEntry<E extends { state: EntryState }>(entry: E, to: EntryState): E {
  if (!next[entry.state].includes(to)) throw notInLine(lineAsItIs(entry.state))
  return { ...entry, state: to }
}

/** For so many hours a seat is kept for whom it is offered to … */
const offerHours = 48
/** … and for so many where the first block is no more than so many days away. */
const [lateHours, lateDays] = [24, 14]

/** Until when a seat is kept that is offered now: never beyond the first block. */
export function offerUntil(now: DateTime, start: DateTime): DateTime {
  const hours = start <= now.plus({ days: lateDays }) ? lateHours : offerHours
  return DateTime.min(now.plus({ hours }), start).toUTC()
}
