import { randomBytes } from 'node:crypto'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { type AuthenticationResponseJSON, challengeSeconds, held, userVerification, webauthn } from './passkey.ts'
import { findPasskey, putChallenge, takeChallenge, usePasskey } from './passkey-store.ts'
import type { PracticeScope } from './practice.ts'
import { nobody, type Proof } from './prove.ts'
import { relyingParty } from './relying-party.ts'

/**
 * What a browser is told to ask of a passkey. It names none: the same for everybody, known or not, and the browser knows
 * which it has for this host.
 * @param subject what it is asked for: a sign-in, or one that is under way
 */
export async function askForPasskey(
  deps: Deps,
  scope: PracticeScope,
  subject: string,
  host: string
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const challenge = randomBytes(32)
  const expiresAt = deps.now().plus({ seconds: challengeSeconds })
  await putChallenge(deps.db, {
    practiceId: scope.practice.id,
    subjectId: subject,
    purpose: 'prove',
    challenge,
    expiresAt
  })
  const { generateAuthenticationOptions } = await webauthn()
  return generateAuthenticationOptions({
    rpID: relyingParty(deps.settings, host).id,
    challenge: new Uint8Array(challenge),
    timeout: challengeSeconds * 1000,
    userVerification
  })
}

/** A challenge of the subject's, signed by a passkey of the person. It is answered once, whatever the answer. */
export async function provePasskey(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  person: string | undefined,
  { subject, host, response }: { subject: string; host: string; response: AuthenticationResponseJSON }
): Promise<Proof | undefined> {
  const at = deps.now()
  const challenge = await takeChallenge(db, scope, subject, 'prove', at)
  const owner = person ?? nobody
  const known = await findPasskey(db, scope, owner, Buffer.from(response.id, 'base64url'))
  if (!challenge || !known) return undefined
  const { verifyAuthenticationResponse } = await webauthn()
  const { id, origin } = relyingParty(deps.settings, host)
  const answer = await held(deps, () =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge.toString('base64url'),
      expectedOrigin: origin,
      expectedRPID: id,
      credential: {
        id: response.id,
        publicKey: new Uint8Array(known.publicKey),
        counter: known.counter,
        transports: known.transports
      }
    })
  )
  if (!answer?.verified) return undefined
  const { newCounter: counter } = answer.authenticationInfo
  return tx => usePasskey(tx, scope, { person: owner, id: known.id, counter, at })
}
