import type { Deps } from '../kernel/deps.ts'
import { notFound } from '../kernel/problem.ts'
import type { Actor } from './actor.ts'
import { normalisedAddress } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { resetSecondSteps } from './reset-second-step.ts'
import { findProvenPerson } from './store.ts'

/** Takes away the second steps of whoever signs in with this address, staff or client. @throws not-found, reason-needed */
export async function resetByAddress(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { email, why }: { email: string; why: string }
): Promise<void> {
  const lookup = deps.secrets.lookup(scope.practice.id, 'email', normalisedAddress(email))
  const person = await findProvenPerson(deps.db, scope, lookup)
  if (!person) throw notFound('Nobody signs in with this address and a second step')
  await resetSecondSteps(deps, scope, actor, { person, why })
}
