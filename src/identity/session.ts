import type { DateTime } from 'luxon'
import type { Role } from '../../db/schema/identity.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { hashToken, newToken } from '../kernel/secrets.ts'
import { isRight } from './password.ts'
import { normalisedAddress } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { findFamily, findStaffByLookup, insertSession, lockSession, markSessionUsed, revokeFamily } from './store.ts'

export const wrongSignIn = problem('wrong-sign-in', 401, 'That did not work')
export const sessionOver = problem('session-over', 401, 'You have been signed out')

/** A signed-in sitting of one person; its refresh token works once. */
export interface Session {
  person: string
  family: string
  refreshToken: string
  familyEndsAt: DateTime
}

/** Seconds that an access token, and a page's idle session, live. */
export const accessSeconds = 15 * 60
/** A program may come back this long after its last access token began: one access token, and time to notice that it ended. */
const refreshMinutes = 30
const staffHours = 8

/**
 * Signs staff in. Unknown address, wrong password and ended employment cost the same work and get the same answer.
 * @throws wrong-sign-in
 */
export async function signInStaff(
  deps: Deps,
  scope: PracticeScope,
  { email, password, device }: { email: string; password: string; device?: string | undefined }
): Promise<Session> {
  const lookup = deps.secrets.lookup(scope.practice.id, 'email', normalisedAddress(email))
  const found = await findStaffByLookup(deps.db, scope, lookup)
  const right = await isRight(password, found?.passwordHash)
  if (!right || !found?.active) throw wrongSignIn('The address or the password is not right')
  return deps.db.transaction(async tx => {
    const now = deps.now()
    const session = { person: found.personId, family: newId(), familyEndsAt: now.plus({ hours: staffHours }) }
    const actor = `staff:${found.personId}`
    await record(tx, deps.now, { practice: scope.practice.id, actor, kind: 'signed-in', subjects: [found.personId] })
    return { ...session, refreshToken: await next(deps, tx, scope, session, device) }
  })
}

/**
 * Exchanges a refresh token for the next one. A token that comes a second time was stolen from somebody: the whole
 * sign-in ends, for the thief and for the robbed.
 * @throws session-over
 */
export async function refreshSession(deps: Deps, scope: PracticeScope, refreshToken: string): Promise<Session> {
  const outcome = await deps.db.transaction(async tx => {
    const now = deps.now()
    const row = await lockSession(tx, scope, hashToken(refreshToken))
    if (!row || row.revokedAt || row.expiresAt <= now) return undefined
    const { personId: person, family, familyEndsAt } = row
    if (row.usedAt) {
      await revokeFamily(tx, scope, family, now)
      const actor = `staff:${person}`
      await record(tx, deps.now, { practice: scope.practice.id, actor, kind: 'refresh-token-reused', subjects: [person] })
      deps.log.warn({ person, family }, 'A refresh token came twice: the sign-in was ended')
      return undefined
    }
    await markSessionUsed(tx, scope, row.id, now)
    if (!(await findFamily(tx, scope, family, now))) return undefined
    const session = { person, family, familyEndsAt }
    return { ...session, refreshToken: await next(deps, tx, scope, session, row.device ?? undefined) }
  })
  if (!outcome) throw sessionOver('Sign in again')
  return outcome
}

/** Ends a sign-in everywhere it was carried to. */
export async function endSession({ db, now }: Deps, scope: PracticeScope, family: string): Promise<void> {
  await revokeFamily(db, scope, family, now())
}

/** The roles of a sign-in that still lives, or undefined. Asked of every request: a sign-out counts at once. */
export async function liveSession(
  { db, now }: Deps,
  scope: PracticeScope,
  family: string
): Promise<{ person: string; roles: readonly Role[] } | undefined> {
  const row = await findFamily(db, scope, family, now())
  return row && { person: row.personId, roles: row.roles }
}

async function next(
  { now }: Deps,
  tx: Transaction,
  { practice }: PracticeScope,
  { person, family, familyEndsAt }: Omit<Session, 'refreshToken'>,
  device: string | undefined
): Promise<string> {
  const { token, hash } = newToken()
  const until = now().plus({ minutes: refreshMinutes })
  await insertSession(tx, {
    practiceId: practice.id,
    id: newId(),
    personId: person,
    family,
    kind: 'staff',
    refreshHash: hash,
    createdAt: now(),
    expiresAt: until < familyEndsAt ? until : familyEndsAt,
    familyEndsAt,
    device: device?.slice(0, 200) ?? null
  })
  return token
}
