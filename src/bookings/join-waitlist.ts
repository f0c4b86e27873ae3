import { newClient } from '../clients/new-client.ts'
import { findClientOf } from '../clients/store.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { dataKeyOf } from '../identity/data-key.ts'
import { queueForMailbox } from '../identity/mailbox-store.ts'
import { newPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { saveName } from '../identity/preferences.ts'
import { linkBase } from '../identity/scope.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { writeRows } from '../kernel/rows.ts'
import { newToken, seal, unseal } from '../kernel/secrets.ts'
import { listBlocks } from './block-store.ts'
import { bookerOf } from './booker.ts'
import { isOffered, noSuchEdition } from './edition.ts'
import { viewBlocks } from './edition-schema.ts'
import { lockEdition } from './edition-store.ts'
import { countAsked } from './mailbox-store.ts'
import { keepNotMeet } from './not-meet.ts'
import type { WaitlistRequest } from './waitlist-schema.ts'
import { type Entry, entryRows, findEnds, findEntry } from './waitlist-store.ts'
import { type There, whereThere } from './where-there.ts'

/**
 * A place at the end of the line for an edition. Of whoever is signed in it counts at once, where they have neither a seat
 * nor a place yet; where they have, what else they wrote is kept beside it. Of everybody else the address is only typed: a
 * new, unproven person waits with it, nobody is looked up, and the place counts from when the mailbox's reader has said that
 * it was they. So known and unknown addresses are one to us.
 * @param id the entry's: one that is there already was made by an earlier run of the same request
 * @throws no-such-edition where nobody can come to it any more, or it is not public
 */
export async function joinWaitlist(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { edition: editionId, person, notMeet: words }: WaitlistRequest,
  id = newId()
): Promise<There['has'] | undefined> {
  const { db, now, settings } = deps
  const booker = await bookerOf(deps, scope, actor, person)
  return db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, editionId)
    const ahead = edition && viewBlocks(await listBlocks(tx, scope, [editionId])).start > now()
    if (!edition?.public || !isOffered(edition) || !ahead)
      throw noSuchEdition(
        'These dates are not offered any more: GET /api/session-types/:slug/editions lists those that are'
      )
    if (await findEntry(tx, scope, id)) return undefined
    const isSignedIn = booker.own.length > 0
    const known = isSignedIn ? await findClientOf(tx, scope, booker.own, 'couple') : undefined
    const who = { client: known, person: booker.id, own: booker.own }
    const there = isSignedIn ? await whereThere(tx, scope, editionId, who) : undefined
    if (there) {
      await keepNotMeet(deps, tx, scope, { id, editionId, clientId: there.clientId, personId: booker.id, words })
      return there.has
    }
    const clientId = known ?? newId()
    const at = now()
    await writeRows(tx, [
      ...(booker.given ? newPerson(deps, scope, booker.given, booker.id) : []),
      ...(known ? [] : newClient(scope, clientId, 'couple', booker.id, at))
    ])
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
        provenAt: isSignedIn ? at : null,
        tokenHash: hash,
        link: seal(await dataKeyOf(deps, tx, scope, booker.id), spot(scope, id), url)
      })
    )
    await keepNotMeet(deps, tx, scope, { id, editionId, clientId, personId: booker.id, words })
    if (!isSignedIn && !(await mayAsk(deps, tx, scope, booker.id))) return undefined
    const subjects = { entry: id, edition: editionId }
    await emit(deps, tx, { practice: scope.practice.id, actor: actorName(actor), kind: 'waitlist.joined', subjects })
    return undefined
  })
}

/** Whether one mail more may ask a mailbox if it was theirs; as with codes, beyond that nothing is sent and nothing is said. */
async function mayAsk(deps: Deps, tx: Transaction, scope: PracticeScope, person: string): Promise<boolean> {
  const { codesAnHour, codesADay } = deps.settings.limits
  const now = deps.now()
  await queueForMailbox(tx, scope, person)
  const asked = await countAsked(tx, scope, person, now)
  return asked.inHour <= codesAnHour && asked.inDay <= codesADay
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
