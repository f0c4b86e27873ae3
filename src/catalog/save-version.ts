import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { Conditions } from './rules.ts'
import { insertVersion, type NewVersion } from './store.ts'

/**
 * Saves a version of a session type, the only way in: what clients are promised holds for whatever is sold.
 * @throws ZodError where its policy and rules do not fit each other, such as a band that ends without a reminder before it
 */
export async function saveVersion(tx: Transaction, scope: PracticeScope, version: NewVersion): Promise<void> {
  const { policy, rules } = Conditions.parse({ policy: version.policy, rules: version.rules })
  await insertVersion(tx, scope, { ...version, policy, rules })
}
