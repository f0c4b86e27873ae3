import type { DateTime } from 'luxon'
import { hasOpenSteps, isWholeWithSteps } from '../../catalog/plan.ts'
import { roundOf } from '../../catalog/run.ts'
import { minutesOf, type SessionType } from '../../catalog/session-type.ts'
import { type Money, moneyText } from '../../kernel/money.ts'
import { dayText, momentText, timeText } from '../../notices/wording.ts'

/** `50 minutes`, `2 hours 30 minutes`. */
export function durationText(minutes: number): string {
  if (minutes < 120) return `${minutes} minutes`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest ? `${hours} hours ${rest} minutes` : `${hours} hours`
}

/** Of a session that repeats, that of one round, and how often it usually is. */
export function lengthText(type: SessionType): string {
  const { repeat } = type.plan
  if (hasOpenSteps(type.plan) && !isWholeWithSteps(type.plan)) return `${type.plan.segments.length} conversations`
  const length = durationText(minutesOf(roundOf(type)))
  return repeat ? `${length}, ${repeat.times} times` : length
}

/** What can be taken along before and after what belongs together, each with what it adds; undefined where there is nothing. */
export function besideText({ plan, price }: Pick<SessionType, 'plan' | 'price'>): string | undefined {
  if (!isWholeWithSteps(plan)) return undefined
  const parts = (['before', 'after'] as const).flatMap(side => {
    const steps = plan.segments.filter(segment => segment[side] && segment.optional)
    if (steps.length === 0) return []
    const amount = steps.reduce((sum, { price = 0 }) => sum + price, 0)
    const one = side === 'before' ? 'a conversation before' : 'a follow-up some weeks later'
    const many = side === 'before' ? 'two conversations before, one for each of you' : 'follow-ups in the weeks after'
    return [`${steps.length === 1 ? one : many}${amount > 0 ? ` (${moneyText({ ...price, amount })})` : ''}`]
  })
  const text = parts.join('; ')
  return text && `${text[0]?.toUpperCase()}${text.slice(1)}`
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
 * `$1,200 now, $1,200 on Wed 3 Mar`: what is due when, the first at once.
 * @param approval whether the first is charged by the practice's yes alone
 */
export function duesText(dues: readonly { amount: Money; dueAt: DateTime }[], zone: string, approval: boolean): string {
  const first = approval ? 'when it is confirmed' : 'now'
  return dues
    .map(
      ({ amount, dueAt }, index) => `${moneyText(amount)} ${index === 0 ? first : `on ${dayText(dueAt.setZone(zone))}`}`
    )
    .join(', ')
}
