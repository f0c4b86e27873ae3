import type { DateTime } from 'luxon'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { newToken } from '../kernel/secrets.ts'
import type { PracticeScope } from './practice.ts'
import { proveTotp } from './prove.ts'
import { stepNeeded } from './second-step.ts'
import { lifetimeOf, refreshMinutes, type Session, type StaffSession, until } from './session.ts'
import { insertSession, signedIn } from './session-store.ts'
import { type Member, tryAccount, wrong } from './staff-account.ts'

export interface StaffCredentials {
  email: string
  password: string
  /** Six digits of an authenticator app, where one is set up. */
  otp?: string | undefined
  /** What the browser or program calls itself, for the list of one's own sign-ins. */
  device?: string | undefined
}

export interface SignedIn {
  session: StaffSession
  refreshToken: string
}

/**
 * Signs a staff member in, as programs do: all at once. An unknown address, a wrong password, somebody who left, a code that
 * is wrong or missing and one try too many are answered alike, after the same statements and the same hashing.
 * @returns the sign-in and its first refresh token
 * @throws wrong-sign-in; step-needed where real people are served and no second step is set up yet
 */
export async function signInStaff(
  deps: Deps,
  scope: PracticeScope,
  { otp, device, ...credentials }: StaffCredentials
): Promise<SignedIn> {
  const { account, member } = await tryAccount(deps, scope, credentials)
  const proof = otp === undefined ? undefined : await proveTotp(deps, deps.db, scope, member?.person, otp)
  if (!member || (member.hasSecondStep && !proof)) throw wrong()
  if (!member.hasSecondStep && !deps.settings.sandbox)
    throw stepNeeded('Sign in to the console first, and set up a second step there')
  return deps.db.transaction(async tx => {
    if (proof && !(await proof(tx))) throw wrong()
    return startStaffSession(deps, tx, scope, member, { account, device, stepped: proof !== undefined })
  })
}

/** Begins a staff member's sign-in, and forgets the account's tries. */
export async function startStaffSession(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { person, roles }: Pick<Member, 'person' | 'roles'>,
  { account, device, stepped }: { account: string; device: string | undefined; stepped: boolean }
): Promise<SignedIn> {
  const now = deps.now()
  const manner = { kind: 'staff', trusted: false } as const
  const endsAt = now.plus({ minutes: lifetimeOf(manner).most })
  const session = { ...manner, id: newId(), person, roles, steppedAt: stepped ? now : null, endsAt }
  const refreshToken = await addRefreshToken(tx, scope, session, now, device)
  await emit(deps, tx, {
    practice: scope.practice.id,
    actor: `staff:${person}`,
    kind: signedIn,
    subjects: { session: session.id, person, account }
  })
  return { session, refreshToken }
}

/** The next refresh token of a sign-in; only its hash is kept. @returns the token, shown once */
export async function addRefreshToken(
  tx: Transaction,
  { practice }: PracticeScope,
  session: Session,
  now: DateTime,
  device: string | null | undefined
): Promise<string> {
  const { id, person, kind, trusted, steppedAt, endsAt } = session
  const { token, hash } = newToken()
  await insertSession(tx, {
    practiceId: practice.id,
    id: newId(),
    personId: person,
    family: id,
    kind,
    trusted,
    steppedAt,
    refreshHash: hash,
    createdAt: now,
    expiresAt: until(now, refreshMinutes(session), endsAt),
    familyEndsAt: endsAt,
    device: device?.slice(0, 200) ?? null
  })
  return token
}
