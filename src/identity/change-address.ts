import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { seal } from '../kernel/secrets.ts'
import { notAllowed } from './actor.ts'
import { endTokens, findOwnerOfAddress, replaceAddress } from './address-store.ts'
import { type Asked, askAddress } from './ask-address.ts'
import { checkCode, codeSpent, wrongCode } from './codes.ts'
import { dataKeyOf } from './data-key.ts'
import { queueForMailbox } from './mailbox-store.ts'
import { ownIds } from './own-ids.ts'
import { addPerson, normalisedAddress, readPerson } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { renewPages } from './renew-pages.ts'
import { findAddressRequest, useAddressRequest } from './request-store.ts'
import { revokeOthers } from './session-store.ts'
import { isStaff } from './store.ts'

export const addressTaken = problem('address-taken', 409, 'This address signs somebody in already')

/** Whose address is changed, and by which sign-in of theirs. */
export interface Owner {
  person: string
  session: string
}

/**
 * Mails a code to the address that a person wants. The usual words and the usual mail, whoever has it.
 * @throws not-allowed for who works here
 */
export async function askForAddress(deps: Deps, scope: PracticeScope, owner: Owner, email: string): Promise<Asked> {
  const { person } = owner
  // A mailed code alone must not move the address by which somebody signs in to the console.
  if (await isStaff(deps.db, scope, person)) throw notAllowed('Your address is changed by the practice’s owner')
  return deps.db.transaction(tx => askAddress(deps, tx, scope, { purpose: 'change_address', email, person }))
}

/**
 * Makes the address a person's own whose code they give. Every other sign-in ends, and so does whatever was mailed to the
 * old address or made with it; the old one is told that something changed, and not what.
 * @throws wrong-code, code-spent, address-taken (only whoever reads the mailbox hears it)
 */
export async function changeAddress(
  deps: Deps,
  scope: PracticeScope,
  { person, session }: Owner,
  { request, code }: { request: string; code: string }
): Promise<void> {
  const { db, secrets } = deps
  const asked = await findAddressRequest(db, scope, { id: request }, deps.now())
  if (asked?.personId !== person) throw codeSpent('Ask for a new code')
  const verdict = await checkCode(deps, db, scope, { purpose: 'change_address', subject: request, code })
  if (verdict === 'wrong') throw wrongCode('Look at the newest mail and give its eight digits')
  if (verdict === 'spent') throw codeSpent('Ask for a new code')
  await db.transaction(async tx => {
    const now = deps.now()
    const practice = scope.practice.id
    await queueForMailbox(tx, scope, asked.carrierId)
    const owner = await findOwnerOfAddress(tx, scope, asked.carrierId)
    if (owner && owner !== person) throw addressTaken('Sign in with it, or use another one')
    const before = await readPerson(deps, tx, scope, person)
    const { email } = await readPerson(deps, tx, scope, asked.carrierId)
    const told = await addPerson(deps, tx, scope, { email: before.email, zone: before.zone })
    if (!(await useAddressRequest(tx, scope, asked.id, now, told))) throw codeSpent('Ask for a new code')
    const row = newId()
    const key = await dataKeyOf(deps, tx, scope, person)
    await replaceAddress(tx, scope, {
      practiceId: practice,
      id: row,
      personId: person,
      kind: 'email',
      value: seal(key, { practice, table: 'contact_points', column: 'value', row }, email),
      lookup: secrets.lookup(practice, 'email', normalisedAddress(email)),
      provenAt: now,
      sharedMailbox: false
    })
    await revokeOthers(tx, scope, person, session, now)
    const own = await ownIds(tx, scope, person)
    await endTokens(tx, scope, own, now)
    await renewPages(deps, tx, scope, own)
    await emit(deps, tx, {
      practice,
      actor: `person:${person}`,
      kind: 'person.address-changed',
      subjects: { person, told, request: asked.id }
    })
  })
}
