import { hasOpenSteps, isWholeWithSteps, type Plan } from '../catalog/plan.ts'
import { leastOf, mustOffer, type Rounds, sharesOf } from '../catalog/run.ts'
import { isStep } from '../catalog/segment.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { invalid } from '../kernel/problem.ts'
import type { Wishes } from './check-each.ts'

/** The steps of a plan that are taken along, by their numbers: each that is not optional, and those that a client wants. */
export function stepsWanted({ segments }: Plan, wishes: Wishes = []): number[] {
  return segments.flatMap((segment, ordinal) =>
    isStep(segment) && (!segment.optional || isNamed(wishes[ordinal])) ? [ordinal] : []
  )
}

/**
 * The type in as many rounds as are wanted, at the price of those that are not left out.
 * @throws invalid-input where the plan does not offer that
 */
export function wanted(
  type: SessionType,
  { times, every, open, wishes = [] }: Rounds & { wishes?: Wishes | undefined }
): SessionType {
  const named = type.plan.repeat && wishes.length > 0 ? Math.ceil(wishes.length / type.plan.segments.length) : undefined
  const run = mustOffer(type, { times: times ?? named, every, open })
  const whole = isWholeWithSteps(type.plan)
  if (wishes.length > 0 && !type.plan.apart && !whole)
    throw invalid([{ pointer: '/occurrences', detail: 'These times belong together: leave it out' }])
  const moved = whole ? wishes.findIndex((wish, ordinal) => isNamed(wish) && !isStepAt(run.plan, ordinal)) : -1
  if (moved >= 0) throw invalid([{ pointer: `/occurrences/${moved}`, detail: 'These times belong together: null' }])
  if (wishes.length > run.plan.segments.length)
    throw invalid([{ pointer: '/occurrences', detail: `Name at most ${run.plan.segments.length}` }])
  if (!hasOpenSteps(run.plan) && wishes.some(wish => typeof wish === 'string'))
    throw invalid([
      { pointer: '/occurrences', detail: 'These times follow from the first: a start, or null to leave it out' }
    ])
  const others = run.plan.segments.findIndex(
    ({ who }, ordinal) => who === 'second' && typeof wishes[ordinal] === 'number'
  )
  if (others >= 0)
    throw invalid([
      { pointer: `/occurrences/${others}`, detail: 'The other of you chooses this time: "propose", or "open"' }
    ])
  if (whole) return { ...run, price: { ...run.price, amount: run.price.amount + stepsPrice(run.plan, wishes) } }
  // A step that has no time yet is paid with the rest; a round that is left out is not.
  const left = hasOpenSteps(run.plan) ? [] : [...(sharesOf(run) ?? [])].filter(([ordinal]) => wishes[ordinal] === null)
  const spare = run.plan.segments.length - leastOf(type.plan, { open })
  if (left.length > spare)
    throw invalid([{ pointer: '/occurrences', detail: `Leave out ${spare} at most, or choose more of them` }])
  const amount = left.reduce((sum, [, share]) => sum - share, run.price.amount)
  return { ...run, price: { ...run.price, amount } }
}

function stepsPrice(plan: Plan, wishes: Wishes): number {
  return stepsWanted(plan, wishes).reduce((sum, ordinal) => sum + (plan.segments[ordinal]?.price ?? 0), 0)
}

function isNamed(wish: Wishes[number]): boolean {
  return wish !== null && wish !== undefined
}

function isStepAt({ segments }: Plan, ordinal: number): boolean {
  return isStep(segments[ordinal] ?? {})
}
