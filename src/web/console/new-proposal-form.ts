import { DateTime } from 'luxon'
import { z } from 'zod'
import { ProposalRequest } from '../../bookings/private-proposal-schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { exponent } from '../../kernel/money.ts'
import { isoUtc, LocalDate } from '../../kernel/time.ts'
import { Slug } from '../../kernel/wire.ts'
import type { Faults } from '../components/fields.tsx'

const Text = z.string().max(1000).optional()
const many = z.union([z.string(), z.array(z.string())]).transform(given => [given].flat())

/** The form as a browser posts it; everything is checked again by `readProposal`. */
export const ProposalForm = z.object({
  type: Slug,
  from: LocalDate.optional().catch(undefined),
  caller: Text,
  name: Text,
  email: Text,
  phone: Text,
  slot: many.optional(),
  price: Text,
  minutes: Text,
  times: Text,
  weeks: Text,
  until: Text,
  hold: Text
})
export type ProposalForm = z.infer<typeof ProposalForm>

/** A proposal of what was typed, or a sentence for each field that is not right yet. */
export function readProposal(
  { type: slug, caller, name = '', email = '', phone, slot = [], price, until, hold, ...own }: ProposalForm,
  type: SessionType,
  zone: string
): { wanted?: ProposalRequest; faults: Faults } {
  const [client, member] = (caller ?? '').split(' ')
  const person = { name, email: email.trim(), zone, ...(phone?.trim() && { phone }) }
  const [, therapist, place] = (slot[0] ?? '').split(' ')
  const amount = price?.trim() ? amountOf(price, type.price.currency) : undefined
  const plan = ownPlan(type.plan, own)
  const end = DateTime.fromISO(until ?? '', { zone })
  const read = ProposalRequest.safeParse({
    sessionType: slug,
    ...(client ? { client, caller: member } : { person }),
    ...(therapist && place && { therapist, place }),
    starts: slot.map(one => one.split(' ')[0]),
    ...(amount !== undefined && { price: { amount, currency: type.price.currency } }),
    ...(plan && { plan }),
    hold: hold === 'yes',
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
