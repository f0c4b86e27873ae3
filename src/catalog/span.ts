import type { Plan } from './plan.ts'

/**
 * Local days from a plan's first start within which all of it lies, however it is laid: every round that it may have, and
 * every step at its largest gap. What is known of a calendar must reach so far before the plan is said to fit.
 */
export function spanOf({ segments, repeat }: Plan): number {
  const rounds = repeat ? (repeat.most - 1) * Math.max(...repeat.every) : 0
  const gaps = segments.reduce((sum, { after }) => sum + (after ? after.max + 1 : 0), 0)
  return Math.max(...segments.map(({ day }) => day)) + rounds + gaps
}

/** Local days before a plan's first start on which a step of it may lie. */
export function leadOf({ segments }: Pick<Plan, 'segments'>): number {
  return Math.max(0, ...segments.map(({ before }) => before?.days ?? 0))
}
