import type { DateTime } from 'luxon'
import type { CancellationPolicy, Keep } from '../../catalog/rules.ts'
import { depositOf, type SessionType } from '../../catalog/session-type.ts'
import { type Money, moneyText } from '../../kernel/money.ts'
import { dayText, momentText, timeText } from '../../notices/wording.ts'
import { kept } from '../../payments/policy.ts'

/** `50 minutes`, `2 hours 30 minutes`. */
export function durationText(minutes: number): string {
  if (minutes < 120) return `${minutes} minutes`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest ? `${hours} hours ${rest} minutes` : `${hours} hours`
}

/** `$400`, or `Free`. */
export function priceText(price: Money): string {
  return price.amount === 0 ? 'Free' : moneyText(price)
}

/** `Tue 14 May, 10:00–11:20 EDT`, by the wall clock of `zone`. */
export function rangeText(start: DateTime, end: DateTime, zone: string): string {
  const [from, to] = [start.setZone(zone), end.setZone(zone)]
  return `${dayText(from)}, ${timeText(from, to)} ${zoneMark(from)}`
}

/** `Sun 12 May, 10:00 EDT`. */
export function untilText(time: DateTime, zone: string): string {
  const local = time.setZone(zone)
  return `${momentText(local)} ${zoneMark(local)}`
}

/** The zone's usual short name at that time: `EDT`, `GMT+2`. */
export function zoneMark(time: DateTime): string {
  return time.toFormat('ZZZZ', { locale: 'en-US' })
}

/**
 * What comes back by notice, before a time is known: every band in one sentence, with its exact sum; or what is kept, where
 * what is paid by then depends on the time.
 */
export function policyText(type: SessionType): string {
  const { policy } = type
  const { repeat, apart } = type.plan
  const price = repeat ? { ...type.price, amount: Math.round(type.price.amount / repeat.times) } : type.price
  if (price.amount === 0) return 'It costs nothing, and you can cancel at any time.'
  const deposit = depositOf(type)
  const bandText = (keep: Keep) =>
    apart && !repeat
      ? shareText(keep, price)
      : deposit
        ? keptText({ ...price, amount: kept(keep, price, deposit.amount) })
        : backText(keep, price)
  const [first, ...rest] = policy.bands
  if (!first) return ''
  const opening = `${apart ? 'cancel' : 'Cancel'} ${noticeText(first.notice)} before the start and ${bandText(first.keep)}`
  const middle = rest.slice(0, -1).map(({ notice, keep }) => `; ${noticeText(notice)} before, ${bandText(keep)}`)
  const last = rest.at(-1)
  const each = apart ? 'Each by itself: ' : ''
  const whole = `${each}${opening}${middle.join('')}${last ? `; later than that, ${bandText(last.keep)}` : ''}.`
  if (!policy.refilled) return whole
  const most = moneyText({ ...price, amount: kept(policy.refilled, price, price.amount) })
  return `${whole} Once somebody else has taken your place, no more than ${most} is kept.`
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
  const sums = policy.map(({ until, back }) => ({
    until: untilText(until, zone),
    back: back.amount ? moneyText(back) : 'nothing'
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

/** `$1,200 now, $1,200 on Wed 3 Mar`: what is due when, the first at once. */
export function duesText(dues: readonly { amount: Money; dueAt: DateTime }[], zone: string): string {
  return dues
    .map(
      ({ amount, dueAt }, index) => `${moneyText(amount)} ${index === 0 ? 'now' : `on ${dayText(dueAt.setZone(zone))}`}`
    )
    .join(', ')
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

function keptText(keep: Money): string {
  return keep.amount === 0 ? 'all that you paid comes back' : `${moneyText(keep)} is kept of what you paid`
}

function backText(keep: Keep, price: Money): string {
  const back = price.amount - kept(keep, price, price.amount)
  if (back === 0) return 'nothing comes back'
  const sum = moneyText({ amount: back, currency: price.currency })
  return back === price.amount ? `all ${sum} comes back` : `${sum} comes back`
}
