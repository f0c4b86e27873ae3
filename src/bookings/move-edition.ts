import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { invalid } from '../kernel/problem.ts'
import { instantOf } from '../kernel/time.ts'
import { deleteBlockOccupancy, listBlocks, relayBlock } from './block-store.ts'
import { wrongEditionState } from './edition.ts'
import { mustBeClear } from './edition-collisions.ts'
import { type FoundEdition, resourcesOf } from './edition-store.ts'
import { blocksFrom, stretchesOf } from './lay-edition.ts'
import { insertOccupancy } from './occupancy-store.ts'
import { reviseParticipants } from './participant-store.ts'
import { listSeatBookings } from './seat-store.ts'

/**
 * Lays an edition's blocks from another day on, and with them what every couple has of it: the same calendar entries, with a
 * higher SEQUENCE. The caller holds the edition's lock.
 * @param agreed every couple that has a seat has said yes to it
 * @throws invalid-input, wrong-edition-state, edition-collides
 */
export async function moveDates(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  edition: FoundEdition,
  type: SessionType,
  day: string,
  agreed: boolean
): Promise<void> {
  const now = deps.now()
  const { id, therapist } = edition
  const laid = blocksFrom(type, day, therapist.zone)
  const [first] = laid
  if (!first || instantOf(first.start) <= now)
    throw invalid([{ pointer: '/day', detail: 'Choose a day that is still to come' }])
  const seats = await listSeatBookings(tx, scope, id)
  if (seats.length > 0 && !agreed)
    throw wrongEditionState('Couples have a place already: ask each of them first, then say agreed: true')
  const blocks = await listBlocks(tx, scope, [id])
  const resources = resourcesOf(edition)
  const stretches = stretchesOf(type, laid, therapist.zone)
  await deleteBlockOccupancy(
    tx,
    scope,
    blocks.map(block => block.id)
  )
  await mustBeClear(tx, scope, resources, stretches)
  for (const [index, block] of blocks.entries()) {
    const [interval, during] = [laid[index], stretches[index]]
    if (!interval || !during) throw new Error('The plan of an edition has as many segments as it has blocks')
    const times = { startsAt: instantOf(interval.start), endsAt: instantOf(interval.end) }
    const moved = await relayBlock(tx, scope, block, times, now)
    await insertOccupancy(
      tx,
      resources.map(resourceId => ({ practiceId: scope.practice.id, appointmentId: block.id, resourceId, during }))
    )
    await reviseParticipants(tx, scope, [block.id, ...moved.map(({ appointment }) => appointment)], now)
  }
  const practice = scope.practice.id
  for (const { id: booking } of seats)
    await emit(deps, tx, { practice, actor: 'practice', kind: 'series.moved', subjects: { booking } })
}
