import { z } from 'zod'
import { exponent, type Money, stepOf } from '../src/kernel/money.ts'
import type { SeedType } from './seed-types.ts'

/** What the types of the demo practice cost in dollars: one conversation for two, of which the rest is a multiple. */
const usual = 40_000

/** Whose unit is worth from half a dollar to two: the usual price does there, until the practice says another. */
const nearDollar = new Set(['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD', 'SGD', 'BND'])

/**
 * What a session for two costs, as a person writes it: `400`, `52000`, `120.500`. Where the currency is worth about as much
 * as the dollar it may be left out; elsewhere it is asked for, because 400 krónur are no price.
 */
export function priceIn(currency: string) {
  const price = z
    .string({ error: `the prices of a practice in ${currency} follow from it: say what a session for two costs` })
    .regex(/^\d{1,10}(\.\d{1,3})?$/, { error: 'must be a sum without a sign, such as 400' })
    .refine(text => isPayable(text, currency), { error: `must be a sum of ${currency} that a card can pay` })
  return nearDollar.has(currency) ? price.default(String(usual / 100)) : price
}

/** The sum that was written, in minor units. */
export function priceOf(text: string, currency: string): Money {
  return { amount: Math.round(Number(text) * 10 ** exponent(currency)), currency }
}

/** The types at the prices of a practice: each in the proportion to a session for two that it has in the demo. */
export function pricedAt(types: readonly SeedType[], couples: Money): SeedType[] {
  const at = (sum: number) => inProportion(sum, couples)
  return types.map(type => ({
    ...type,
    price: at(type.price),
    policy: {
      bands: type.policy.bands.map(({ notice, keep }) => ({
        notice,
        keep: 'fixed' in keep ? { fixed: at(keep.fixed) } : keep
      }))
    }
  }))
}

/** Three digits that say something, and what a card can pay; what costs something costs something. */
function inProportion(sum: number, { amount, currency }: Money): number {
  if (sum === 0 || sum === usual) return sum === 0 ? 0 : amount
  const exact = (sum * amount) / usual
  const grain = Math.max(stepOf(currency), 10 ** (Math.floor(Math.log10(exact)) - 2))
  return Math.max(stepOf(currency), Math.round(exact / grain) * grain)
}

function isPayable(text: string, currency: string): boolean {
  const [, decimals = ''] = text.split('.')
  const { amount } = priceOf(text, currency)
  return amount > 0 && decimals.length <= exponent(currency) && amount % stepOf(currency) === 0
}
