import { DateTime, IANAZone } from 'luxon'
import { z } from 'zod'
import { firstYear, lastYear } from './our-years.ts'

/** The only clock that rules, use cases and jobs know. main.ts makes it; tests own it. */
export type Clock = () => DateTime

/** An instant: an ISO 8601 string with offset on the wire (RFC 3339), a UTC DateTime inside. */
export const Instant = z.codec(
  z.iso.datetime({ offset: true, error: 'Give an instant with its offset, such as 2027-03-02T09:00:00-05:00' }),
  z
    .custom<DateTime>(value => DateTime.isDateTime(value) && value.isValid && isOfOurDays(value.year), {
      error: `Give an instant from the years ${firstYear} to ${lastYear}`
    })
    .meta({ type: 'string', format: 'date-time', pattern: undefined }),
  { decode: text => DateTime.fromISO(text, { zone: 'utc' }), encode: time => isoUtc(time) }
)

/** A calendar date, `YYYY-MM-DD`, in a zone that is named beside it. */
export const LocalDate = z.iso
  .date({ error: 'Give a day as YYYY-MM-DD' })
  .refine(day => isOfOurDays(Number(day.slice(0, 4))), {
    error: `Give a day from the years ${firstYear} to ${lastYear}`
  })
  .meta({ format: 'date', pattern: undefined })

/** A time of the local day, `HH:MM`; 24:00 ends a day. */
export const LocalTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'Give a time of day as HH:MM, from 00:00 to 24:00' })

const commonZones = new Set(Intl.supportedValuesOf('timeZone'))

/** An IANA time zone name that this machine's tz database knows. */
export const Zone = z
  .string()
  .max(64)
  .refine(name => name.includes('/') || name === 'UTC', { error: 'Name a zone such as America/New_York' })
  .refine(name => commonZones.has(name) || IANAZone.isValidZone(name), {
    error: 'Name a zone that exists, such as America/New_York'
  })

function isOfOurDays(year: number): boolean {
  return year >= firstYear && year <= lastYear
}

/** UTC with `Z` and whole seconds unless there are milliseconds: what every answer carries. */
export function isoUtc(time: DateTime): string {
  const text = time.toUTC().toISO({ suppressMilliseconds: true })
  if (text === null) throw new TypeError('An invalid time was to be written')
  return text
}

/** The instant `ms` milliseconds after 1970-01-01T00:00Z. */
export function instantOf(ms: number): DateTime<true> {
  return DateTime.fromMillis(ms, { zone: 'utc' }) as DateTime<true>
}

/** `HH:MM` to minutes of the local day, 24:00 being 1440. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** Minutes of the local day to `HH:MM`. */
export function timeOfDay(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
