import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { isMailboxShared } from './address-store.ts'
import { markStepped } from './passing-store.ts'
import type { PracticeScope } from './practice.ts'
import { hasSecondStep } from './read-second-steps.ts'
import { type StepOwner, wrongStep } from './second-step.ts'
import { type Given, verifySecondStep } from './verify-second-step.ts'

/**
 * Whether a person's sign-in opens nothing before a second step: one is set up, or somebody else reads the mailbox too,
 * and then the mailed code alone says nothing of who gave it.
 */
export async function isStepAsked(db: Executor, scope: PracticeScope, person: string): Promise<boolean> {
  return (await hasSecondStep(db, scope, person)) || (await isMailboxShared(db, scope, person))
}

/** Passes one's own second step: from now on this sign-in opens what is one's own. @throws wrong-second-step */
export async function passSecondStep(
  deps: Deps,
  scope: PracticeScope,
  { kind, person, session }: StepOwner,
  given: Given
): Promise<void> {
  const proof = await verifySecondStep(deps, deps.db, scope, person, given)
  if (!proof) throw wrongStep()
  await deps.db.transaction(async tx => {
    if (!(await proof(tx))) throw wrongStep()
    await markStepped(tx, scope, session, deps.now())
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: `${kind}:${person}`,
      kind: `${kind}.second-step-passed`,
      subjects: { session, person }
    })
  })
}
