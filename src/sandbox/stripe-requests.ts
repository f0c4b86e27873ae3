import { z } from 'zod'
import type { Form } from './stripe-form.ts'
import { invalid } from './stripe-refusal.ts'

/** The version that the simulator speaks; the house sends the same: https://docs.stripe.com/api/versioning */
export const simulatedVersion = '2026-10-28.endive'

const Whole = z
  .string()
  .regex(/^-?\d{1,15}$/, { error: ({ input }) => `Invalid integer: ${input}` })
  .transform(Number)
const Text = (most: number) =>
  z
    .string()
    .min(1, {
      error:
        'You passed an empty string. We assume empty values are an attempt to unset a parameter; however this parameter cannot be unset.'
    })
    .max(most, { error: `Invalid string: must be at most ${most} characters` })
const Address = z.url({ protocol: /^https?$/, error: 'Not a valid URL' })
/** https://docs.stripe.com/api/metadata */
const Metadata = z
  .record(Text(40), z.string().max(500, { error: 'Metadata values can have up to 500 characters' }))
  .refine(keys => Object.keys(keys).length <= 50, { error: 'Metadata can have up to 50 keys' })

/** https://docs.stripe.com/get-started/account/statement-descriptors */
const Suffix = Text(22)
  .regex(/^[\x20-\x7e]*$/, { error: 'The statement descriptor suffix must contain Latin characters only.' })
  .regex(/[A-Za-z]/, { error: 'The statement descriptor suffix must contain at least one alphabetic character.' })
  .regex(/^[^<>\\'"*]*$/, { error: `The statement descriptor suffix must not contain any of: < > \\ ' " *` })

/** One of Stripe's words. The others that Stripe knows are said to be unknown to the simulator, the rest to be wrong. */
function word<T extends string>(name: string, served: T, others: readonly string[]) {
  return z.literal(served, {
    error: ({ input }) =>
      others.includes(String(input))
        ? `The simulator serves ${name} ${served} only`
        : `Invalid ${name}: must be one of ${[served, ...others].join(', ')}`
  })
}

/** What is served of https://docs.stripe.com/api/checkout/sessions/create: every other parameter is refused as unknown. */
export const SessionParams = z.strictObject({
  mode: word('mode', 'payment', ['setup', 'subscription']),
  ui_mode: word('ui_mode', 'hosted_page', ['embedded_page', 'elements', 'form']).default('hosted_page'),
  allowed_payment_method_types: z
    .array(word('allowed_payment_method_types', 'card', ['link', 'us_bank_account', 'sepa_debit']))
    .max(1)
    .optional(),
  line_items: z
    .array(
      z.strictObject({
        quantity: Whole.pipe(z.literal(1, { error: 'The simulator serves quantity 1 only' })),
        price_data: z.strictObject({
          currency: z
            .string()
            .regex(/^[A-Za-z]{3}$/, { error: ({ input }) => `Invalid currency: ${input}` })
            .toLowerCase(),
          unit_amount: Whole.pipe(z.int().min(1, { error: 'This value must be greater than or equal to 1.' })),
          product_data: z.strictObject({ name: Text(250) })
        })
      })
    )
    .length(1, { error: 'The simulator serves one line item' }),
  client_reference_id: Text(200).optional(),
  metadata: Metadata.default({}),
  payment_intent_data: z.strictObject({ statement_descriptor_suffix: Suffix.optional() }).optional(),
  customer_email: z.email({ error: ({ input }) => `Invalid email address: ${input}` }).optional(),
  expires_at: Whole.optional(),
  wallet_options: z
    .strictObject({ link: z.strictObject({ display: word('wallet_options[link][display]', 'never', ['auto']) }) })
    .optional(),
  branding_settings: z.strictObject({ display_name: Text(250) }).optional(),
  success_url: Address,
  cancel_url: Address.optional()
})

/** What is served of https://docs.stripe.com/api/refunds/create */
export const RefundParams = z.strictObject({
  payment_intent: Text(100),
  amount: Whole.pipe(z.int().min(1, { error: 'This value must be greater than or equal to 1.' })).optional(),
  reason: z
    .enum(['duplicate', 'fraudulent', 'requested_by_customer'], {
      error: 'Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer'
    })
    .optional(),
  metadata: Metadata.default({})
})

/** What is served of https://docs.stripe.com/api/refunds/list */
export const ListParams = z.strictObject({ payment_intent: Text(100), limit: Whole.optional() })

export const NoParams = z.strictObject({})

/** @throws StripeRefusal of the first fault, as https://docs.stripe.com/error-codes names it */
export function check<S extends z.ZodType>(schema: S, form: Form): z.output<S> {
  const parsed = schema.safeParse(form)
  if (parsed.success) return parsed.data
  // An unknown name comes first: the rest of the request may follow from it.
  const issue = parsed.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? parsed.error.issues[0]
  if (!issue) throw new TypeError('A refused request has no fault')
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map(key => nameOf([...issue.path, key]))
    throw invalid(
      `Received unknown parameter${names.length > 1 ? 's' : ''}: ${names.join(', ')}`,
      names[0],
      'parameter_unknown'
    )
  }
  const name = nameOf(issue.path)
  const given = valueAt(form, issue.path)
  if (given === undefined) throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing')
  throw invalid(issue.message, name, codeOf(issue.message, given))
}

function nameOf([first = '', ...rest]: readonly PropertyKey[]): string {
  return String(first) + rest.map(part => `[${String(part)}]`).join('')
}

function valueAt(form: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    form
  )
}

function codeOf(message: string, given: unknown): string | undefined {
  if (given === '') return 'parameter_invalid_empty'
  if (message.startsWith('Invalid integer') || message.startsWith('This value must be'))
    return 'parameter_invalid_integer'
  if (message.startsWith('Not a valid URL')) return 'url_invalid'
  if (message.startsWith('Invalid email')) return 'email_invalid'
  return undefined
}
