import type { DateTime } from 'luxon'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { hashToken, newToken, seal, unseal } from '../kernel/secrets.ts'
import { codeMinutes, issueCode } from './codes.ts'
import { dataKeyOf } from './data-key.ts'
import { addPerson } from './people.ts'
import type { PracticeScope } from './practice.ts'
import type { AddressRequest } from './request-store.ts'
import { insertAddressRequest } from './request-store.ts'

/** What whoever asked for a code keeps. */
export interface Asked {
  /** Names the request, with the code. */
  request: string
  /** Proves the browser that asked, with the link. */
  browser: string
  expiresAt: DateTime
}

export interface AskFor {
  purpose: AddressRequest['purpose']
  email: string
  /** Who wants the address for their own. */
  person?: string
  /** The proof that this browser keeps already, of an earlier request. */
  browser?: string | undefined
}

/**
 * Mails a code and a link to an address, whoever it belongs to: nobody is looked up. The address is carried by a new
 * unproven person; whether somebody has it is asked only of whoever gives the code. Beyond the mailbox's limits nothing is
 * sent, and nothing is said.
 */
export async function askAddress(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { purpose, email, person, browser = newToken().token }: AskFor
): Promise<Asked> {
  const { practice } = scope
  const now = deps.now()
  const [id, link] = [newId(), newToken()]
  const expiresAt = now.plus({ minutes: codeMinutes })
  const carrierId = await addPerson(deps, tx, scope, { email, zone: practice.zone })
  const key = await dataKeyOf(deps, tx, scope, carrierId)
  await insertAddressRequest(tx, {
    practiceId: practice.id,
    id,
    purpose,
    carrierId,
    personId: person ?? null,
    browserHash: hashToken(browser),
    link: seal(key, spot(scope, id), link.token),
    linkHash: link.hash,
    createdAt: now,
    expiresAt
  })
  const code = await issueCode(deps, tx, scope, { purpose, person: carrierId, subject: id })
  if (code)
    await emit(deps, tx, {
      practice: practice.id,
      actor: person ? `person:${person}` : 'anonymous',
      kind: `address.${purpose}-asked`,
      subjects: { request: id, code }
    })
  return { request: id, browser, expiresAt }
}

/** The link's secret, for its mail. */
export async function linkOf(
  deps: Pick<Deps, 'secrets' | 'db'>,
  scope: PracticeScope,
  { id, carrierId, link }: AddressRequest
): Promise<string> {
  return unseal(await dataKeyOf(deps, deps.db, scope, carrierId), spot(scope, id), link)
}

const spot = ({ practice }: PracticeScope, row: string) => ({
  practice: practice.id,
  table: 'address_requests',
  column: 'link',
  row
})
