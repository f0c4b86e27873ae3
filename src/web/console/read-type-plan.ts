import type { z } from 'zod'
import type { SessionType } from '../../catalog/session-type.ts'
import { SessionTypeChange } from '../../catalog/type-schema.ts'
import { exponent } from '../../kernel/money.ts'
import type { Faults } from '../components/fields.tsx'
import type { BandDraft, SegmentDraft, TypeDraft } from './type-plan-draft.ts'

/** What the form wants changed, or a sentence for each field that is not right. What it does not show stays as it is. */
export function readTypePlan(
  { given, segments, bands }: TypeDraft,
  type: SessionType
): { change: SessionTypeChange; faults?: never } | { change?: never; faults: Faults } {
  const { currency } = type.price
  const { plan, policy, rules } = type
  const { repeat, within: _, ...kept } = plan
  const asked = SessionTypeChange.safeParse({
    name: given.name ?? '',
    description: given.description ?? '',
    price: { amount: amountOf(given.price, currency), currency },
    plan: {
      ...kept,
      dayExclusive: given.dayExclusive === 'yes',
      ...(given.within && { within: numberOf(given.within) }),
      ...(repeat && {
        repeat: {
          every: list(given.every).map(weeks => weeks * 7),
          times: numberOf(given.times),
          least: numberOf(given.least),
          most: numberOf(given.most),
          ...(given.open && { open: true })
        }
      }),
      segments: segments.map((draft, index) => ({ day: stepDay(plan, index), ...segmentOf(draft, currency) }))
    },
    policy: { ...policy, bands: bands.map(draft => bandOf(draft, currency)) },
    rules: {
      ...rules,
      before: numberOf(given.before),
      after: numberOf(given.after),
      grid: numberOf(given.grid),
      notice: Math.round(numberOf(given.notice) * 60),
      horizon: numberOf(given.horizon),
      approval: given.approval === 'yes',
      answerDays: given.approval === 'yes' && given.answerDays ? numberOf(given.answerDays) : undefined,
      callEach: given.callEach === 'yes' ? true : undefined,
      pay: payOf(given, rules.pay),
      reminders: list(given.reminders)
    }
  })
  if (asked.success) return { change: asked.data }
  return { faults: Object.fromEntries(asked.error.issues.map(issue => [fieldOf(issue), sentence(issue)])) }
}

function segmentOf({ when, day, at, minutes, who, min, max, optional, price }: SegmentDraft, currency: string): object {
  return {
    minutes: numberOf(minutes),
    who,
    ...(when === 'day' && { day: numberOf(day) - 1 }),
    ...(when === 'after' && { after: { min: numberOf(min), max: numberOf(max) } }),
    ...(when === 'before' && { before: { hours: numberOf(min), days: numberOf(max) } }),
    ...(at && { at }),
    ...(optional && { optional: true }),
    ...(price && { price: amountOf(price, currency) })
  }
}

/** The day of a step means nothing: it stays what it is. */
function stepDay({ segments }: SessionType['plan'], index: number): number {
  const segment = segments[index]
  return segment?.after || segment?.before ? segment.day : 0
}

function bandOf({ notice, unit, keep, of }: BandDraft, currency: string): object {
  const kept =
    of === 'fixed'
      ? { fixed: amountOf(keep, currency) }
      : { [of === 'deposit' ? 'percentOfDeposit' : 'percentOfPrice']: numberOf(keep) }
  return { notice: { [unit === 'days' ? 'days' : 'hours']: numberOf(notice) }, keep: kept }
}

/** How it is paid; what the form does not show of a way that stays the same, stays. */
function payOf({ pay, percent, daysBefore }: TypeDraft['given'], before: SessionType['rules']['pay']): object {
  if (pay === 'deposit') return { mode: pay, percent: numberOf(percent), daysBefore: numberOf(daysBefore) }
  return pay === before.mode ? before : { mode: pay }
}

const numberOf = (text: string | undefined) => (/^\d+(\.\d+)?$/.test(text ?? '') ? Number(text) : Number.NaN)
const list = (text = '') => text.split(/[,\s]+/).flatMap(part => (part ? [numberOf(part)] : []))

function amountOf(text: string | undefined, currency: string): number {
  const amount = numberOf(text?.trim()) * 10 ** exponent(currency)
  return Math.abs(amount - Math.round(amount)) < 0.001 ? Math.round(amount) : Number.NaN
}

/** `/plan/segments/1/minutes` → `seg-1-minutes`, `/policy/bands/0/keep` → `band-0-keep`, `/rules/pay/percent` → `percent`. */
function fieldOf({ path }: z.core.$ZodIssue): string {
  const [, group, index, name] = path.map(String)
  if (group === 'segments') return name ? `seg-${index}-${fieldOfGap(path.map(String))}` : `seg-${index ?? 0}-minutes`
  if (group === 'bands') return index ? `band-${index}-${name ?? 'notice'}` : 'bands'
  if (group === 'pay') return index ?? 'pay'
  if (group === 'repeat') return index ?? 'times'
  return group && !['amount', 'currency'].includes(group) ? group : String(path[0] ?? '')
}

function fieldOfGap([, , , name = 'minutes', bound = 'min']: string[]): string {
  if (name !== 'after' && name !== 'before') return name
  return bound === 'hours' ? 'min' : bound === 'days' ? 'max' : bound
}

/** A sentence that says what would be right: the message, or what every field of numbers wants. */
function sentence({ code, message }: z.core.$ZodIssue): string {
  return code === 'invalid_type' ? 'Give a number' : message
}
