import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { areHeld, callsFirst, readCalls } from './calls.ts'
import { lockEdition } from './edition-store.ts'
import { fillSeats } from './keep-edition.ts'
import { mustLead } from './lead-together.ts'
import { rulesOf } from './list-editions.ts'
import { provePlace } from './prove-place.ts'
import { noSuchEntry, notInLine } from './waitlist.ts'
import { findEntry, saveEntry } from './waitlist-store.ts'

/**
 * The practice's yes to a couple that waits, before a seat is there: what is then offered to them is paid at once. Whom the
 * practice knows need not prove their address.
 * @throws no-such-waitlist-entry, not-allowed; not-in-line where they wait no more; calls-first
 */
export async function approveEntry(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  const known = await findEntry(deps.db, scope, id)
  if (!known) throw noSuchEntry('There is nobody of that id in line')
  await deps.db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, known.editionId)
    const entry = await findEntry(tx, scope, id)
    if (!edition || !entry) throw noSuchEntry('There is nobody of that id in line')
    mustLead(actor, edition)
    if (entry.state !== 'waiting' && entry.state !== 'offered')
      throw notInLine(`This place in line is ${entry.state}: there is nothing to approve`)
    if (entry.approvedAt) return
    if (!entry.provenAt && (await provePlace(deps, tx, scope, actor, entry)).id !== id)
      throw notInLine('The same address has a place in line already: approve that one')
    const { therapistId, secondTherapistId } = edition
    const asked = { clientId: entry.clientId, therapistId, secondTherapistId }
    const wants = (await rulesOf(tx, scope, edition)).callEach === true
    if (wants && !areHeld(await readCalls(tx, scope, asked, deps.now())))
      throw callsFirst('Each of the two books a private call and comes to it first')
    await saveEntry(tx, scope, id, { approvedAt: deps.now() })
    const practice = scope.practice.id
    await record(tx, deps.now, { practice, actor: actorName(actor), kind: 'waitlist.approved', subjects: [id] })
    await fillSeats(deps, tx, scope, edition)
  })
}
