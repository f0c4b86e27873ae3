import { type Caps, capCounter } from './caps.ts'
import { rowCheck } from './in-row.ts'
import { restCheck } from './rest.ts'

/** What the therapist has sold: one session, from its start to its end without buffers, in ms. */
export interface Session {
  start: number
  end: number
  /** Of the type that is asked for, or of its family. */
  same: boolean
  /** The first of its plan. */
  begins: boolean
  demanding: boolean
  /** Minutes of rest after it. */
  rest: number
}

/** What a session type asks for in the name of care. */
export interface TypeCare extends Caps {
  demanding?: boolean | undefined
  /** Minutes after each session. */
  rest?: number | undefined
  /** Staff set all of this aside, for one booking and with a reason. */
  uncapped?: boolean | undefined
}

/** What a therapist asks for, whatever the type. */
export interface OwnCare extends Caps {
  inRow?: { most: number; pause: number } | undefined
}

/** Whether the therapist is not asked too much: by the caps of the type, by their own, by rest and by what follows what. */
export interface Care {
  /** For a plan of one segment on a local day. */
  allowsOne(day: number, start: number, end: number): boolean
  allows(intervals: readonly { start: number; end: number }[]): boolean
}

/** What two therapists together are not asked too much by. */
export function bothAllow(one: Care | undefined, other: Care | undefined): Care | undefined {
  if (!one || !other) return one ?? other
  return {
    allowsOne: (day, start, end) => one.allowsOne(day, start, end) && other.allowsOne(day, start, end),
    allows: intervals => one.allows(intervals) && other.allows(intervals)
  }
}

/** Undefined where there is nothing to ask. */
export function careOf(type: TypeCare, zone: string, sold: readonly Session[], own: OwnCare = {}): Care | undefined {
  if (type.uncapped) return undefined
  const { perDay, perWeek, minutesPerDay, minutesPerWeek } = own
  const ofType = capCounter(zone, sold, type, ({ same }) => same)
  const ofAll = capCounter(zone, sold, { perDay, perWeek, minutesPerDay, minutesPerWeek })
  const isRested = restCheck(sold, type.rest)
  const isParted = type.demanding && own.inRow ? rowCheck(sold, own.inRow) : undefined
  if (!ofAll && !isRested && !isParted) return ofType
  const clear = (intervals: readonly { start: number; end: number }[]) =>
    (isRested?.(intervals) ?? true) && (isParted?.(intervals) ?? true)
  return {
    allowsOne: (day, start, end) =>
      (ofType?.allowsOne(day, start, end) ?? true) &&
      (ofAll?.allowsOne(day, start, end) ?? true) &&
      ((!isRested && !isParted) || clear([{ start, end }])),
    allows: intervals => (ofType?.allows(intervals) ?? true) && (ofAll?.allows(intervals) ?? true) && clear(intervals)
  }
}
