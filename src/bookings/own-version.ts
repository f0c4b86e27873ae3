import { queueFor } from '../availability/queue-store.ts'
import { saveVersion } from '../catalog/save-version.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { lastOwnVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { ProposalRequest } from './private-proposal-schema.ts'

/** Versions from here on are made for one proposal: no client is ever offered them by the catalogue. */
const firstOwn = 1_000_000

/**
 * The session type as it is proposed: at its own price, and with its own plan as a version that only this proposal and its
 * booking point at.
 */
export async function ownVersion(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  type: SessionType,
  { plan, price = type.price }: Pick<ProposalRequest, 'plan' | 'price'>
): Promise<SessionType> {
  if (!plan) return { ...type, price }
  await queueFor(tx, scope, [], [`own-versions-${type.id}`])
  const version = ((await lastOwnVersion(tx, scope, type.id, firstOwn)) ?? firstOwn - 1) + 1
  const { id: sessionTypeId, name, description, policy, rules } = type
  const own = { sessionTypeId, version, name, description, plan, policy, rules, createdAt: deps.now() }
  await saveVersion(tx, scope, { ...own, price: price.amount, currency: price.currency })
  return { ...type, version, plan, price }
}
