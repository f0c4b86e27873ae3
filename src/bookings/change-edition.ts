import { findVersion, listOfferings, type Resource } from '../catalog/store.ts'
import { theirTherapist } from '../catalog/therapist.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { datesAsTheyAre } from './as-it-is.ts'
import { listBlocks } from './block-store.ts'
import { cancelEdition } from './cancel-edition.ts'
import { decisionDay, moveEdition, mustBeCapacity, noSuchEdition, wrongEditionState } from './edition.ts'
import { type EditionChange, type EditionView, viewBlocks } from './edition-schema.ts'
import { type FoundEdition, findEdition, lockEdition, saveEdition } from './edition-store.ts'
import { fillSeats } from './keep-edition.ts'
import { layOtherBlocks } from './lay-other-blocks.ts'
import { besides, leadAlone, leadTogether, mustLead } from './lead-together.ts'
import { viewEdition } from './list-editions.ts'
import { named409 } from './make-edition.ts'
import { moveDates } from './move-edition.ts'
import { noteEdition } from './note-edition.ts'
import { withBlocks } from './own-blocks.ts'
import { seatsOf } from './seat-store.ts'

/**
 * Staff change an edition: its dates, who leads it, its capacity, by when somebody decides and what they say, whether one can book. All
 * of a request holds, or nothing of it. Seats that come free by it are offered at once to whoever is next in line.
 * @throws no-such-edition, not-allowed, invalid-input; wrong-edition-state where it has begun or is over, where seats are
 * taken that would be lost, or couples have not agreed to other dates; edition-collides
 */
export async function changeEdition(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  change: EditionChange
): Promise<EditionView> {
  const known = await findEdition(deps.db, scope, id)
  if (!known) throw noSuchEdition('There is no such edition')
  mustLead(actor, known)
  const other = await otherOf(deps, scope, actor, known, change)
  return deps.db
    .transaction(async tx => {
      const edition = await lockEdition(tx, scope, id, [], other ? [other.id] : [])
      if (!edition) throw noSuchEdition('There is no such edition')
      mustStand(edition)
      if (edition.secondTherapistId !== known.secondTherapistId)
        throw wrongEditionState('Somebody has just changed who leads these dates: look at them again')
      if (change.state === 'cancelled' || change.decision === 'no_go')
        await cancelEdition(deps, tx, scope, actor, edition, change)
      else await keepWith(deps, tx, scope, actor, edition, change, other)
      const changed = await findEdition(tx, scope, id)
      if (!changed) throw new Error(`The edition ${id} is gone`)
      return viewEdition(tx, scope, changed)
    })
    .catch(named409)
}

/** Everything but its end. */
async function keepWith(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  found: FoundEdition,
  change: EditionChange,
  other: Resource | null | undefined
): Promise<void> {
  const { id } = found
  // Whoever goes is asked for no other days, and whoever comes only for those that hold from now on.
  const edition = other === undefined ? found : await leadAlone(tx, scope, found)
  const usual = await findVersion(tx, scope, edition.sessionTypeId, edition.version)
  if (!usual) throw new Error(`The edition ${id} has lost its type`)
  if (change.blocks) await layOtherBlocks(deps, tx, scope, edition, usual, change.blocks, change.day)
  else if (change.day)
    await moveDates(deps, tx, scope, edition, withBlocks(usual, edition.segments), change.day, change.agreed === true)
  if (other) await leadTogether(deps, tx, scope, edition, other)
  const { start } = viewBlocks(await listBlocks(tx, scope, [id]))
  const { min: smallest = edition.smallest, max: largest = edition.largest, decision } = change
  mustBeCapacity({ min: smallest, max: largest })
  const seats = await seatsOf(tx, scope, id)
  if (largest < seats.taken + seats.offered)
    throw wrongEditionState(`${seats.taken} places are taken and ${seats.offered} are offered: max cannot be less`)
  const { state } = change.state ? moveEdition(edition, change.state) : edition
  const decideOn =
    (change.goNoGoOn ?? change.day) ? decisionDay(change.goNoGoOn, start, scope.practice.zone) : undefined
  await saveEdition(tx, scope, id, {
    smallest,
    largest,
    state,
    ...(decideOn && { decideOn }),
    ...(change.blocks && { segments: change.blocks }),
    ...(decision && { decision, decidedAt: deps.now() })
  })
  await noteEdition(deps, tx, scope, actor, decision === 'go' ? 'edition.goes' : 'edition.changed', id, change.reason)
  const changed = await findEdition(tx, scope, id)
  if (changed) await fillSeats(deps, tx, scope, changed)
}

/** Who is to lead it as well: undefined where nothing was said of it. @throws invalid-input, not-allowed */
async function otherOf(
  { db }: Deps,
  scope: PracticeScope,
  actor: Actor,
  edition: FoundEdition,
  { with: slug }: EditionChange
): Promise<Resource | null | undefined> {
  if (!slug || slug === edition.second?.slug) return slug === null ? null : undefined
  const other = besides(await listOfferings(db, scope, edition.sessionTypeId), edition, slug)
  return theirTherapist(db, scope, actor, other.slug)
}

function mustStand({ state }: FoundEdition): void {
  if (state === 'running' || state === 'done' || state === 'cancelled')
    throw wrongEditionState(`${datesAsTheyAre(state)}: nothing of them can be changed any more`)
}
