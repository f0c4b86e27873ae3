import { newClient } from '../clients/new-client.ts'
import { findClientOf } from '../clients/store.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { dataKeyOf } from '../identity/data-key.ts'
import { newPerson, normalisedAddress } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { saveName } from '../identity/preferences.ts'
import { linkBase } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { writeRows } from '../kernel/rows.ts'
import { newToken, seal, unseal } from '../kernel/secrets.ts'
import { listBlocks } from './block-store.ts'
import { bookerOf } from './booker.ts'
import { isOffered, noSuchEdition } from './edition.ts'
import { viewBlocks } from './edition-schema.ts'
import { listSeatBookings, lockEdition } from './edition-store.ts'
import type { WaitlistRequest } from './waitlist-schema.ts'
import { type Entry, entryRows, findEnds, findEntry, isInLine } from './waitlist-store.ts'

/**
 * A place at the end of the line for an edition, for whoever is signed in or for somebody new. Whoever has a seat or a place
 * in line already keeps what they have, and is told the same: nothing tells whether an address is known.
 * @param id the entry's: one that is there already was made by an earlier run of the same request
 * @throws no-such-edition where nobody can come to it any more, or it is not public
 */
export async function joinWaitlist(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { edition: editionId, person }: WaitlistRequest,
  id = newId()
): Promise<void> {
  const { db, now, secrets, settings } = deps
  const booker = await bookerOf(deps, scope, actor, person)
  await db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, editionId)
    const ahead = edition && viewBlocks(await listBlocks(tx, scope, [editionId])).start > now()
    if (!edition?.public || !isOffered(edition) || !ahead)
      throw noSuchEdition(
        'These dates are not offered any more: GET /api/session-types/:slug/editions lists those that are'
      )
    if (await findEntry(tx, scope, id)) return
    const known = booker.own.length > 0 ? await findClientOf(tx, scope, booker.own, 'couple') : undefined
    const lookup = secrets.lookup(scope.practice.id, 'email', normalisedAddress(booker.email))
    const comes = (await listSeatBookings(tx, scope, editionId)).some(({ clientId }) => clientId === known)
    if (comes || (await isInLine(tx, scope, editionId, { client: known, lookup }))) return
    const clientId = known ?? newId()
    const at = now()
    const rows = [
      ...(booker.given ? newPerson(deps, scope, booker.given, booker.id) : []),
      ...(known ? [] : newClient(scope, clientId, 'couple', booker.id, at))
    ]
    await writeRows(tx, rows)
    if (booker.name) await saveName(deps, tx, scope, booker.id, booker.name)
    const { token, hash } = newToken()
    const url = `${linkBase(settings, scope.practice)}/w/${token}`
    const { last } = await findEnds(tx, scope, editionId)
    await writeRows(
      tx,
      entryRows({
        practiceId: scope.practice.id,
        id,
        editionId,
        clientId,
        personId: booker.id,
        position: last + 1,
        state: 'waiting',
        createdAt: at,
        tokenHash: hash,
        link: seal(await dataKeyOf(deps, tx, scope, booker.id), spot(scope, id), url)
      })
    )
    const subjects = { entry: id, edition: editionId }
    await emit(deps, tx, { practice: scope.practice.id, actor: actorName(actor), kind: 'waitlist.joined', subjects })
  })
}

/** The address of the page on which somebody in line looks, accepts and leaves: for their own mails. */
export async function lineLink(
  deps: Pick<Deps, 'secrets' | 'db'>,
  scope: PracticeScope,
  entry: Entry
): Promise<string> {
  return unseal(await dataKeyOf(deps, deps.db, scope, entry.personId), spot(scope, entry.id), entry.link)
}

const spot = ({ practice }: PracticeScope, row: string) => ({
  practice: practice.id,
  table: 'waitlist_entries',
  column: 'link',
  row
})
