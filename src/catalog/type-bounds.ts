import type { Money } from '../kernel/money.ts'
import type { Fault } from '../kernel/problem.ts'
import type { Plan } from './plan.ts'
import type { CancellationPolicy, Rules } from './rules.ts'
import { depositOf, isForTwo } from './session-type.ts'

/** No session is arranged further ahead, in days. */
const mostDays = 730
/** Steps lie in one year, and a plan of so many appointments is still found at once. */
const [mostGap, mostAppointments] = [365, 400]

/** What nobody could book, or no calendar hold: far beyond any practice's needs, or at odds with itself. */
export function typeBounds(type: { plan: Plan; policy: CancellationPolicy; rules: Rules; price: Money }): Fault[] {
  const { plan, policy, rules, price } = type
  const faults = planBounds(plan)
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

/** The same of a plan by itself. */
export function planBounds({ anchor, segments, repeat }: Plan): Fault[] {
  const faults: Fault[] = []
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
