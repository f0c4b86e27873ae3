import ICAL from 'ical.js'

/** One event or zone as ical.js parses it (jCal, RFC 7265). */
export type Properties = readonly [
  name: string,
  parameters: Record<string, string>,
  type: string,
  ...values: unknown[]
][]
export type Component = readonly [name: string, properties: Properties, parts: readonly Component[]]

/** A date or time as it is written: what the clock shows, as if in UTC (ms), and in which zone that clock is. */
export interface Moment {
  wall: number
  form: 'date' | 'utc' | 'local'
  zone: string | undefined
}

/** How long something lasts: whole days by the calendar, and ms by the clock (RFC 5545, 3.3.6). */
export interface Length {
  days: number
  ms: number
}

export const dayMs = 86_400_000

/** @throws where it is not RFC 5545 */
export function parse(text: string): Component {
  return ICAL.parse(text) as unknown as Component
}

/** The first property of this name. */
export function find(properties: Properties, name: string): Properties[number] | undefined {
  return properties.find(([own]) => own === name)
}

/** The text of the first property of this name, in capitals. */
export function wordOf(properties: Properties, name: string): string {
  return String(find(properties, name)?.[3] ?? '').toUpperCase()
}

/** Every value of a property that holds dates or times. @throws where one is none */
export function momentsOf([, { tzid }, , ...values]: Properties[number]): Moment[] {
  return values.map(value => momentOf(String(value), tzid))
}

/** `2027-03-22T14:00:00Z`, and a date with or without what ical.js makes of one whose VALUE is missing. */
export function momentOf(text: string, zone?: string): Moment {
  const [, date, time, utc] = /^(\d{4}-\d\d-\d\d)(?:T(?:::|(\d\d:\d\d:(?:\d\d)?)(Z)?))?$/.exec(text) ?? []
  const [hours = 0, minutes = 0, seconds = 0] = time?.split(':').map(Number) ?? []
  const midnight = Date.parse(`${date}T00:00:00Z`)
  if (date === undefined || Number.isNaN(midnight) || hours > 24 || minutes > 59 || seconds > 60)
    throw new RangeError('Not a date or time')
  const wall = midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000
  if (time === undefined) return { wall, form: 'date', zone: undefined }
  return utc ? { wall, form: 'utc', zone: undefined } : { wall, form: 'local', zone }
}

/** `P1DT2H30M`. @throws where it is none, or negative */
export function lengthOf(text: string): Length {
  const [all, weeks, days, hours, minutes, seconds] =
    /^\+?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/.exec(text) ?? []
  if (all === undefined || !/\d/.test(all)) throw new RangeError('Not a length')
  const number = (digits = '0') => Number(digits)
  return {
    days: number(weeks) * 7 + number(days),
    ms: ((number(hours) * 60 + number(minutes)) * 60 + number(seconds)) * 1000
  }
}
