import type { Deps } from '../kernel/deps.ts'
import { seal } from '../kernel/secrets.ts'
import { addSecondStep } from './add-second-step.ts'
import { dataKeyOf } from './data-key.ts'
import { hashPassword } from './password.ts'
import { mustBePin } from './pin.ts'
import type { PracticeScope } from './practice.ts'
import { provePin, secretSpot } from './prove.ts'
import { type StepOwner, wrongStep } from './second-step.ts'
import { listSecondSteps, saveGuessable } from './step-store.ts'

/**
 * Sets a person's own PIN, or another in its place: then the one that is there is asked for.
 * @throws invalid-input (not 6 to 12 digits, or easily guessed), wrong-second-step
 */
export async function setPin(
  deps: Deps,
  scope: PracticeScope,
  owner: StepOwner,
  { pin, now: current }: { pin: string; now?: string | undefined }
): Promise<void> {
  mustBePin(pin)
  const { person } = owner
  const { guessable } = await listSecondSteps(deps.db, scope, person)
  const proof = await provePin(deps, deps.db, scope, person, current ?? '')
  const isThere = guessable.some(({ kind }) => kind === 'pin')
  if (isThere && !proof) throw wrongStep()
  const hash = await hashPassword(pin)
  const dataKey = await dataKeyOf(deps, deps.db, scope, person)
  const at = deps.now()
  await addSecondStep(deps, scope, owner, async tx => {
    if (isThere && !(await proof?.(tx))) throw wrongStep()
    return saveGuessable(
      tx,
      {
        practiceId: scope.practice.id,
        personId: person,
        kind: 'pin',
        secret: seal(dataKey, secretSpot(scope, person, 'pin'), hash),
        tries: 0,
        createdAt: at,
        confirmedAt: at
      },
      isThere
    )
  })
}
