import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { unsealBytes } from '../kernel/secrets.ts'
import { isRight } from './password.ts'
import type { PracticeScope } from './practice.ts'
import { normalCode, recoveryLookup } from './recovery-codes.ts'
import { rests } from './second-step.ts'
import { findRecoveryCode, type Guessable, takeGuess, useGuess, useRecoveryCode } from './step-store.ts'
import { newTotpKey, stepOf } from './totp.ts'

/**
 * Something that was right, and is still to be used up: in the transaction of what it opens, so that it opens one thing.
 * False where somebody else was quicker.
 */
export type Proof = (tx: Transaction) => Promise<boolean>

/** Whom nobody is: asked for in the place of somebody unknown, so that the same is done. */
export const nobody = '00000000-0000-0000-0000-000000000000'

/** Six digits of a person's authenticator app. The try counts at once. */
export async function proveTotp(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  person: string | undefined,
  code: string
): Promise<Proof | undefined> {
  const key = await openSecret(deps, db, scope, person, 'totp')
  const step = stepOf(key ?? newTotpKey(), code, deps.now())
  if (!key || !person || step === undefined) return undefined
  return tx => useGuess(tx, scope, { person, kind: 'totp', step })
}

/** A person's own PIN. The try counts at once, and takes as long where there is none. */
export async function provePin(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  person: string | undefined,
  pin: string
): Promise<Proof | undefined> {
  const hash = await openSecret(deps, db, scope, person, 'pin')
  const fits = await isRight(pin, hash?.toString())
  if (!fits || !person) return undefined
  return tx => useGuess(tx, scope, { person, kind: 'pin' })
}

/** A recovery code, in whatever way it was typed. With 80 random bits it needs no count of its own. */
export async function proveRecovery(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  person: string | undefined,
  code: string
): Promise<Proof | undefined> {
  const owner = person ?? nobody
  const lookup = recoveryLookup(deps, scope, owner, normalCode(code))
  const known = await findRecoveryCode(db, scope, owner, lookup)
  if (!known) return undefined
  return tx => useRecoveryCode(tx, scope, { person: owner, lookup, at: deps.now() })
}

/** The unsealed secret of what can be guessed, with one try of it taken. */
async function openSecret(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  person: string | undefined,
  kind: Guessable
): Promise<Buffer | undefined> {
  const at = deps.now()
  const rest = rests.map(({ tries, minutes }) => ({ tries, until: at.plus({ minutes }) })).reverse()
  const row = await takeGuess(db, scope, { person: person ?? nobody, kind, at }, rest)
  if (!row?.dataKey || !person) return undefined
  const key = deps.secrets.openDataKey({ practice: scope.practice.id, person }, row.dataKey)
  return unsealBytes(key, secretSpot(scope, person, kind), row.secret)
}

/** Where a sealed secret stands. */
export const secretSpot = ({ practice }: PracticeScope, person: string, kind: Guessable) => ({
  practice: practice.id,
  table: 'second_steps',
  column: 'secret',
  row: `${person}\n${kind}`
})
