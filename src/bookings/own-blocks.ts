import { Plan } from '../catalog/plan.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { planBounds } from '../catalog/type-bounds.ts'
import { invalid } from '../kernel/problem.ts'

/**
 * A session type with the blocks that an edition has of its own, where it has some.
 * @throws invalid-input where they overlap, are not in order, do not begin on the first day, or leave no room for what is
 * kept free around each
 */
export function withBlocks<T extends Pick<SessionType, 'plan' | 'rules'>>(type: T, blocks: Plan['segments'] | null): T {
  if (!blocks || type.plan.anchor !== 'edition') return type
  const read = Plan.safeParse({ ...type.plan, segments: blocks })
  const faults = read.success
    ? planBounds(read.data, type.rules).map(({ pointer, detail }) => ({
        pointer: pointer.replace('/plan/segments', '/blocks'),
        detail
      }))
    : read.error.issues.map(({ path, message }) => ({ pointer: `/blocks/${path.slice(1).join('/')}`, detail: message }))
  if (!read.success || faults.length > 0) throw invalid(faults)
  return { ...type, plan: read.data }
}
