import { z } from 'zod'

const shape = 'Send { "email", "password" } and, where a second factor is set up, "otp"; nothing else is known here'

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
