import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { problem } from '../kernel/problem.ts'
import { hashToken } from '../kernel/secrets.ts'
import type { PracticeScope } from './practice.ts'
import type { Session } from './session.ts'
import { findPersonFamily, findStaffFamily, lockSession, markSessionUsed, revokeFamily } from './session-store.ts'
import { addRefreshToken } from './sign-in.ts'

export const sessionOver = problem('session-over', 401, 'This sign-in is over')

/**
 * Exchanges a refresh token for the next one (RFC 9700, 4.14.2). Of two that come at once exactly one is answered. A
 * token that comes a second time was copied: the whole sign-in ends, and an event says so.
 * @throws session-over, in the same words whatever the reason
 */
export async function refreshSession(
  deps: Deps,
  scope: PracticeScope,
  token: string
): Promise<{ session: Session; refreshToken: string }> {
  // The refusal is thrown after the transaction: the end of the sign-in must stand.
  const refreshed = await deps.db.transaction(async tx => {
    const now = deps.now()
    const row = await lockSession(tx, scope, hashToken(token))
    if (!row || row.revokedAt) return undefined
    if (row.usedAt) {
      await revokeFamily(tx, scope, row.family, now)
      await emit(deps, tx, {
        practice: scope.practice.id,
        actor: 'anonymous',
        kind: `${row.kind}.session-reused`,
        subjects: { session: row.family, person: row.personId }
      })
      return undefined
    }
    if (row.expiresAt <= now) return undefined
    const find = row.kind === 'staff' ? findStaffFamily : findPersonFamily
    const family = await find(tx, scope, row.family, now)
    if (!family) return undefined
    await markSessionUsed(tx, scope, row.id, now)
    const { kind, trusted, steppedAt } = row
    const session = { id: row.family, kind, person: family.person, endsAt: family.endsAt, trusted, steppedAt }
    return { session, refreshToken: await addRefreshToken(tx, scope, session, now, row.device) }
  })
  if (!refreshed) throw sessionOver('Sign in again')
  return refreshed
}
