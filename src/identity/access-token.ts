import type { JWT } from '@fastify/jwt'
import type { DateTime } from 'luxon'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { instantOf } from '../kernel/time.ts'
import type { PracticeScope } from './practice.ts'
import { accessMinutes, type Session, type SessionKind, until } from './session.ts'

/** What signing and reading tokens needs of `Deps`. */
export type TokenDeps = Pick<Deps, 'now' | 'settings'>

/** What an access token says (RFC 7519): whose, of which sign-in, since when. */
export interface AccessToken {
  kind: SessionKind
  person: string
  session: string
  issuedAt: DateTime
}

const Claims = z.object({
  kind: z.enum(['staff', 'person']),
  sub: z.uuid(),
  sid: z.uuid(),
  jti: z.uuid(),
  iat: z.int().positive(),
  exp: z.int().positive()
})

/** Signs an access token of a sign-in for its practice alone. @param minutes how long it works without being renewed */
export function signAccess(
  jwt: JWT,
  { now, settings }: TokenDeps,
  { practice }: PracticeScope,
  { id, person, kind, endsAt }: Session,
  minutes: number = accessMinutes
): { token: string; expiresAt: DateTime } {
  const at = now()
  const expiresAt = until(at, minutes, endsAt)
  const [iat, exp] = [at, expiresAt].map(time => Math.floor(time.toSeconds()))
  const claims = {
    iss: settings.publicUrl,
    aud: practice.id,
    sub: person,
    jti: newId(),
    kind,
    sid: id,
    iat,
    exp
  }
  return { token: jwt.sign(claims), expiresAt }
}

/** What a token says, or undefined where it is malformed, over, signed by somebody else or meant for another practice. */
export function readAccess(
  jwt: JWT,
  { now, settings }: TokenDeps,
  { practice }: PracticeScope,
  token: string
): AccessToken | undefined {
  const claims = Claims.safeParse(
    verified(() =>
      jwt.verify(token, {
        algorithms: ['HS256'],
        allowedIss: settings.publicUrl,
        allowedAud: practice.id,
        requiredClaims: ['iss', 'aud', 'sub', 'jti', 'iat', 'exp'],
        clockTimestamp: now().toMillis()
      })
    )
  )
  if (!claims.success) return undefined
  const { kind, sub, sid, iat, exp } = claims.data
  // RFC 7519, 4.1.4: not on that moment either, which the library still takes.
  if (exp * 1000 <= now().toMillis()) return undefined
  return { kind, person: sub, session: sid, issuedAt: instantOf(iat * 1000) }
}

/** A token that does not hold is an answer, not a fault; anything else that goes wrong is. */
function verified(verify: () => unknown): unknown {
  try {
    return verify()
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('FAST_JWT_')) return undefined
    throw error
  }
}
