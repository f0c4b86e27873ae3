import { z } from 'zod'

const shape =
  'Send { "email", "password" } and, where a second factor is set up, "otp"; or { "code", "request" }; or { "link" }; nothing else is known here'

/** How staff sign in. An address is not checked for its form: what is no account is refused like a wrong password. */
export const SignInRequest = z
  .strictObject(
    {
      email: z
        .string({ error: 'Give the mail address with which you sign in' })
        .min(1, { error: 'Give the mail address with which you sign in' })
        .max(320, { error: 'A mail address has at most 320 characters' }),
      password: z
        .string({ error: 'Give the password' })
        .min(1, { error: 'Give the password' })
        .max(1000, { error: 'A password has at most 1000 characters' }),
      otp: z
        .string()
        .regex(/^\d{6}$/, { error: 'Give the six digits that your second factor shows' })
        .optional()
        .meta({ description: 'Six digits, where a second factor is set up' })
    },
    { error: shape }
  )
  .meta({ id: 'SignInRequest' })

/** How a person signs in: by the code that was mailed, or by the link in the browser that asked. */
export const CodeSignIn = z
  .strictObject({
    code: z.string().regex(/^\s*(\d\s*){8}$/, { error: 'Give the eight digits that were mailed' }),
    request: z.uuid({ error: 'Give the request that the answer to your question named' }),
    trusted: z.boolean().optional().meta({ description: 'Stay signed in here for thirty days' })
  })
  .meta({ id: 'CodeSignIn' })

export const LinkSignIn = z
  .strictObject({
    link: z.string().min(1, { error: 'Give the secret of the mailed link' }).max(200, { error: 'This is no link' }),
    trusted: z.boolean().optional()
  })
  .meta({ id: 'LinkSignIn' })

export const SessionRequest = z.union([SignInRequest, CodeSignIn, LinkSignIn], { error: shape })
export type SessionRequest = z.infer<typeof SessionRequest>

/** Where a code is to go. The form of the address alone is checked: nothing tells whether somebody has it. */
export const SignInLinkRequest = z
  .strictObject({
    email: z
      .email({ error: 'Give an e-mail address such as name@example.com' })
      .max(254, { error: 'An address has at most 254 characters' })
  })
  .meta({ id: 'SignInLinkRequest' })

export const SignInLinkView = z
  .object({ request: z.uuid().meta({ description: 'Names this question; goes with the code that is mailed' }) })
  .meta({ id: 'SignInLink' })

/** What a person gives after the mailed code, where one is set up: their PIN, or the digits of an authenticator app. */
export const SecondStepRequest = z
  .union(
    [
      z.strictObject({ pin: z.string().max(40) }),
      z.strictObject({ code: z.string().max(40).meta({ description: 'Six digits of an authenticator app' }) })
    ],
    { error: 'Send { "pin" } or { "code" }; nothing else is known here' }
  )
  .meta({ id: 'SecondStepRequest' })

export const RefreshRequest = z
  .strictObject(
    {
      refreshToken: z
        .string({ error: 'Give the refresh token of your last answer' })
        .min(1, { error: 'Give the refresh token of your last answer' })
        .max(200, { error: 'This is no refresh token' })
    },
    { error: 'Send { "refreshToken" }; nothing else is known here' }
  )
  .meta({ id: 'RefreshRequest' })

export const SessionView = z
  .object({
    accessToken: z.string().meta({ description: 'A JWT (RFC 7519) for “Authorization: Bearer …”' }),
    refreshToken: z.string().meta({ description: 'Works once, and ends the sign-in if it is used twice' }),
    expiresIn: z.int().meta({ description: 'Seconds that the access token works' })
  })
  .meta({ id: 'Session' })
