import { dataKeyOf } from '../identity/data-key.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { notFound } from '../kernel/problem.ts'
import { hashToken, newToken, seal, unseal } from '../kernel/secrets.ts'
import { findLinkedBooking, findSealedLink, insertAcceptanceLink } from './acceptance-store.ts'

/**
 * Makes the address of a page on which the other answers. Who booked gives it to them: we write to nobody who has not
 * given us an address themselves.
 */
export async function makeLink(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  bookingId: string,
  bookerId: string
): Promise<string> {
  const { token, hash } = newToken()
  const url = `${linkBase(deps.settings, scope.practice)}/a/${token}`
  const key = await dataKeyOf(deps, tx, scope, bookerId)
  const link = seal(key, spot(scope, bookingId), url)
  await insertAcceptanceLink(tx, { practiceId: scope.practice.id, bookingId, tokenHash: hash, link })
  return url
}

/** The address again, for who booked; undefined where the other needs none, or was not asked. */
export async function readLink(
  deps: Pick<Deps, 'secrets'>,
  db: Executor,
  scope: PracticeScope,
  { id, bookerId }: { id: string; bookerId: string }
): Promise<string | undefined> {
  const sealed = await findSealedLink(db, scope, id)
  return sealed && unseal(await dataKeyOf(deps, db, scope, bookerId), spot(scope, id), sealed)
}

/** The booking that a link is about. @throws not-found where it is not whole or never was */
export async function openAcceptanceLink(
  { db }: Pick<Deps, 'db'>,
  scope: PracticeScope,
  token: string
): Promise<string> {
  const id = token.length === 43 ? await findLinkedBooking(db, scope, hashToken(token)) : undefined
  if (!id) throw notFound('There is no such page')
  return id
}

const spot = ({ practice }: PracticeScope, row: string) => ({
  practice: practice.id,
  table: 'acceptance_links',
  column: 'link',
  row
})
