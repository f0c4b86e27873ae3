import type { DateTime } from 'luxon'
import { keepText } from '../../bookings/terms.ts'
import type { CancellationPolicy, Keep } from '../../catalog/rules.ts'
import { depositOf, type SessionType } from '../../catalog/session-type.ts'
import { type Money, moneyText } from '../../kernel/money.ts'
import { kept } from '../../payments/policy.ts'
import { untilText } from './words.ts'

/**
 * What comes back by notice, before a time is known: every band in one sentence, with its exact sum; or what is kept, where
 * what is paid by then depends on the time.
 */
export function policyText(type: SessionType): string {
  const { repeat, apart } = type.plan
  const price = repeat ? { ...type.price, amount: Math.round(type.price.amount / repeat.times) } : type.price
  if (price.amount === 0) return 'It costs nothing, and you can cancel at any time.'
  const deposit = depositOf(type)
  const bandText = (keep: Keep) =>
    apart && !repeat
      ? shareText(keep, price)
      : deposit
        ? keptText({ ...price, amount: kept(keep, price, deposit.amount) }, price)
        : backText(keep, price)
  const mostText = (keep: Keep) => moneyText({ ...price, amount: kept(keep, price, price.amount) })
  return bandsText(type, bandText, mostText)
}

/** The same before a price is known: which share of it is kept. */
export function policyOfAnyPrice(type: Pick<SessionType, 'policy' | 'plan' | 'price'>): string {
  const share = (keep: Keep) => keepText(keep, type.price)
  return bandsText(type, keep => `${share(keep)} is kept`, share)
}

function bandsText(
  { policy: { bands, refilled }, plan: { apart } }: Pick<SessionType, 'policy' | 'plan'>,
  bandText: (keep: Keep) => string,
  mostText: (keep: Keep) => string
): string {
  const [first, ...rest] = bands
  if (!first) return ''
  const opening = `${apart ? 'cancel' : 'Cancel'} ${noticeText(first.notice)} before the start and ${bandText(first.keep)}`
  const middle = rest.slice(0, -1).map(({ notice, keep }) => `; ${noticeText(notice)} before, ${bandText(keep)}`)
  const last = rest.at(-1)
  const each = apart ? 'Each by itself: ' : ''
  const whole = `${each}${opening}${middle.join('')}${last ? `; later than that, ${bandText(last.keep)}` : ''}.`
  if (!refilled) return whole
  return `${whole} Once somebody else has taken your place, no more than ${mostText(refilled)} is kept.`
}

/**
 * What comes back until when, for one time: exact sums and moments.
 * @param undoable whether all comes back in the first hour after it is confirmed
 */
export function datedPolicyText(
  policy: readonly { until: DateTime; back: Money }[],
  price: Money,
  zone: string,
  undoable = false
): string {
  if (price.amount === 0) return 'Nothing is charged, and you can cancel at any time.'
  const sums = policy
    .filter(({ back }, index) => back.amount !== policy[index + 1]?.back.amount)
    .map(({ until, back }, index, all) => ({
      until: untilText(until, zone),
      back: `${back.amount ? moneyText(back) : 'nothing'}${back.amount > (all[index - 1]?.back.amount ?? back.amount) ? ', as more is paid by then' : ''}`
    }))
  const [first, ...rest] = sums
  if (!first || (rest.length === 0 && first.back === 'nothing'))
    return `This time is so near that nothing comes back if you cancel${undoable ? `, but for ${undoText}` : ''}.`
  const later = rest.map(({ back, until }, index) =>
    index === rest.length - 1 ? ` After that ${back}.` : ` Then, until ${until}, ${back}.`
  )
  const undo = undoable ? ` You get all of it back in ${undoText}.` : ''
  return `Until ${first.until} you get ${first.back} back.${later.join('')}${undo}`
}

const undoText = 'the first hour after it is confirmed'

function noticeText(notice: CancellationPolicy['bands'][number]['notice']): string {
  return 'hours' in notice ? `${notice.hours} hours or more` : `${notice.days} days or more`
}

/** Of one appointment of several that do not cost the same. */
function shareText(keep: Keep, price: Money): string {
  const kept = keptShare(keep, price)
  if (kept === 0) return 'all of its share comes back'
  return kept === 100 ? 'nothing of it comes back' : `${100 - kept} % of its share comes back`
}

function keptShare(keep: Keep, price: Money): number {
  return Math.round((100 * kept(keep, price, price.amount)) / price.amount)
}

function keptText(keep: Money, price: Money): string {
  if (keep.amount >= price.amount) return 'nothing comes back'
  return keep.amount === 0 ? 'all that you paid comes back' : `${moneyText(keep)} is kept of what you paid`
}

function backText(keep: Keep, price: Money): string {
  const back = price.amount - kept(keep, price, price.amount)
  if (back === 0) return 'nothing comes back'
  const sum = moneyText({ amount: back, currency: price.currency })
  return back === price.amount ? `all ${sum} comes back` : `${sum} comes back`
}
