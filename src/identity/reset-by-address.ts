import type { Deps } from '../kernel/deps.ts'
import { notFound } from '../kernel/problem.ts'
import { type Actor, actorName, notAllowed } from './actor.ts'
import { normalisedAddress } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { resetSecondSteps } from './reset-second-step.ts'
import { findProvenPerson } from './store.ts'

/**
 * Takes away the second steps of whoever signs in with this address, staff or client.
 * @param by an owner in the console, or whoever operates the machine
 * @throws not-found, reason-needed; not-allowed for oneself: whoever sits at an open console would take them away
 */
export async function resetByAddress(
  deps: Deps,
  scope: PracticeScope,
  by: Actor | 'operator',
  { email, why }: { email: string; why: string }
): Promise<void> {
  const lookup = deps.secrets.lookup(scope.practice.id, 'email', normalisedAddress(email))
  const person = await findProvenPerson(deps.db, scope, lookup)
  if (!person) throw notFound('Nobody signs in with this address and a second step')
  if (by !== 'operator' && by.kind === 'staff' && by.person === person)
    throw notAllowed('Another owner does it for you; your own you remove with your password')
  await resetSecondSteps(deps, scope, { person, why, by: by === 'operator' ? by : actorName(by) })
}
