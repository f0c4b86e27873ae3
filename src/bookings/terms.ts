import { isWholeWithSteps } from '../catalog/plan.ts'
import type { Keep } from '../catalog/rules.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { Practice } from '../identity/practice.ts'
import { moneyText } from '../kernel/money.ts'

/** The words that a client agrees to, as they are shown and as their hash is kept: the policy of this type, in full. */
export function termsText(
  { policy, price, plan, rules }: Pick<SessionType, 'policy' | 'price' | 'plan' | 'rules'>,
  { discreetName, termsVersion }: Practice
): string {
  const opening = `Terms of ${discreetName}, version ${termsVersion}.`
  if (price.amount === 0)
    return `${opening} It costs nothing, and you can cancel at any time.${rules.skips ? ' You can skip single ones.' : ''}`
  const bands = policy.bands.map(({ notice, keep }, index) => {
    const least = 'hours' in notice ? `${notice.hours} hours` : `${notice.days} days`
    const last = index === policy.bands.length - 1 && index > 0
    const when =
      index === 0 && policy.bands.length === 1
        ? 'At any time'
        : last
          ? 'Later than that'
          : `${least} or more before the start`
    return `${when}: ${keepText(keep, price)}.`
  })
  const { refilled } = policy
  const again = refilled ? ` Once somebody else has taken your place: no more than ${keepText(refilled, price)}.` : ''
  return `${opening} ${plan.apart ? `The price is ${moneyText(price)}. Of each appointment that you cancel, this is kept of its share` : `If you cancel, this is kept of the price of ${moneyText(price)}`}. ${bands.join(' ')}${again}${skipsText(policy, rules, price)}${usedText(plan)} If we cancel, ${plan.apart || isWholeWithSteps(plan) ? 'all that has not taken place' : 'everything'} comes back to you.`
}

/** `nothing`, `$250`, `25 % of the price`: what is kept, as the terms say it. */
export function keepText(keep: Keep, price: SessionType['price']): string {
  if ('fixed' in keep) return keep.fixed === 0 ? 'nothing' : moneyText({ amount: keep.fixed, currency: price.currency })
  if ('percentOfPrice' in keep) return `${keep.percentOfPrice} % of the price`
  return `${keep.percentOfDeposit} % of the deposit`
}

/** Of what has steps beside it: they go with it, and are used one by one. */
function usedText(plan: SessionType['plan']): string {
  if (!isWholeWithSteps(plan)) return ''
  return ' The start is that of the first day. Conversations before and after are cancelled with it; one that has taken place is not given back.'
}

/** Of sessions that can be let fall one by one. */
function skipsText(
  { bands }: SessionType['policy'],
  { skips }: SessionType['rules'],
  price: SessionType['price']
): string {
  const last = bands.at(-1)
  if (!skips || !last) return ''
  const madeUp = `what is kept can be made up for within ${skips.makeUpDays} days`
  return ` You can skip single ones: ${skips.free} in a calendar year like this, beyond that ${keepText(last.keep, price)}; ${madeUp}.`
}
