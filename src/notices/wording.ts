import type { DateTime } from 'luxon'
import { keepsNothing } from '../bookings/ahead.ts'
import type { CancellationPolicy } from '../catalog/rules.ts'
import { bandEnds } from '../payments/policy.ts'

/** `Tue 14 May`, by the wall clock of the time's own zone. */
export function dayText(time: DateTime): string {
  return time.toFormat('ccc d LLL', { locale: 'en-US' })
}

/** `10:00`. */
export function startText(start: DateTime): string {
  return start.toFormat('HH:mm')
}

/** `10:00–11:20`. */
export function timeText(start: DateTime, end: DateTime): string {
  return `${startText(start)}–${startText(end)}`
}

/** `Sun 12 May, 10:00`. */
export function momentText(time: DateTime): string {
  return `${dayText(time)}, ${startText(time)}`
}

/** A zone in words: `New York time`; `UTC` stays as it is. */
export function zoneText(zone: string): string {
  const [city = zone] = zone.split('/').slice(-1)
  return !zone.includes('/') || zone.startsWith('Etc/') ? city : `${city.replaceAll('_', ' ')} time`
}

/** Until when the practice keeps nothing for this start, or undefined where its policy has no such band. */
export function freeUntil(policy: CancellationPolicy, start: DateTime, practiceZone: string): DateTime | undefined {
  return bandEnds(policy, start, practiceZone).findLast(({ band }) => keepsNothing(band.keep))?.until
}

/** `Tue 16 Feb, 10:00–11:20` */
export function dayAndTime(start: DateTime, end: DateTime): string {
  return `${dayText(start)}, ${timeText(start, end)}`
}
