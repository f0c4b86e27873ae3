import { z } from 'zod'

/** An amount in minor units of its currency (Stripe's exponents: USD and EUR in cents, JPY in yen). */
export interface Money {
  amount: number
  currency: string
}

export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: 'Give a currency as three capital letters, such as USD' })

export const Money = z.object({ amount: z.int(), currency: Currency })

/** Currencies whose minor unit is the unit itself: https://docs.stripe.com/currencies#zero-decimal */
const zeroDecimal = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))
/** https://docs.stripe.com/currencies#three-decimal */
const threeDecimal = new Set('BHD JOD KWD OMR TND'.split(' '))

/** How many digits of a currency's amount stand behind the point, as Stripe counts them. */
export function exponent(currency: string): number {
  return zeroDecimal.has(currency) ? 0 : threeDecimal.has(currency) ? 3 : 2
}

/** Two digits stand behind the point, and must be zeros: https://docs.stripe.com/currencies#special-cases */
const wholeOnly = new Set(['ISK', 'UGX'])

/** The least sum of a currency that a card can pay, or get back, in minor units: every sum is a multiple of it. */
export function stepOf(currency: string): number {
  if (wholeOnly.has(currency)) return 100
  return threeDecimal.has(currency) ? 10 : 1
}

/** So many per cent of a sum, in minor units: half up, to what a card can pay. */
export function percentOf({ amount, currency }: Money, percent: number): number {
  const step = stepOf(currency)
  return Math.round((amount * percent) / 100 / step) * step
}

/** `$400`, `$12.50`: the exact sum, without decimals where it is whole. */
export function moneyText({ amount, currency }: Money, locale = 'en-US'): string {
  const value = amount / 10 ** exponent(currency)
  return formatter(locale, currency, Number.isInteger(value) ? 0 : exponent(currency)).format(value)
}

/** Formatters are kept: each holds tables of the Unicode library outside the heap, and making one costs as much as a query. */
const formatters = new Map<string, Intl.NumberFormat>()

function formatter(locale: string, currency: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits
  })
  formatters.set(key, made)
  return made
}
