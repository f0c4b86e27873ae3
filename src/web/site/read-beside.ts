import { DateTime } from 'luxon'
import type { SlotsView } from '../../availability/schema.ts'
import { quote } from '../../bookings/quote.ts'
import type { QuoteView } from '../../bookings/quote-schema.ts'
import type { Start } from '../../bookings/schema.ts'
import type { Plan } from '../../catalog/plan.ts'
import { findPublicType } from '../../catalog/read-session-types.ts'
import { isStep } from '../../catalog/segment.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type Choice, startOf } from '../choice.ts'
import { priceText } from '../components/words.ts'
import { later, type StepRow, wishOf } from './read-steps.ts'

/** What lies before private days, or after them: taken along as one, or left out. */
export const sides = ['before', 'after'] as const
export type Side = (typeof sides)[number]

export interface Group {
  side: Side
  rows: readonly StepRow[]
  /** What it adds, in words; undefined where it is in the price. */
  price: string | undefined
  /** It belongs to the days, and is no choice. */
  always: boolean
  taken: boolean
}

/** Private days with what can be taken along beside them. */
export interface Beside {
  type: { slug: string; name: string }
  days: readonly { start: DateTime; end: DateTime }[]
  /** Other starts, where the days themselves have gone. */
  gone: SlotsView['slots'] | undefined
  groups: readonly Group[]
  /** Of the days and all that is taken along. */
  price: string
  /** Everything can be had as it is shown. */
  occurrences: Choice['occurrences']
}

type Said = Readonly<Record<string, string | undefined>>

/**
 * Private days as they were chosen, and each step beside them with the time that is proposed for it: also of those that are
 * not taken along yet, so that it is seen before.
 * @param said the form, where there is one: `before` and `after`, what is taken along; `o4` what is said of a step, `p4` what
 * had been proposed for it
 * @throws what `quote` throws of the first start
 */
export async function readBeside(deps: Deps, scope: PracticeScope, choice: Choice, said?: Said): Promise<Beside> {
  const { slug, name, plan, price: own } = await findPublicType(deps, scope, choice.type)
  const { start, therapist, place, occurrences } = startOf(choice)
  const chosen = Array.isArray(occurrences) ? occurrences : []
  const wishes = plan.segments.map((segment, ordinal) => {
    if (!isStep(segment)) return null
    if (segment.who === 'second') return 'propose' as const
    return (said ? wishOf(said, ordinal) : chosen[ordinal]) ?? ('propose' as const)
  })
  const ask = (occurrences: Start['occurrences']) => quote(deps, scope, slug, { start, therapist, place, occurrences })
  const all = (await ask(wishes)).appointments
  const days = all.flatMap(one => ('start' in one && one.step === undefined ? [one] : []))
  const isTaken = (side: Side) => {
    const those = ordinalsOf(plan, side)
    const always = those.some(ordinal => !plan.segments[ordinal]?.optional)
    return always || (said ? said[side] === 'yes' : those.some(ordinal => (chosen[ordinal] ?? null) !== null))
  }
  const groups = sides.flatMap((side): Group[] => {
    const those = ordinalsOf(plan, side)
    if (those.length === 0) return []
    const amount = those.reduce((sum, ordinal) => sum + (plan.segments[ordinal]?.price ?? 0), 0)
    const always = those.every(ordinal => !plan.segments[ordinal]?.optional)
    const price = amount > 0 ? priceText({ ...own, amount }) : undefined
    return [{ side, rows: those.map(ordinal => rowOf(plan, all, ordinal)), price, always, taken: isTaken(side) }]
  })
  const taken = groups.filter(group => group.taken).flatMap(({ rows }) => rows)
  const settled = plan.segments.map((_, ordinal) => {
    const row = taken.find(one => one.ordinal === ordinal)
    if (!row || !start) return null
    if (row.kind === 'other') return 'propose' as const
    return row.kind === 'time' ? row.start.diff(start).as('minutes') : later
  })
  const price = (await ask(startOf({ ...choice, occurrences: settled }).occurrences)).price
  const isWhole = days.every(({ free }) => free)
  return {
    type: { slug, name },
    days,
    gone: isWhole ? undefined : (days[0]?.alternatives ?? []),
    groups,
    price: priceText(price),
    occurrences: isWhole && taken.every(row => row.kind !== 'time' || row.free) ? settled : undefined
  }
}

function ordinalsOf({ segments }: Plan, side: Side): number[] {
  return segments.flatMap((segment, ordinal) => (segment[side] ? [ordinal] : []))
}

/** A step as the quote answers it. The other's own is there without a number, and without anything else. */
function rowOf({ segments }: Plan, quoted: QuoteView['appointments'], ordinal: number): StepRow {
  const minutes = segments[ordinal]?.minutes ?? 0
  const one = quoted.find(found => 'step' in found && found.step === ordinal)
  if (!one || !('step' in one)) return { ordinal, minutes, kind: 'other' }
  if ('open' in one) return { ordinal, minutes, kind: 'later', who: one.who, ...one.open }
  const alternatives = one.alternatives.map(slot => DateTime.fromISO(slot.start, { zone: 'utc' }))
  return { ...one, ordinal, minutes, kind: 'time', proposed: one.proposed === true, alternatives }
}
