import type { Deps } from '../kernel/deps.ts'
import { sealBytes, unsealBytes } from '../kernel/secrets.ts'
import { addSecondStep } from './add-second-step.ts'
import { dataKeyOf } from './data-key.ts'
import type { PracticeScope } from './practice.ts'
import { secretSpot } from './prove.ts'
import { alreadySetUp, type StepOwner, wrongSecondStep } from './second-step.ts'
import { confirmTotp as confirm, listSecondSteps, saveGuessable } from './step-store.ts'
import { newTotpKey, stepOf } from './totp.ts'

/** Begins to set up an authenticator app, anew each time. It counts for nothing before its first code. @returns its key */
export async function beginTotp(deps: Deps, scope: PracticeScope, { person }: StepOwner): Promise<Buffer> {
  const key = newTotpKey()
  const dataKey = await dataKeyOf(deps, deps.db, scope, person)
  const begun = await saveGuessable(deps.db, {
    practiceId: scope.practice.id,
    personId: person,
    kind: 'totp',
    secret: sealBytes(dataKey, secretSpot(scope, person, 'totp'), key),
    tries: 0,
    createdAt: deps.now()
  })
  if (!begun) throw alreadySetUp('Remove the authenticator app that is there first')
  return key
}

/** The key of a set-up that was begun and not ended. */
export async function begunTotp(
  deps: Deps,
  scope: PracticeScope,
  { person }: StepOwner
): Promise<{ key: Buffer; secret: Buffer } | undefined> {
  const { guessable } = await listSecondSteps(deps.db, scope, person)
  const row = guessable.find(({ kind, confirmedAt }) => kind === 'totp' && !confirmedAt)
  if (!row) return undefined
  const dataKey = await dataKeyOf(deps, deps.db, scope, person)
  return { key: unsealBytes(dataKey, secretSpot(scope, person, 'totp'), row.secret), secret: row.secret }
}

/**
 * Ends the set-up with a code of the app.
 * @returns recovery codes, where it is the first second step
 * @throws wrong-second-step, already-set-up
 */
export async function confirmTotp(deps: Deps, scope: PracticeScope, owner: StepOwner, code: string): Promise<string[]> {
  const begun = await begunTotp(deps, scope, owner)
  if (!begun) throw alreadySetUp('Begin the set-up again')
  const at = deps.now()
  const step = stepOf(begun.key, code.replace(/\s/g, ''), at)
  if (step === undefined) throw wrongSecondStep('Give the six digits that the app shows now, under this name')
  const { secret } = begun
  return addSecondStep(deps, scope, owner, tx => confirm(tx, scope, { person: owner.person, secret, step, at }))
}
