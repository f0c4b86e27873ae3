import type { DateTime } from 'luxon'
import type { CancellationPolicy } from '../catalog/rules.ts'
import { bandEnds } from '../payments/policy.ts'
import type { TemplateName } from './templates.ts'
import { freeUntil } from './wording.ts'

/** A reminder that is still to come: so many real hours before the start, whatever the clocks do in between. */
export interface Reminder {
  hours: number
  dueAt: DateTime
}

/** The reminders of a start whose moment is still ahead. Who books late does not get those that are over. */
export function remindersAhead(hours: readonly number[], startsAt: DateTime, now: DateTime): Reminder[] {
  return hours.map(hours => ({ hours, dueAt: startsAt.minus({ hours }) })).filter(({ dueAt }) => dueAt > now)
}

/** Is none of the later reminders due as well? After a standstill only the newest is sent. */
export function isNewestDue(own: number, hours: readonly number[], startsAt: DateTime, now: DateTime): boolean {
  return !hours.some(later => later < own && startsAt.minus({ hours: later }) <= now)
}

/** One for each person, reminder and revision: a move makes the appointment's reminders anew. */
export function reminderCause(hours: number, appointment: string, person: string, sequence: number): string {
  return `reminder:${hours}:${appointment}:${person}:${sequence}`
}

/** The hours before the start of which a reminder's cause speaks. */
export function hoursOf(cause: string): number {
  return Number(cause.split(':')[1])
}

/** What decides how a reminder reads. */
export interface Reminding {
  policy: CancellationPolicy
  startsAt: DateTime
  /** The start to which the notice of a change counts: an earlier one for a while after a move. */
  countedFrom: DateTime
  now: DateTime
  practiceZone: string
  /** The recipient's. */
  zone: string
}

/**
 * The words of a reminder that leaves now, and until when what they say holds. On the last day the recipient's own
 * calendar says whether that is today or tomorrow; before it, what counts is what is still free or still the same.
 */
export function wordsNow(reminding: Reminding): { words: TemplateName; until: DateTime | undefined } {
  const { policy, startsAt, countedFrom, now, practiceZone } = reminding
  const free = freeUntil(policy, countedFrom, practiceZone)
  const lastDay = lastDayWords(reminding)
  if (lastDay) return { words: lastDay, until: free && free < startsAt ? free : undefined }
  if (free && free > now) return { words: 'reminder-free', until: free }
  const same = bandEnds(policy, countedFrom, practiceZone).find(({ until }) => until > now)?.until
  if (same && same < countedFrom) return { words: 'reminder-terms', until: same }
  return { words: 'reminder', until: undefined }
}

/** The words of a reminder for somebody who pays nothing: the day, and no terms. */
export function plainReminder(startsAt: DateTime, now: DateTime, zone: string): TemplateName {
  return lastDayWords({ startsAt, now, zone }) ?? 'reminder'
}

function lastDayWords({
  startsAt,
  now,
  zone
}: Pick<Reminding, 'startsAt' | 'now' | 'zone'>): 'reminder-today' | 'reminder-tomorrow' | undefined {
  if (startsAt > now.plus({ hours: 24 })) return undefined
  const [day, today] = [startsAt.setZone(zone).startOf('day'), now.setZone(zone).startOf('day')]
  const days = Math.round(day.diff(today, 'days').days)
  if (days === 0) return 'reminder-today'
  return days === 1 ? 'reminder-tomorrow' : undefined
}
