import type { Role } from '../../db/schema/identity.ts'
import type { Deps } from '../kernel/deps.ts'
import { problem } from '../kernel/problem.ts'
import { isRight } from './password.ts'
import { normalisedAddress } from './people.ts'
import type { PracticeScope } from './practice.ts'
import type { Proof } from './prove.ts'
import { countTries, insertTry } from './session-store.ts'
import { findPasswordHash, findStaffByLookup } from './store.ts'

export const wrongSignIn = problem('wrong-sign-in', 401, 'This does not fit')

/** The words of every refused sign-in, whatever was wrong. */
export const wrong = () =>
  wrongSignIn(
    'Check the address, the password and the code where one is asked, or wait a quarter of an hour and try again'
  )

/** The minutes in which an account has its tries (a limit of the settings); then what is right is refused too, in the same words. */
const triesMinutes = 15

/** Who works here, as far as a sign-in needs it. */
export interface Member {
  person: string
  roles: readonly Role[]
  hasSecondStep: boolean
}

/** What an address and a password came to. */
export interface Tried {
  /** Names the account in what is counted, also one that there is not. */
  account: string
  /** Where the password is right, and may be. */
  member: Member | undefined
  /** The address has a second step, whatever the password. */
  asksForStep: boolean
}

/** Looks at an address and a password: the same statements and the same hashing for every address, known or not. */
export async function tryAccount(
  deps: Deps,
  scope: PracticeScope,
  { email, password }: { email: string; password: string }
): Promise<Tried> {
  const lookup = deps.secrets.lookup(scope.practice.id, 'email', normalisedAddress(email))
  const account = lookup.toString('base64url')
  const mayTry = await takeAccountTry(deps, scope, account)
  const row = await findStaffByLookup(deps.db, scope, lookup)
  const fits = await isRight(password, row?.passwordHash)
  const asksForStep = row?.active === true && row.hasSecondStep
  if (!row?.active || !fits || !mayTry) return { account, member: undefined, asksForStep }
  return { account, member: { person: row.personId, roles: row.roles, hasSecondStep: row.hasSecondStep }, asksForStep }
}

/** Takes one of an account's tries. @returns whether it still had one */
export async function takeAccountTry({ db, now, settings }: Deps, scope: PracticeScope, account: string) {
  const at = now()
  // A try is written before tries are counted: of many at once, none is counted too few.
  await insertTry(db, scope, account, at)
  const tries = await countTries(db, scope, account, at.minus({ minutes: triesMinutes }))
  return tries <= settings.limits.signInTries
}

/** The password of somebody who is signed in, once more, before what weakens their sign-in. It has tries of its own. */
export async function provePassword(
  deps: Deps,
  scope: PracticeScope,
  person: string,
  password: string
): Promise<Proof | undefined> {
  const mayTry = await takeAccountTry(deps, scope, `password:${person}`)
  const fits = await isRight(password, await findPasswordHash(deps.db, scope, person))
  return mayTry && fits ? async () => true : undefined
}
