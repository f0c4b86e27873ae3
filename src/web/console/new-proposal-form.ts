import { DateTime } from 'luxon'
import type { z } from 'zod'
import { overrides } from '../../availability/override.ts'
import { ProposalRequest } from '../../bookings/private-proposal-schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { exponent } from '../../kernel/money.ts'
import { isoUtc } from '../../kernel/time.ts'
import type { Faults } from '../components/fields.tsx'
import { CallerForm, callerOf, Ticked, Typed } from './caller-form.ts'
import { blockShape } from './own-blocks-form.ts'
import { readOwnPlan } from './own-plan-form.ts'

/** The form as a browser posts it; everything is checked again by `readProposal`. */
export const ProposalForm = CallerForm.extend({
  /** Which free times are looked at, where nothing is proposed yet: `look`, or from which day on. */
  look: Typed,
  slot: Ticked.optional(),
  at: Typed,
  override: Ticked.optional(),
  reason: Typed,
  price: Typed,
  minutes: Typed,
  times: Typed,
  weeks: Typed,
  ...blockShape,
  until: Typed,
  hold: Typed,
  spokenWithEach: Typed
})
export type ProposalForm = z.infer<typeof ProposalForm>

/** A proposal of what was typed, or a sentence for each field that is not right yet. */
export function readProposal(
  form: ProposalForm,
  type: SessionType,
  zone: string
): { wanted?: ProposalRequest; faults: Faults } {
  const { slot = [], at, override = [], reason, price, until, hold, spokenWithEach } = form
  const [, therapist, place] = (slot[0] ?? '').split(' ')
  const amount = price?.trim() ? amountOf(price, type.price.currency) : undefined
  const { plan, faults } = readOwnPlan(form, type)
  const read = ProposalRequest.safeParse({
    sessionType: form.type,
    ...callerOf(form, zone),
    ...(therapist && place && { therapist, place }),
    starts: [...slot.map(one => one.split(' ')[0]), ...(at ? [instantText(at, zone)] : [])],
    override: overrides.filter(rule => override.includes(rule)),
    ...(reason?.trim() && { reason }),
    ...(amount !== undefined && { price: { amount, currency: type.price.currency } }),
    ...(plan && { plan }),
    hold: hold === 'yes',
    ...(spokenWithEach === 'yes' && { spokenWithEach: true }),
    until: instantText(until, zone)
  })
  const said = read.error?.issues.map(({ path, message }) => sentenceOf(path, message, slot.length)) ?? []
  const all = { ...Object.fromEntries(said), ...faults }
  return read.success && Object.keys(all).length === 0 ? { wanted: read.data, faults: {} } : { faults: all }
}

/** `320` or `320.50` in minor units; not a number where it is none. */
function amountOf(text: string, currency: string): number {
  const digits = exponent(currency)
  const amount = Number(text.trim().replace(/^\D(?=\d)/, '')) * 10 ** digits
  return Math.abs(amount - Math.round(amount)) < 0.001 ? Math.round(amount) : Number.NaN
}

function instantText(text: string | undefined, zone: string): string {
  const time = DateTime.fromISO(text ?? '', { zone })
  return time.isValid ? isoUtc(time) : ''
}

function sentenceOf([first, ...rest]: readonly PropertyKey[], message: string, slots: number): [string, string] {
  if (first === 'starts' && rest[0] === slots) return ['at', 'Give a day and a time']
  if (first === 'starts') return ['slot', 'Choose one time or several']
  if (first === 'price') return ['price', 'Give a sum such as 320 or 320.50']
  if (first === 'until') return ['until', 'Say until when it is open']
  return [String([first, ...rest].at(-1)), message]
}
