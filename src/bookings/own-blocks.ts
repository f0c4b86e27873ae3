import { Plan } from '../catalog/plan.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { invalid } from '../kernel/problem.ts'

/**
 * A session type with the blocks that an edition has of its own, where it has some.
 * @throws invalid-input where they overlap, are not in order, or do not begin on the first day
 */
export function withBlocks<T extends Pick<SessionType, 'plan'>>(type: T, blocks: Plan['segments'] | null): T {
  if (!blocks || type.plan.anchor !== 'edition') return type
  const read = Plan.safeParse({ ...type.plan, segments: blocks })
  if (read.success) return { ...type, plan: read.data }
  throw invalid(
    read.error.issues.map(({ path, message }) => ({ pointer: `/blocks/${path.slice(1).join('/')}`, detail: message }))
  )
}
