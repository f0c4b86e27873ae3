import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { hashToken } from '../kernel/secrets.ts'
import { findOwnerOfAddress, provePerson } from './address-store.ts'
import { type Asked, askAddress } from './ask-address.ts'
import { checkCode, codeSpent, wrongCode } from './codes.ts'
import { queueForMailbox } from './mailbox-store.ts'
import { isStepAsked } from './pass-second-step.ts'
import type { PracticeScope } from './practice.ts'
import { type AddressRequest, findAddressRequest, useAddressRequest } from './request-store.ts'
import { lifetimeOf, type Session } from './session.ts'
import { addRefreshToken } from './sign-in.ts'
import { allowContact } from './store.ts'

export const linkElsewhere = problem('link-elsewhere', 409, 'This link works only in the browser that asked for it')

/** How a person signs in: what the browser calls itself, and whether they chose to stay signed in on it. */
export interface Manner {
  device?: string | undefined
  trusted?: boolean | undefined
}

interface SignedIn {
  session: Session
  refreshToken: string
  /** Nobody had proven the address before: they are somebody from now on. */
  isNew: boolean
}

/** Mails a code and a link to sign in with. The same for every address: nobody is looked up. */
export async function askToSignIn(
  deps: Deps,
  scope: PracticeScope,
  email: string,
  browser?: string | undefined
): Promise<Asked> {
  return deps.db.transaction(tx => askAddress(deps, tx, scope, { purpose: 'sign_in', email, browser }))
}

/**
 * Signs in by the mailed code.
 * @param browser what this browser kept; a page's form names it, so that nobody is signed in by another's page
 * @throws wrong-code, code-spent (also where there is no such request)
 */
export async function signInByCode(
  deps: Deps,
  scope: PracticeScope,
  { code, request, browser, ...manner }: Manner & { code: string; request: string; browser?: string | undefined }
): Promise<SignedIn> {
  if (browser !== undefined && !(await findAskedFor(deps, scope, request, browser)))
    throw codeSpent('Ask for a new code')
  const verdict = await checkCode(deps, deps.db, scope, { purpose: 'sign_in', subject: request, code })
  if (verdict === 'wrong') throw wrongCode('Look at the newest mail and give its eight digits')
  const asked = verdict === 'right' && (await findAddressRequest(deps.db, scope, { id: request }, deps.now()))
  if (!asked) throw codeSpent('Ask for a new code')
  return signIn(deps, scope, asked, manner)
}

/**
 * Signs in by the mailed link, in the browser that asked alone: whoever was slipped another's link signs in as nobody.
 * @throws link-elsewhere, the same where the link is used, over or unknown
 */
export async function signInByLink(
  deps: Deps,
  scope: PracticeScope,
  { link, browser, ...manner }: Manner & { link: string; browser: string | undefined }
): Promise<SignedIn> {
  const asked = await findAskedHere(deps, scope, link, browser)
  if (!asked) throw linkElsewhere('Enter the code in the browser where you asked, or ask for a new one')
  await allowContact(deps.db, scope, asked.carrierId)
  return signIn(deps, scope, asked, manner)
}

/** The request of a link, where this is the browser that asked. It uses nothing up. */
export async function findAskedHere(
  { db, now }: Deps,
  scope: PracticeScope,
  link: string,
  browser: string | undefined
): Promise<AddressRequest | undefined> {
  const asked = await findAddressRequest(db, scope, { linkHash: hashToken(link) }, now())
  const isHere = browser !== undefined && asked?.browserHash.equals(hashToken(browser))
  return isHere && asked?.purpose === 'sign_in' ? asked : undefined
}

/** A request to sign in, where this is the browser that asked. It uses nothing up. */
export async function findAskedFor(
  { db, now }: Deps,
  scope: PracticeScope,
  request: string,
  browser: string
): Promise<AddressRequest | undefined> {
  const asked = await findAddressRequest(db, scope, { id: request }, now())
  return asked?.purpose === 'sign_in' && asked.browserHash.equals(hashToken(browser)) ? asked : undefined
}

/** The address's own person, or the one who carried it: proven from now on. */
async function signIn(
  deps: Deps,
  scope: PracticeScope,
  { id, carrierId }: AddressRequest,
  { device, trusted = false }: Manner
): Promise<SignedIn> {
  return deps.db.transaction(async tx => {
    const now = deps.now()
    // Of two who prove the same address at once, the second finds the first.
    await queueForMailbox(tx, scope, carrierId)
    if (!(await useAddressRequest(tx, scope, id, now))) throw codeSpent('Ask for a new code')
    const owner = await findOwnerOfAddress(tx, scope, carrierId)
    const person = owner ?? (await become(deps, tx, scope, carrierId))
    const manner = { kind: 'person', trusted } as const
    const session = {
      ...manner,
      id: newId(),
      person,
      steppedAt: (await isStepAsked(tx, scope, person)) ? null : now,
      endsAt: now.plus({ minutes: lifetimeOf(manner).most })
    }
    const refreshToken = await addRefreshToken(tx, scope, session, now, device)
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: `person:${person}`,
      kind: 'person.signed-in',
      subjects: { session: session.id, person }
    })
    return { session, refreshToken, isNew: owner === undefined }
  })
}

async function become(deps: Deps, tx: Transaction, scope: PracticeScope, carrier: string): Promise<string> {
  await provePerson(tx, scope, carrier, deps.now())
  await emit(deps, tx, {
    practice: scope.practice.id,
    actor: `person:${carrier}`,
    kind: 'person.proven',
    subjects: { person: carrier }
  })
  return carrier
}
