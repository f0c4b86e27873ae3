import { fixedSegments, hasOpenSteps, isWholeWithSteps } from '../../catalog/plan.ts'
import { roundOf } from '../../catalog/run.ts'
import { minutesOf, type SessionType } from '../../catalog/session-type.ts'
import { moneyText } from '../../kernel/money.ts'
import { durationText } from './words.ts'

/** Of a session that repeats, that of one round, and how often it usually is. */
export function lengthText(type: SessionType): string {
  const { repeat } = type.plan
  if (hasOpenSteps(type.plan) && !isWholeWithSteps(type.plan)) return `${type.plan.segments.length} conversations`
  const length = durationText(minutesOf(roundOf(type)))
  const days = new Set(fixedSegments(type.plan).flatMap(({ day, who }) => (who === 'nobody' ? [] : [day]))).size
  if (days > 1 && !repeat) return `${days} days, ${length} in all`
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
