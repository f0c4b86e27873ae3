import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { stepOf } from '../kernel/money.ts'
import { Conditions } from './rules.ts'
import { insertVersion, type NewVersion } from './store.ts'

/**
 * Saves a version of a session type, the only way in: what clients are promised holds for whatever is sold.
 * @throws ZodError where its policy and rules do not fit each other, such as a band that ends without a reminder before it;
 * RangeError where a card cannot pay its price, or give back what is not kept
 */
export async function saveVersion(tx: Transaction, scope: PracticeScope, version: NewVersion): Promise<void> {
  const { policy, rules } = Conditions.parse({ policy: version.policy, rules: version.rules })
  const keeps = [...policy.bands.map(({ keep }) => keep), ...(policy.refilled ? [policy.refilled] : [])]
  const fixed = keeps.flatMap(keep => ('fixed' in keep ? [keep.fixed] : []))
  const step = stepOf(version.currency)
  const steps = version.plan.segments.map(({ price = 0 }) => price)
  const wrong = [version.price, ...fixed, ...steps].find(amount => amount % step !== 0)
  if (wrong !== undefined)
    throw new RangeError(`No card pays ${wrong} in ${version.currency}: give a multiple of ${step} minor units`)
  await insertVersion(tx, scope, { ...version, policy, rules })
}
