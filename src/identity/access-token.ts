import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { newId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/time.ts'
import type { PracticeScope } from './practice.ts'
import { accessSeconds } from './session.ts'

const issuer = 'tandem'

const Claims = z.object({ sub: z.uuid(), sid: z.uuid(), kind: z.literal('staff'), iat: z.number() })
export type Claims = z.infer<typeof Claims>

/** A JWT of 15 minutes for this practice alone: RFC 7519, HS256. Times come from the clock that main.ts made. */
export function signAccess(
  app: FastifyInstance,
  now: Clock,
  { practice }: PracticeScope,
  { person, family }: { person: string; family: string }
): string {
  const iat = Math.floor(now().toSeconds())
  return app.jwt.sign({
    iss: issuer,
    aud: practice.id,
    sub: person,
    sid: family,
    jti: newId(),
    kind: 'staff',
    iat,
    exp: iat + accessSeconds
  })
}

/** What a JWT claims, if it is ours, for this practice and of this hour; else undefined. */
export function verifyAccess(
  app: FastifyInstance,
  now: Clock,
  { practice }: PracticeScope,
  token: string
): Claims | undefined {
  try {
    const clockTimestamp = now().toMillis()
    return Claims.parse(app.jwt.verify(token, { allowedIss: issuer, allowedAud: practice.id, clockTimestamp }))
  } catch {
    // Whatever is wrong with it, it opens nothing; the route says whether something was needed.
    return undefined
  }
}
