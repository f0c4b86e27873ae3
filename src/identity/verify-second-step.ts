import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { AuthenticationResponseJSON } from './passkey.ts'
import type { PracticeScope } from './practice.ts'
import { type Proof, provePin, proveRecovery, proveTotp } from './prove.ts'
import { provePasskey } from './prove-passkey.ts'

/** What somebody gives as their second step. */
export type Given =
  | { kind: 'pin'; pin: string }
  /** Six digits of an authenticator app, or a recovery code. */
  | { kind: 'code'; code: string }
  /** `subject`: what `askForPasskey` was asked for; `host`: the host that was asked. */
  | { kind: 'passkey'; subject: string; host: string; response: AuthenticationResponseJSON }

/**
 * Looks at what was given, and counts the try whatever it is.
 * @param db the pool, or a transaction that is committed whatever the answer
 * @param person nobody, where the same is to be done for somebody unknown
 * @returns the proof, to be used up in the transaction of what it opens; undefined where it does not fit, or rests
 */
export async function verifySecondStep(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  person: string | undefined,
  given: Given
): Promise<Proof | undefined> {
  if (given.kind === 'passkey') return provePasskey(deps, db, scope, person, given)
  if (given.kind === 'pin') return provePin(deps, db, scope, person, given.pin.replace(/\s/g, ''))
  const digits = given.code.replace(/\s/g, '')
  if (/^\d{6}$/.test(digits)) return proveTotp(deps, db, scope, person, digits)
  return proveRecovery(deps, db, scope, person, given.code)
}
