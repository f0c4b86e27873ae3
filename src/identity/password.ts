import { hash, type Options, verify } from '@node-rs/argon2'

/** argon2id (2 in this library's list) as OWASP's password storage cheat sheet names it: 19 MiB, two passes, one lane. */
export const passwordCost: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * What a password is compared with where there is no account: a hash of random bytes that nobody kept, made at the same
 * cost, so that an unknown address takes as long as a known one.
 */
export const decoy = '$argon2id$v=19$m=19456,t=2,p=1$pFHv9G/X2AF9raPAkQEvDA$HPjaHUOQ1MPBFbRlJfTVqFc+4SFw0+vhjBzp88+Ft8w'

export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), passwordCost)
}

/** Whether the password is right; without a hash the same work is done and the answer is no. */
export async function isRight(password: string, passwordHash: string | undefined): Promise<boolean> {
  const fits = await verify(passwordHash ?? decoy, normal(password))
  return fits && passwordHash !== undefined
}

/** The same password from any keyboard: NIST SP 800-63B asks for one form of each character. */
const normal = (password: string) => password.normalize('NFKC')
