import { randomBytes } from 'node:crypto'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { seal } from '../kernel/secrets.ts'
import { addSecondStep } from './add-second-step.ts'
import { dataKeyOf } from './data-key.ts'
import { challengeSeconds, held, type RegistrationResponseJSON, userVerification, webauthn } from './passkey.ts'
import { insertPasskey, putChallenge, takeChallenge } from './passkey-store.ts'
import { readPerson } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { passkeySpot } from './read-second-steps.ts'
import { relyingParty } from './relying-party.ts'
import { type StepOwner, wrongSecondStep } from './second-step.ts'
import { listSecondSteps } from './step-store.ts'

/**
 * What a browser is told to make a passkey by. Whoever uses the same device sees what it is called there: the office, and
 * for a client nothing more.
 */
export async function beginPasskey(
  deps: Deps,
  scope: PracticeScope,
  owner: StepOwner,
  host: string
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { practice } = scope
  const challenge = randomBytes(32)
  const expiresAt = deps.now().plus({ seconds: challengeSeconds })
  const subject = { practiceId: practice.id, subjectId: owner.session, purpose: 'register' as const }
  await putChallenge(deps.db, { ...subject, challenge, expiresAt })
  const { passkeys } = await listSecondSteps(deps.db, scope, owner.person)
  const userName =
    owner.kind === 'staff' ? (await readPerson(deps, deps.db, scope, owner.person)).email : 'Appointments'
  const { generateRegistrationOptions } = await webauthn()
  return generateRegistrationOptions({
    rpName: practice.discreetName,
    rpID: relyingParty(deps.settings, host).id,
    userName,
    userDisplayName: userName,
    userID: new Uint8Array(Buffer.from(owner.person.replaceAll('-', ''), 'hex')),
    challenge: new Uint8Array(challenge),
    timeout: challengeSeconds * 1000,
    attestationType: 'none',
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: credentialId.toString('base64url'),
      transports
    })),
    // The sign-in names no passkey, so each must be found without.
    authenticatorSelection: { residentKey: 'required', userVerification }
  })
}

/**
 * Keeps the passkey that was made.
 * @returns recovery codes, where it is the first second step
 * @throws wrong-second-step where what the browser answered does not hold, or came too late
 */
export async function addPasskey(
  deps: Deps,
  scope: PracticeScope,
  owner: StepOwner,
  { host, response, name }: { host: string; response: RegistrationResponseJSON; name: string }
): Promise<string[]> {
  const at = deps.now()
  const challenge = await takeChallenge(deps.db, scope, owner.session, 'register', at)
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(deps.settings, host)
  const { verifyRegistrationResponse } = await webauthn()
  if (!challenge) throw wrongSecondStep('It took too long. Try once more')
  const expectedChallenge = challenge.toString('base64url')
  const made = await held(deps, () =>
    verifyRegistrationResponse({ response, expectedChallenge, expectedOrigin, expectedRPID })
  )
  if (!made?.verified) throw wrongSecondStep('The device’s answer did not hold. Try once more')
  const { id: credentialId, publicKey, counter, transports = [] } = made.registrationInfo.credential
  const id = newId()
  const dataKey = await dataKeyOf(deps, deps.db, scope, owner.person)
  return addSecondStep(deps, scope, owner, tx =>
    insertPasskey(tx, {
      practiceId: scope.practice.id,
      id,
      personId: owner.person,
      credentialId: Buffer.from(credentialId, 'base64url'),
      publicKey: Buffer.from(publicKey),
      counter,
      transports,
      name: seal(dataKey, passkeySpot(scope, id), name),
      createdAt: at
    })
  )
}
