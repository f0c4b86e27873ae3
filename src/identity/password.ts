import { hashSync, type Options, verify } from '@node-rs/argon2'

/** argon2id (2 in this library’s list) as OWASP's password storage cheat sheet names it: 19 MiB, two passes, one lane. */
export const passwordCost: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What an unknown address is compared with, so that it costs the same time as a known one. No password fits it. */
const decoy = hashSync('no password has this', passwordCost)

/** Whether the password is right; without a hash the same work is done and the answer is no. */
export async function isRight(password: string, passwordHash: string | undefined): Promise<boolean> {
  const fits = await verify(passwordHash ?? decoy, password)
  return fits && passwordHash !== undefined
}
