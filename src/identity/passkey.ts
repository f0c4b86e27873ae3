import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'

/** Loaded with the first passkey: what it brings to read attestations with is not needed to start. */
export const webauthn = () => import('@simplewebauthn/server')

/** Seconds that a challenge may be answered. */
export const challengeSeconds = 300

/** Who holds it was known to the device: by a fingerprint, a face or its own PIN. Else whoever finds it could use it. */
export const userVerification = 'required' as const

const Base64 = z.base64url().max(8000)
const common = {
  id: Base64,
  rawId: Base64,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).transform(() => ({})),
  authenticatorAttachment: z
    .enum(['platform', 'cross-platform'])
    .nullish()
    .transform(value => value ?? undefined)
}

/** What a browser answers when it has made a passkey (PublicKeyCredential.toJSON), as the text of a form's field. */
export const MadePasskey = fromText(
  z.object({
    ...common,
    response: z.object({
      clientDataJSON: Base64,
      attestationObject: Base64,
      transports: z.array(z.string().max(20)).max(8).optional()
    })
  })
)

/** And when one has signed a challenge. */
export const SignedByPasskey = fromText(
  z.object({
    ...common,
    response: z.object({
      clientDataJSON: Base64,
      authenticatorData: Base64,
      signature: Base64,
      userHandle: Base64.nullish().transform(value => value ?? undefined)
    })
  })
)

/**
 * What does not hold is an answer, not a fault of ours: the library throws plain errors for all that a browser may have sent
 * wrong. They are written down, so that one of ours would be found.
 */
export async function held<T>({ log }: Pick<Deps, 'log'>, verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify()
  } catch (err) {
    log.warn({ err }, 'A passkey’s answer does not hold')
    return undefined
  }
}

export type { AuthenticationResponseJSON, RegistrationResponseJSON }

function fromText<T extends z.ZodType>(shape: T) {
  return z
    .string()
    .max(16_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.issues.push({ code: 'custom', message: 'This is no answer of a passkey', input: text })
        return z.NEVER
      }
    })
    .pipe(shape)
}
