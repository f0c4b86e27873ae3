import { DateTime } from 'luxon'
import { weekdays } from '../../availability/schema.ts'
import { quote } from '../../bookings/quote.ts'
import type { Start } from '../../bookings/schema.ts'
import { findPublicType } from '../../catalog/read-session-types.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { isoUtc } from '../../kernel/time.ts'
import { type Choice, startOf } from '../choice.ts'
import { priceText } from '../components/words.ts'

/** What is said of a step: a start, that it gets its time later, or that one is to be proposed. */
export const later = 'open'
export const anyTime = 'propose'

/** A step of a programme before it is booked. */
export type StepRow = { ordinal: number; minutes: number } & (
  | { kind: 'other' }
  | { kind: 'later'; who: string; from: DateTime; to: DateTime }
  | {
      kind: 'time'
      who: string
      start: DateTime
      end: DateTime
      free: boolean
      proposed: boolean
      alternatives: readonly DateTime[]
    }
)

/** On which days and in which half of the day steps would suit best. */
export interface Preferred {
  days: readonly (typeof weekdays)[number][]
  part: 'any' | 'morning' | 'afternoon'
}

export interface Steps {
  type: { slug: string; name: string }
  rows: readonly StepRow[]
  price: string
  preferred: Preferred
  /** Everything can be had as it is shown: where each step is wanted, in minutes after the start. */
  occurrences: Choice['occurrences']
}

type Said = Readonly<Record<string, string | undefined>>

/**
 * A programme's schedule: what was chosen stays, the rest is proposed around it.
 * @param said the form, where there is one: `o1` what is said of the second step, `p1` what had been proposed for it
 * @throws what `quote` throws of the first start
 */
export async function readSteps(deps: Deps, scope: PracticeScope, choice: Choice, said?: Said): Promise<Steps> {
  const { slug, name, plan } = await findPublicType(deps, scope, choice.type)
  const { therapist, place, occurrences: chosen } = startOf(choice)
  const start = DateTime.fromISO(choice.start, { zone: 'utc' })
  const preferred = preferredOf(said)
  const before = Array.isArray(chosen) ? chosen : undefined
  const occurrences = plan.segments.map(({ who }, ordinal) =>
    ordinal === 0 || who === 'second' ? null : said ? wishOf(said, ordinal) : (before?.[ordinal] ?? null)
  )
  const prefer = preferOf(preferred)
  const { appointments, price } = await quote(deps, scope, slug, { start, therapist, place, occurrences, prefer })
  const rows = appointments.map((one, ordinal): StepRow => {
    const minutes = plan.segments[ordinal]?.minutes ?? 0
    if ('open' in one) return { ordinal, minutes, kind: 'later', who: one.who, ...one.open }
    if (!('start' in one)) return { ordinal, minutes, kind: 'other' }
    const alternatives = one.alternatives.map(slot => DateTime.fromISO(slot.start, { zone: 'utc' }))
    return { ...one, ordinal, minutes, kind: 'time', proposed: one.proposed === true, alternatives }
  })
  const settled = rows.every(row => row.kind !== 'time' || row.free)
  return {
    type: { slug, name },
    rows,
    price: priceText(price),
    preferred,
    occurrences: settled
      ? rows.map(row => {
          if (row.kind === 'time') return row.start.diff(start).as('minutes')
          return row.kind === 'later' ? later : null
        })
      : undefined
  }
}

/** A step is chosen where something else is said of it than was proposed; until then the proposal may change. */
export function wishOf(said: Said, ordinal: number): DateTime | 'open' | null {
  const [own, proposed] = [said[`o${ordinal}`], said[`p${ordinal}`]]
  if (own === later) return later
  if (own === undefined || own === anyTime || own === proposed) return null
  const time = DateTime.fromISO(own, { zone: 'utc' })
  return time.isValid ? time : null
}

function preferredOf(said: Said = {}): Preferred {
  const part = said.part === 'morning' || said.part === 'afternoon' ? said.part : 'any'
  return { days: weekdays.filter(day => said[`on-${day}`] === 'yes'), part }
}

function preferOf({ days, part }: Preferred): Start['prefer'] {
  const hours = part === 'morning' ? { to: '12:00' } : part === 'afternoon' ? { from: '12:00' } : {}
  return days.length === 0 && part === 'any' ? undefined : { ...hours, ...(days.length > 0 && { days: [...days] }) }
}

/** What a radio button says of a start. */
export const startValue = isoUtc
