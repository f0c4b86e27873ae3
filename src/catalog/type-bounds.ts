import type { Money } from '../kernel/money.ts'
import type { Fault } from '../kernel/problem.ts'
import { type Plan, wallMinutes } from './plan.ts'
import type { CancellationPolicy, Rules } from './rules.ts'
import { isStep } from './segment.ts'
import { depositOf, isForTwo } from './session-type.ts'

/** No session is arranged further ahead, in days. */
const mostDays = 730
/** Steps lie in one year, and a plan of so many appointments is still found at once. */
const [mostGap, mostAppointments] = [365, 400]

/** What nobody could book, or no calendar hold: far beyond any practice's needs, or at odds with itself. */
export function typeBounds(type: { plan: Plan; policy: CancellationPolicy; rules: Rules; price: Money }): Fault[] {
  const { plan, policy, rules, price } = type
  const faults = planBounds(plan, rules)
  const within = (pointer: string, days: number) => {
    if (days > mostDays) faults.push({ pointer, detail: `Two years at most: ${mostDays} days` })
  }
  within('/rules/notice', rules.notice / 1440)
  rules.reminders.forEach((hours, index) => {
    within(`/rules/reminders/${index}`, hours / 24)
  })
  policy.bands.forEach(({ notice }, index) => {
    within(`/policy/bands/${index}/notice`, 'hours' in notice ? notice.hours / 24 : notice.days)
  })
  if (rules.pay.mode === 'deposit') within('/rules/pay/daysBefore', rules.pay.daysBefore)
  if (price.amount > 0 && depositOf({ price, rules })?.amount === 0)
    faults.push({ pointer: '/rules/pay/percent', detail: 'That share of the price is nothing: take a larger one' })
  if (rules.callEach && !rules.approval)
    faults.push({ pointer: '/rules/approval', detail: 'The calls come before your yes: approval: true' })
  if (rules.callEach && !isForTwo({ plan }))
    faults.push({ pointer: '/rules/callEach', detail: 'One alone has no other to speak with: leave it out' })
  if (rules.therapists && plan.anchor === 'edition')
    faults.push({ pointer: '/rules/therapists', detail: 'Of dates each says who leads it: leave it out' })
  return faults
}

/** The same of a plan by itself, where so much is kept free around each of its times. */
export function planBounds(plan: Plan, rules: Pick<Rules, 'before' | 'after'>): Fault[] {
  const { anchor, segments, repeat } = plan
  const faults = tooClose(plan, gapOf(plan, rules))
  if (segments.length * (repeat?.most ?? 1) > mostAppointments)
    faults.push({ pointer: '/plan/segments', detail: `At most ${mostAppointments} appointments in all` })
  segments.forEach(({ after }, index) => {
    if (after && after.max > mostGap)
      faults.push({ pointer: `/plan/segments/${index}/after/max`, detail: `At most ${mostGap} days` })
  })
  const comes = segments.map(({ who }) => who === 'both' || who === 'first')
  if (anchor === 'edition' ? !comes.includes(true) : !comes[0])
    faults.push({ pointer: '/plan/segments/0/who', detail: 'Whoever books comes to what they choose the time of' })
  return faults
}

/** Minutes that two fixed times of a plan must leave between them: none on days that it takes whole, where nothing else comes. */
export function gapOf(
  { dayExclusive }: Pick<Plan, 'dayExclusive'>,
  { before, after }: Pick<Rules, 'before' | 'after'>
) {
  return dayExclusive ? 0 : before + after
}

/** A plan whose own buffers overlap would stand in its own way, and could never be booked. */
function tooClose(plan: Plan, gap: number): Fault[] {
  let end = Number.NEGATIVE_INFINITY
  return plan.segments.flatMap((segment, index) => {
    if (isStep(segment)) return []
    const start = segment.day * 1440 + wallMinutes(segment.at ?? '00:00')
    const left = start - end
    end = start + segment.minutes
    const detail = `Leave ${gap} minutes after the one before: they are kept free`
    return left < gap ? [{ pointer: `/plan/segments/${index}`, detail }] : []
  })
}
