import { z } from 'zod'
import { type Account, GatewayError } from './gateway.ts'

const text = z.string().nullish()

/** What payers may see of an account: https://docs.stripe.com/api/accounts/object */
const AccountObject = z.object({
  object: z.literal('account'),
  business_profile: z
    .object({
      name: text,
      support_email: text,
      support_url: text,
      support_address: z.record(z.string(), text).nullish()
    })
    .nullish(),
  settings: z
    .object({
      card_payments: z.object({ statement_descriptor_prefix: text }).nullish(),
      payments: z.object({ statement_descriptor: text }).nullish()
    })
    .nullish()
})

/** @throws GatewayError `unknown` where the answer is no account */
export function accountFrom(answer: unknown): Account {
  const parsed = AccountObject.safeParse(answer)
  if (!parsed.success)
    throw new GatewayError('unknown', `Stripe answered something else: ${z.prettifyError(parsed.error)}`)
  const { business_profile: profile, settings } = parsed.data
  const support = [profile?.support_email, profile?.support_url, ...Object.values(profile?.support_address ?? {})]
  return {
    publicName: profile?.name ?? null,
    // Where an account has no prefix, its whole descriptor stands in the prefix's place.
    prefix: settings?.card_payments?.statement_descriptor_prefix ?? settings?.payments?.statement_descriptor ?? null,
    support: support.flatMap(line => line ?? [])
  }
}
