import { hasOpenSteps } from '../catalog/plan.ts'
import { mustOffer, type Rounds, sharesOf } from '../catalog/run.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { invalid } from '../kernel/problem.ts'
import type { Wishes } from './check-each.ts'

/**
 * The type in as many rounds as are wanted, at the price of those that are not left out.
 * @throws invalid-input where the plan does not offer that
 */
export function wanted(
  type: SessionType,
  { times, every, wishes = [] }: Rounds & { wishes?: Wishes | undefined }
): SessionType {
  const named = type.plan.repeat && wishes.length > 0 ? Math.ceil(wishes.length / type.plan.segments.length) : undefined
  const run = mustOffer(type, { times: times ?? named, every })
  if (wishes.length > 0 && !type.plan.apart)
    throw invalid([{ pointer: '/occurrences', detail: 'These times belong together: leave it out' }])
  if (wishes.length > run.plan.segments.length)
    throw invalid([{ pointer: '/occurrences', detail: `Name at most ${run.plan.segments.length}` }])
  if (!hasOpenSteps(run.plan) && wishes.includes('open'))
    throw invalid([
      { pointer: '/occurrences', detail: 'These times follow from the first: a start, or null to leave it out' }
    ])
  const others = run.plan.segments.findIndex(
    ({ who }, ordinal) => who === 'second' && typeof wishes[ordinal] === 'number'
  )
  if (others >= 0)
    throw invalid([
      { pointer: `/occurrences/${others}`, detail: 'The other of you chooses this time: null, or "open"' }
    ])
  // A step that has no time yet is paid with the rest; a round that is left out is not.
  const left = hasOpenSteps(run.plan) ? [] : [...(sharesOf(run) ?? [])].filter(([ordinal]) => wishes[ordinal] === null)
  const amount = left.reduce((sum, [, share]) => sum - share, run.price.amount)
  return { ...run, price: { ...run.price, amount } }
}
