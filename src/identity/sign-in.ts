import type { DateTime } from 'luxon'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { newToken } from '../kernel/secrets.ts'
import { isRight } from './password.ts'
import { normalisedAddress } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { lifetimeOf, refreshMinutes, type Session, type StaffSession, until } from './session.ts'
import { countTries, insertSession, insertTry, signedIn } from './session-store.ts'
import { findStaffByLookup } from './store.ts'

export const wrongSignIn = problem('wrong-sign-in', 401, 'This address and password do not fit')

/** The minutes in which an account has its tries (a limit of the settings); then the right password is refused too, in the same words. */
const triesMinutes = 15

export interface StaffCredentials {
  email: string
  password: string
  /** What the browser or program calls itself, for the list of one's own sign-ins. */
  device?: string | undefined
}

/**
 * Signs a staff member in. An unknown address, a wrong password, somebody who left, one who has a second factor that is
 * not asked yet and one try too many are answered alike, after the same statements and the same hashing.
 * @returns the sign-in and its first refresh token, which the pages have no use for
 * @throws wrong-sign-in
 */
export async function signInStaff(
  deps: Deps,
  scope: PracticeScope,
  { email, password, device }: StaffCredentials
): Promise<{ session: StaffSession; refreshToken: string }> {
  const { db, secrets, settings } = deps
  const now = deps.now()
  const lookup = secrets.lookup(scope.practice.id, 'email', normalisedAddress(email))
  const account = lookup.toString('base64url')
  // A try is written before tries are counted: of many at once, none is counted too few.
  await insertTry(db, scope, account, now)
  const tries = await countTries(db, scope, account, now.minus({ minutes: triesMinutes }))
  const member = await findStaffByLookup(db, scope, lookup)
  const fits = await isRight(password, member?.passwordHash)
  if (!member?.active || !fits || member.secondFactor !== null || tries > settings.limits.signInTries)
    throw wrongSignIn('Check the address and the password, or wait a quarter of an hour and try again')
  return db.transaction(async tx => {
    const manner = { kind: 'staff', trusted: false } as const
    const session = {
      ...manner,
      id: newId(),
      person: member.personId,
      roles: member.roles,
      steppedAt: null,
      endsAt: now.plus({ minutes: lifetimeOf(manner).most })
    }
    const refreshToken = await addRefreshToken(tx, scope, session, now, device)
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: `staff:${session.person}`,
      kind: signedIn,
      subjects: { session: session.id, person: session.person, account }
    })
    return { session, refreshToken }
  })
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
