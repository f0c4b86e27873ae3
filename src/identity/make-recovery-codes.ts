import type { Deps } from '../kernel/deps.ts'
import { tellSecondStep } from './add-second-step.ts'
import type { PracticeScope } from './practice.ts'
import type { Proof } from './prove.ts'
import { issueRecoveryCodes } from './recovery-codes.ts'
import { type StepOwner, stepNeeded, wrongStep } from './second-step.ts'
import { lockSecondSteps } from './step-store.ts'

/** New recovery codes of one's own; the older ones stop working. @throws step-needed, wrong-second-step */
export async function makeRecoveryCodes(
  deps: Deps,
  scope: PracticeScope,
  owner: StepOwner,
  proof: Proof | undefined
): Promise<string[]> {
  if (!owner.stepped) throw stepNeeded('Set up a second step first')
  if (!proof) throw wrongStep()
  return deps.db.transaction(async tx => {
    if (!(await lockSecondSteps(tx, scope, owner))) throw stepNeeded('Set up a second step first')
    if (!(await proof(tx))) throw wrongStep()
    await tellSecondStep(deps, tx, scope, owner, 'codes-made')
    return issueRecoveryCodes(deps, tx, scope, owner.person)
  })
}
