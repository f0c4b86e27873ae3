import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { lineAsItIs } from './as-it-is.ts'
import { areHeld, callsFirst, readCalls, wantsCalls } from './calls.ts'
import { lockEdition } from './edition-store.ts'
import { fillSeats } from './keep-edition.ts'
import { mustLead } from './lead-together.ts'
import { provePlace } from './prove-place.ts'
import { noCalls, noteSpoken } from './spoken.ts'
import { noSuchEntry, notInLine } from './waitlist.ts'
import { findEntry, saveEntry } from './waitlist-store.ts'

/**
 * The practice's yes to a couple that waits, before a seat is there: what is then offered to them is paid at once. Whom the
 * practice knows need not prove their address.
 * @param spoken of dates with a private call with each: a therapist has spoken with each, as one has with couples of whom
 * but the one who waits is known here
 * @throws invalid-input where nobody has to be spoken with; no-such-waitlist-entry, not-allowed; not-in-line where they wait no more; calls-first
 */
export async function approveEntry(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  spoken?: true
): Promise<void> {
  const known = await findEntry(deps.db, scope, id)
  if (!known) throw noSuchEntry('There is nobody of that id in line')
  await deps.db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, known.editionId)
    const entry = await findEntry(tx, scope, id)
    if (!edition || !entry) throw noSuchEntry('There is nobody of that id in line')
    mustLead(actor, edition)
    if (entry.state !== 'waiting' && entry.state !== 'offered')
      throw notInLine(`${lineAsItIs(entry.state)}. There is nothing to approve`)
    if (entry.approvedAt) return
    if (!entry.provenAt && (await provePlace(deps, tx, scope, actor, entry)).id !== id)
      throw notInLine('The same address has a place in line already: approve that one')
    const { therapistId, secondTherapistId } = edition
    const asked = { clientId: entry.clientId, therapistId, secondTherapistId }
    const wants = await wantsCalls(tx, scope, edition)
    if (spoken && !wants) throw noCalls()
    if (spoken) await noteSpoken(deps, tx, scope, actor, id)
    if (wants && !spoken && !areHeld(await readCalls(tx, scope, asked, deps.now())))
      throw callsFirst(
        'Each of the two books a private call and comes to it first, or say that you have spoken with each'
      )
    await saveEntry(tx, scope, id, { approvedAt: deps.now() })
    const practice = scope.practice.id
    await record(tx, deps.now, { practice, actor: actorName(actor), kind: 'waitlist.approved', subjects: [id] })
    await fillSeats(deps, tx, scope, edition)
  })
}
