import { type Money, stepOf } from '../kernel/money.ts'
import { type Plan, spelled } from './plan.ts'
import type { SessionType } from './session-type.ts'

/** What a client wants of a plan that repeats: how often, and how many days apart. */
export interface Rounds {
  times?: number | undefined
  every?: number | undefined
}

/**
 * A session type as it is wanted: its plan with every round spelled out, and the price of so many.
 * @returns undefined where the plan does not offer that many rounds, or that distance
 */
export function runOf(type: SessionType, { times, every }: Rounds = {}): SessionType | undefined {
  const { repeat, ...plan } = type.plan
  if (!repeat) return times === undefined && every === undefined ? type : undefined
  const [usual] = repeat.every
  const [rounds, days] = [times ?? repeat.times, every ?? usual ?? 7]
  if (rounds < repeat.least || rounds > repeat.most || !repeat.every.includes(days)) return undefined
  return { ...type, plan: spelled(plan, rounds, days), price: shareOf(type.price, rounds, repeat.times) }
}

/**
 * What each appointment of a run costs: the price by minutes, exact to the last minor unit (the last one takes the rest).
 * Undefined where the appointments are sold as one.
 */
export function sharesOf({ plan, price }: Pick<SessionType, 'plan' | 'price'>): number[] | undefined {
  if (!plan.apart) return undefined
  const total = plan.segments.reduce((sum, { minutes }) => sum + minutes, 0)
  let given = 0
  return plan.segments.map(({ minutes }, index) => {
    const share = index === plan.segments.length - 1 ? price.amount - given : shareOf(price, minutes, total).amount
    given += share
    return share
  })
}

/** The plan of one appointment by itself, of those that stand apart: for a move. Anything else is moved whole. */
export function aloneOf(plan: Plan, ordinal: number): Plan {
  const { repeat, segments, ...rest } = plan
  const segment = segments[repeat ? ordinal % segments.length : ordinal]
  if (!plan.apart || !segment) return plan
  const { after: _, ...own } = segment
  return { ...rest, segments: [{ ...own, day: 0 }] }
}

/** `part` of `whole` of a sum, rounded half up to what a card can pay. */
function shareOf(price: Money, part: number, whole: number): Money {
  const step = stepOf(price.currency)
  return { ...price, amount: Math.round((price.amount * part) / whole / step) * step }
}
