import { DateTime } from 'luxon'
import type { BookingState } from '../../db/schema/bookings.ts'
import type { feedScopes, feedStyles } from '../../db/schema/calendars.ts'
import { referenceOf } from '../bookings/reference.ts'
import { discreetTitle } from '../identity/discretion.ts'
import { problem } from '../kernel/problem.ts'
import { instantOf } from '../kernel/time.ts'
import { dateOf, localDayOf } from '../kernel/wall-clock.ts'

export type FeedScope = (typeof feedScopes)[number]
export type FeedStyle = (typeof feedStyles)[number]

export const noSuchFeed = problem('no-such-feed', 404, 'There is no such calendar')
export const tooManyFeeds = problem('too-many-feeds', 409, 'There are enough calendar addresses')

/** Days without a fetch after which an address is dead. */
export const deadAfterDays = 90
/** As many addresses as one person may have at a time: one for each device, and some that were forgotten. */
export const mostFeeds = 10
/** Days that what is over, cancelled or taken away stays in a feed. */
const daysBack = 30
const monthsAhead = 18

/** What a feed holds on one day of the practice: appointments that touch [from, to), cancellations since `from`. */
export interface FeedWindow {
  /** The practice's day, `YYYY-MM-DD`. */
  day: string
  from: DateTime
  to: DateTime
}

/** The practice's day, `YYYY-MM-DD`, at an instant. Asked by every fetch, so without Luxon's conversions. */
export function dayAt(now: DateTime, practiceZone: string): string {
  return dateOf(localDayOf(practiceZone, now.toMillis()))
}

/** Cut at the practice's midnights, so that the bytes of a feed are the same all day long. */
export function windowOf(day: string, practiceZone: string): FeedWindow {
  const midnight = DateTime.fromISO(day, { zone: practiceZone })
  return {
    day,
    from: midnight.minus({ days: daysBack }).toUTC(),
    to: midnight.plus({ months: monthsAhead }).toUTC()
  }
}

/** The last moment of a fetch, or of making it, by which an address is dead now. Asked by every fetch, too. */
export function aliveSince(now: DateTime): DateTime {
  return instantOf(now.toMillis() - deadAfterDays * 86_400_000)
}

/** States of a booking that was confirmed once. Nothing else ever shows in a feed. */
export const shownStates: readonly BookingState[] = ['confirmed', 'completed', 'no_show', 'cancelled']

/** Does it take no time any more: the appointment was called off, or the person was taken out of it? */
export function isOff(row: { state: string; removedAt: DateTime | null }): boolean {
  return ['skipped', 'cancelled'].includes(row.state) || row.removedAt !== null
}

/**
 * What a therapist's entry says: the booking's code, or whom it is with where the therapist chose so. Who was erased has
 * no name left, and the code stands instead.
 */
export function therapistTitle(style: FeedStyle, bookingId: string, names: readonly string[]): string {
  const shown = names.map(style === 'initials' ? initialsOf : name => name.trim()).filter(name => name !== '')
  if (style === 'code' || shown.length === 0) return `${discreetTitle} ${referenceOf(bookingId)}`
  return `${discreetTitle} ${shown.join(' and ')}`
}

/** `J. D.`: the first character of each word, whatever its script; at most three. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][^\s]*/gu) ?? []
  const firsts = words.map(word => new Intl.Segmenter().segment(word)[Symbol.iterator]().next().value?.segment ?? '')
  return [...firsts.slice(0, 2), ...firsts.slice(2).slice(-1)].map(first => `${first.toUpperCase()}.`).join(' ')
}
