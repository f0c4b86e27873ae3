import { type Money, stepOf } from '../kernel/money.ts'
import { invalid } from '../kernel/problem.ts'
import { hasOpenSteps, type Plan, spelled, standsAlone, wholeOf } from './plan.ts'
import type { SessionType } from './session-type.ts'

/** What a client wants of a plan that repeats: how often, and how many days apart. */
export interface Rounds {
  times?: number | undefined
  every?: number | undefined
  /** Until it is ended: first laid for twelve weeks. */
  open?: boolean | undefined
}

/** How many days ahead a series without an end is laid. */
export const openDays = 84

/**
 * A session type as it is wanted: its plan with every round spelled out, and the price of so many.
 * @returns undefined where the plan does not offer that many rounds, or that distance
 */
export function runOf(type: SessionType, { times, every, open = false }: Rounds = {}): SessionType | undefined {
  const { repeat, ...plan } = type.plan
  if (!repeat) return times === undefined && every === undefined && !open ? type : undefined
  if (open && !repeat.open) return undefined
  const [usual] = repeat.every
  const days = every ?? usual ?? 7
  const rounds = open ? Math.floor(openDays / days) : (times ?? repeat.times)
  if (rounds < repeat.least || rounds > repeat.most || !repeat.every.includes(days)) return undefined
  return {
    ...type,
    every: days,
    openEnded: open,
    plan: spelled(plan, rounds, days),
    price: shareOf(type.price, rounds, repeat.times)
  }
}

/** The same. @throws invalid-input where it is not offered so often */
export function mustOffer(type: SessionType, rounds: Rounds): SessionType {
  const run = runOf(type, rounds)
  if (!run) throw invalid([{ pointer: '/occurrences', detail: roundsText(type) }])
  return run
}

/** One round of a session type that repeats, with the first of whose appointments a run begins; any other as it is. */
export function roundOf(type: SessionType): SessionType {
  const { repeat, ...plan } = type.plan
  return repeat ? { ...type, plan } : type
}

/** How many appointments of what repeats are kept at least, whichever are left out; of a series without an end any. */
export function leastOf({ repeat, segments }: Plan, { open = false }: Rounds = {}): number {
  return repeat && !open ? repeat.least * segments.length : 0
}

function roundsText({ plan: { repeat } }: SessionType): string {
  if (!repeat) return 'This session is not repeated: leave it out'
  return `Between ${repeat.least} and ${repeat.most}, every ${repeat.every.join(' or ')} days`
}

/**
 * What each appointment costs, by its number: the price by minutes, exact to the last minor unit (the last one takes the
 * rest). Undefined where the appointments are sold as one.
 * @param laid those that the price is for, where some of a plan's are left out; steps that get their time later are not
 */
export function sharesOf(
  { plan, price }: Pick<SessionType, 'plan' | 'price'>,
  laid: readonly { ordinal: number }[] = []
): Map<number, number> | undefined {
  if (!plan.apart) return stepPrices(plan, price)
  const kept = new Set(laid.map(({ ordinal }) => ordinal))
  const sold = plan.segments.flatMap(({ minutes }, ordinal) =>
    kept.size === 0 || hasOpenSteps(plan) || kept.has(ordinal) ? [{ ordinal, minutes }] : []
  )
  const total = sold.reduce((sum, { minutes }) => sum + minutes, 0)
  let given = 0
  return new Map(
    sold.map(({ ordinal, minutes }, index) => {
      const share = index === sold.length - 1 ? price.amount - given : shareOf(price, minutes, total).amount
      given += share
      return [ordinal, share]
    })
  )
}

/**
 * Beside what belongs together each step has its own price, and the rest has the rest; what is given for nothing has none.
 * Undefined where there is no step.
 */
function stepPrices({ segments }: Plan, whole: Money): Map<number, number> | undefined {
  if (!hasOpenSteps({ segments })) return undefined
  return new Map(
    segments.flatMap(({ after, before, price = 0 }, ordinal): [number, number][] =>
      after || before ? [[ordinal, whole.amount === 0 ? 0 : price]] : []
    )
  )
}

/** The plan of one appointment by itself, of those that stand apart, or of a step: for a move. Anything else is moved whole. */
export function aloneOf(plan: Plan, ordinal: number): Plan {
  const { repeat, segments, ...rest } = plan
  const segment = segments[repeat ? ordinal % segments.length : ordinal]
  if (!segment) return plan
  if (!standsAlone(plan, ordinal)) return wholeOf(plan)
  const { minutes, who, at } = segment
  const own = { minutes, who, day: 0, ...(at !== undefined && { at }) }
  // A step beside whole days has a start on the grid, and takes no day.
  return { ...rest, ...(!plan.apart && { anchor: 'start', dayExclusive: false }), segments: [own] }
}

/** `part` of `whole` of a sum, rounded half up to what a card can pay. */
function shareOf(price: Money, part: number, whole: number): Money {
  const step = stepOf(price.currency)
  return { ...price, amount: Math.round((price.amount * part) / whole / step) * step }
}
