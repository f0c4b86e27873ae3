import { DateTime } from 'luxon'
import type { z } from 'zod'
import { ProposalRequest } from '../../bookings/private-proposal-schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { exponent } from '../../kernel/money.ts'
import { isoUtc } from '../../kernel/time.ts'
import type { Faults } from '../components/fields.tsx'
import { CallerForm, callerOf, Ticked, Typed } from './caller-form.ts'

/** The form as a browser posts it; everything is checked again by `readProposal`. */
export const ProposalForm = CallerForm.extend({
  slot: Ticked.optional(),
  price: Typed,
  minutes: Typed,
  times: Typed,
  weeks: Typed,
  until: Typed,
  hold: Typed,
  spokenWithEach: Typed
})
export type ProposalForm = z.infer<typeof ProposalForm>

/** A proposal of what was typed, or a sentence for each field that is not right yet. */
export function readProposal(
  { type: slug, slot = [], price, minutes, times, weeks, until, hold, spokenWithEach, ...caller }: ProposalForm,
  type: SessionType,
  zone: string
): { wanted?: ProposalRequest; faults: Faults } {
  const [, therapist, place] = (slot[0] ?? '').split(' ')
  const amount = price?.trim() ? amountOf(price, type.price.currency) : undefined
  const plan = ownPlan(type.plan, { minutes, times, weeks })
  const end = DateTime.fromISO(until ?? '', { zone })
  const read = ProposalRequest.safeParse({
    sessionType: slug,
    ...callerOf(caller, zone),
    ...(therapist && place && { therapist, place }),
    starts: slot.map(one => one.split(' ')[0]),
    ...(amount !== undefined && { price: { amount, currency: type.price.currency } }),
    ...(plan && { plan }),
    hold: hold === 'yes',
    ...(spokenWithEach === 'yes' && { spokenWithEach: true }),
    until: end.isValid ? isoUtc(end) : ''
  })
  if (read.success) return { wanted: read.data, faults: {} }
  const said = read.error.issues.map(({ path, message }) => sentenceOf(path, message))
  return { faults: Object.fromEntries(said) }
}

/** `320` or `320.50` in minor units; not a number where it is none. */
function amountOf(text: string, currency: string): number {
  const digits = exponent(currency)
  const amount = Number(text.trim().replace(/^\D(?=\d)/, '')) * 10 ** digits
  return Math.abs(amount - Math.round(amount)) < 0.001 ? Math.round(amount) : Number.NaN
}

/** The plan as it was typed: of another length, or several times, so many weeks apart. Undefined where nothing was. */
function ownPlan(
  plan: SessionType['plan'],
  { minutes, times, weeks }: Pick<ProposalForm, 'minutes' | 'times' | 'weeks'>
): SessionType['plan'] | undefined {
  const [length, often, apart] = [minutes, times, weeks].map(text => (text?.trim() ? Number(text) : undefined))
  if (length === undefined && often === undefined && apart === undefined) return undefined
  const segments = plan.segments.map(segment => ({ ...segment, ...(length !== undefined && { minutes: length }) }))
  if (often === undefined || often === 1) return { ...plan, segments }
  const rounds = Number.isInteger(often) && often > 1 && often <= mostTimes ? often : 0
  const days = 7 * (apart ?? 1)
  const each = Array.from({ length: rounds }, (_, round) =>
    segments.map(segment => ({ ...segment, day: round * days }))
  )
  return { ...plan, apart: true, segments: each.flat() }
}

const mostTimes = 52

function sentenceOf(path: readonly PropertyKey[], message: string): [string, string] {
  const [first] = path
  if (first === 'starts') return ['slot', 'Choose one time or several']
  if (first === 'price') return ['price', 'Give a sum such as 320 or 320.50']
  if (first === 'plan' && path.at(-1) === 'minutes') return ['minutes', 'Give between 5 and 1440 minutes']
  if (first === 'plan' && path.at(-1) === 'day') return ['weeks', 'Give whole weeks, two years in all at most']
  if (first === 'plan') return ['times', `Give a number from 1 to ${mostTimes}`]
  if (first === 'until') return ['until', 'Say until when it is open']
  return [String(path.at(-1)), message]
}
