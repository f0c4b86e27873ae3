import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { notFound } from '../kernel/problem.ts'
import { mustBeChangedHere, tellSecondStep } from './add-second-step.ts'
import { isMailboxShared } from './address-store.ts'
import type { PracticeScope } from './practice.ts'
import type { Proof } from './prove.ts'
import { lastSecondStep, type StepOwner, stepNeeded, wrongStep } from './second-step.ts'
import { deleteSecondSteps, lockSecondSteps, replaceRecoveryCodes } from './step-store.ts'

/**
 * Takes one's own second step away, with recovery codes where it was the last.
 * @param proof that it is the owner once more: a password of staff, a second step of persons
 * @throws step-needed, wrong-second-step, not-found, changed-in-console; last-second-step where one is asked of this person
 */
export async function removeSecondStep(
  deps: Deps,
  scope: PracticeScope,
  owner: StepOwner,
  which: { kind: 'totp' | 'pin' } | { kind: 'passkey'; id: string },
  proof: Proof | undefined
): Promise<void> {
  const { person } = owner
  if (!owner.stepped) throw stepNeeded('Sign in with your second step first')
  if (!proof) throw wrongStep()
  await deps.db.transaction(async tx => {
    await mustBeChangedHere(tx, scope, owner)
    await lockSecondSteps(tx, scope, owner)
    if (!(await proof(tx))) throw wrongStep()
    if ((await deleteSecondSteps(tx, scope, person, which)) === 0) throw notFound('It is gone already')
    const isLeft = await lockSecondSteps(tx, scope, owner)
    if (!isLeft && (await mustHave(deps, tx, scope, owner))) throw lastSecondStep('Add another one first')
    if (!isLeft) await replaceRecoveryCodes(tx, scope, person, [])
    await tellSecondStep(deps, tx, scope, owner, 'removed')
  })
}

/** Staff who serve real people, and persons whose mailbox somebody else reads too. */
export async function mustHave(
  { settings }: Pick<Deps, 'settings'>,
  db: Executor,
  scope: PracticeScope,
  { kind, person }: Pick<StepOwner, 'kind' | 'person'>
): Promise<boolean> {
  return kind === 'staff' ? !settings.sandbox : isMailboxShared(db, scope, person)
}
