import { z } from 'zod'

export const SignIn = z.strictObject(
  {
    email: z.string().min(3).max(254),
    password: z.string().min(1).max(1000),
    otp: z.string().max(10).optional()
  },
  { error: issue => (issue.code === 'unrecognized_keys' ? 'Give { email, password }, and otp where one is asked' : undefined) }
)

export const Refresh = z.strictObject({ refreshToken: z.string().length(43, { error: 'Give the refresh token as it was answered' }) })

export const TokensView = z
  .object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.int() })
  .meta({ id: 'Tokens' })
