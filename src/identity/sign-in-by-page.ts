import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { DateTime } from 'luxon'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { hashToken, newToken } from '../kernel/secrets.ts'
import { findSignInStep, insertSignInStep, useSignInStep } from './passing-store.ts'
import type { PracticeScope } from './practice.ts'
import { askForPasskey } from './prove-passkey.ts'
import { type SignedIn, type StaffCredentials, startStaffSession } from './sign-in.ts'
import { takeAccountTry, tryAccount, wrong } from './staff-account.ts'
import { findActiveStaff } from './store.ts'
import { type Given, verifySecondStep } from './verify-second-step.ts'

export const signInOver = problem('sign-in-over', 401, 'This sign-in took too long')

/** Minutes between the two pages. */
const stepMinutes = 10

/** A sign-in that waits for its second page, in the browser that has the token. */
export interface Waiting {
  token: string
  expiresAt: DateTime
}

/**
 * The first page: address and password. Where real people are served the second page follows whatever they are, so that
 * nobody learns which half was wrong; only who has no second step yet is signed in by them, to set one up and for nothing
 * else. In a sandbox it follows where the address has one, again whatever the password.
 * @throws wrong-sign-in in a sandbox, where no second step is asked
 */
export async function beginSignIn(
  deps: Deps,
  scope: PracticeScope,
  { device, ...credentials }: Omit<StaffCredentials, 'otp'>
): Promise<SignedIn | { waiting: Waiting }> {
  const { account, member, asksForStep } = await tryAccount(deps, scope, credentials)
  if (member && !member.hasSecondStep)
    return deps.db.transaction(tx => startStaffSession(deps, tx, scope, member, { account, device, stepped: false }))
  if (!asksForStep && deps.settings.sandbox) throw wrong()
  const { token, hash } = newToken()
  const now = deps.now()
  const expiresAt = now.plus({ minutes: stepMinutes })
  await insertSignInStep(deps.db, {
    practiceId: scope.practice.id,
    id: newId(),
    tokenHash: hash,
    account,
    personId: member?.person ?? null,
    createdAt: now,
    expiresAt
  })
  return { waiting: { token, expiresAt } }
}

/** What the browser is told to ask of a passkey on the second page. @throws sign-in-over */
export async function askAtSignIn(
  deps: Deps,
  scope: PracticeScope,
  token: string | undefined,
  host: string
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { id } = await waitingFor(deps, scope, token)
  return askForPasskey(deps, scope, id, host)
}

/**
 * The second page: six digits, a recovery code or a passkey. Each try counts as one of the account's.
 * @throws wrong-sign-in whatever was wrong, on either page; sign-in-over
 */
export async function finishSignIn(
  deps: Deps,
  scope: PracticeScope,
  token: string | undefined,
  given: { kind: 'code'; code: string } | Omit<Extract<Given, { kind: 'passkey' }>, 'subject'>,
  device: string | undefined
): Promise<SignedIn> {
  const { id, account, personId } = await waitingFor(deps, scope, token)
  const mayTry = await takeAccountTry(deps, scope, account)
  const person = mayTry ? (personId ?? undefined) : undefined
  const whole = given.kind === 'passkey' ? { ...given, subject: id } : given
  const proof = await verifySecondStep(deps, deps.db, scope, person, whole)
  if (!person || !proof) throw wrong()
  return deps.db.transaction(async tx => {
    const member = await findActiveStaff(tx, scope, person)
    if (!member || !(await useSignInStep(tx, scope, id, deps.now())) || !(await proof(tx))) throw wrong()
    return startStaffSession(deps, tx, scope, member, { account, device, stepped: true })
  })
}

async function waitingFor(deps: Deps, scope: PracticeScope, token: string | undefined) {
  const step = await findSignInStep(deps.db, scope, hashToken(token ?? ''), deps.now())
  if (!step) throw signInOver('Begin again with your address and your password')
  return step
}
