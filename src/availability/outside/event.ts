import {
  find,
  type Length,
  lengthOf,
  type Moment,
  momentOf,
  momentsOf,
  type Properties,
  parse,
  wordOf
} from './moment.ts'
import type { Recur } from './recurrence.ts'

/** A VEVENT as far as it says when somebody is busy. */
export interface Event {
  uid: string
  start: Moment
  end: Moment | undefined
  length: Length | undefined
  /** Which occurrence of a series this one stands for, and whether for all later ones too (RANGE=THISANDFUTURE). */
  instead: { of: Moment; onwards: boolean } | undefined
  rules: readonly Recur[]
  /** RRULE and EXRULE that cannot be followed. */
  strange: number
  notRules: readonly Recur[]
  added: readonly Added[]
  removed: readonly Moment[]
  busy: boolean
}

/** An RDATE, and its own end where it is a period. */
export interface Added {
  start: Moment
  end: Moment | undefined
  length: Length | undefined
}

/** @throws where it is no event that can be read */
export function readEvent(text: string): Event {
  const [, properties] = parse(text.replace(ruleLine, '').replace(/(?:\r\n)+/g, '\r\n'))
  const [start] = momentsOf(find(properties, 'dtstart') ?? missing('DTSTART'))
  if (!start) return missing('DTSTART')
  const end = find(properties, 'dtend')
  const length = find(properties, 'duration')
  const instead = find(properties, 'recurrence-id')
  return {
    uid: String(find(properties, 'uid')?.[3] ?? ''),
    start,
    end: end && momentsOf(end)[0],
    length: length && lengthOf(String(length[3])),
    instead: instead && insteadOf(instead),
    ...rulesIn(text),
    added: properties.filter(([name]) => name === 'rdate').flatMap(addedOf),
    removed: properties.filter(([name]) => name === 'exdate').flatMap(momentsOf),
    busy: isBusy(properties)
  }
}

/** The periods of a VFREEBUSY in which somebody is busy (RFC 5545, 3.8.2.6). @throws where one cannot be read */
export function readFreeBusy(text: string): Added[] {
  const [, properties] = parse(text)
  return properties
    .filter(([name, parameters]) => name === 'freebusy' && !/^free$/i.test(parameters.fbtype ?? ''))
    .flatMap(addedOf)
}

function isBusy(properties: Properties): boolean {
  const isFree =
    wordOf(properties, 'transp') === 'TRANSPARENT' || wordOf(properties, 'x-microsoft-cdo-busystatus') === 'FREE'
  return !isFree && wordOf(properties, 'status') !== 'CANCELLED'
}

function insteadOf(property: Properties[number]): Event['instead'] {
  const [of] = momentsOf(property)
  return of && { of, onwards: property[1].range?.toUpperCase() === 'THISANDFUTURE' }
}

const ruleLine = /^(?:RRULE|EXRULE)[:;].*$/gim

/**
 * Each rule for itself: one that cannot be followed leaves the event's own times. What stands in capitals in the RFC is
 * written in any case; and ical.js would take INTERVAL=0 for 1.
 */
function rulesIn(text: string): Pick<Event, 'rules' | 'notRules' | 'strange'> {
  const lines = (text.match(ruleLine) ?? []).map(line => line.toUpperCase())
  const read = lines.flatMap(line => {
    try {
      const [, properties] = parse(`BEGIN:VEVENT\r\n${line}\r\nEND:VEVENT`)
      return /INTERVAL=(?:-|0+(?:;|$))|COUNT=-/.test(line) ? [] : [...properties]
    } catch {
      return [] // counted below
    }
  })
  const named = (name: string) => read.flatMap(([own, , , value]) => (own === name ? [value as Recur] : []))
  return { rules: named('rrule'), notRules: named('exrule'), strange: lines.length - read.length }
}

function addedOf([, { tzid }, type, ...values]: Properties[number]): Added[] {
  return values.map(value => {
    if (type !== 'period') return { start: momentOf(String(value), tzid), end: undefined, length: undefined }
    const [start, until] = (Array.isArray(value) ? value : String(value).split('/')).map(String)
    const isLength = /^[+-]?P/.test(until ?? '')
    return {
      start: momentOf(start ?? '', tzid),
      end: isLength ? undefined : momentOf(until ?? '', tzid),
      length: isLength ? lengthOf(until ?? '') : undefined
    }
  })
}

function missing(name: string): never {
  throw new RangeError(`An event without ${name}`)
}
