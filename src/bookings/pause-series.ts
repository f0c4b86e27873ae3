import type { DateTime } from 'luxon'
import { findVersion } from '../catalog/store.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import { constraintOf, type Executor, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { bandAt } from '../payments/policy.ts'
import { keepsNothing } from './ahead.ts'
import { dropAppointments, findAppointments, setPlanned } from './appointment-store.ts'
import { type Booking, noSuchBooking, slotTaken, wrongState } from './booking.ts'
import { type Appointment, type LaterRow, layLater, mustAllBeFree, rowsOf, writeLater } from './later.ts'
import { lockWithResources } from './lock-store.ts'
import { membersOf } from './members.ts'
import { closeProposals } from './move-store.ts'
import { pausedOf } from './paused.ts'
import { refreshOf } from './refresh-before.ts'
import { savePause } from './series-store.ts'
import { mustSuitLater } from './suit-move.ts'

/** What a pause from a day on would take out: those whose notice for a free change is not over. */
export async function quotePause({ db, now }: Deps, scope: PracticeScope, booking: Booking, from: DateTime) {
  return pausable(db, scope, booking, from, now())
}

/**
 * Pauses a series from a day on: its times are free for others; nothing is charged and nothing goes back, and each
 * appointment gets a new time when it goes on.
 * @throws no-such-booking; wrong-state where it is no confirmed series, pauses already, or nothing of it can pause
 */
export async function pauseSeries(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  from: DateTime
): Promise<void> {
  await deps.db.transaction(async tx => {
    const now = deps.now()
    const booking = await lockWithResources(tx, scope, id)
    if (!booking) throw noSuchBooking('There is no such booking')
    const those = await pausable(tx, scope, booking, from, now)
    const [first] = those
    if (!first) throw wrongState('Nothing of it can pause from that day on: skip or cancel what is near')
    const ids = those.map(one => one.id)
    await dropAppointments(tx, scope, ids, { state: 'skipped', at: now })
    for (const appointment of ids) await closeProposals(tx, scope, { appointment }, 'withdrawn', now)
    await savePause(tx, scope, id, first.startsAt)
    await tell(deps, tx, scope, actor, 'series.paused', id)
  })
}

/** What going on from a start would mean: each of those that pause at its new time, one round after the other. */
export async function quoteResume(
  { db, now }: Deps,
  scope: PracticeScope,
  booking: Booking,
  start: DateTime
): Promise<LaterRow[]> {
  const paused = await mustPause(db, scope, booking)
  return rowsOf(await layLater(db, scope, booking, paused, start, now(), { packed: true }))
}

/**
 * Lets a series go on from a new start: all that paused, or nothing of it. Of two neither chooses the other's new hours:
 * the practice does it for both.
 * @throws no-such-booking; wrong-state where it does not pause, or the other has a say; slot-taken and not-offered with alternatives, too-soon
 */
export async function resumeSeries(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  start: DateTime,
  wishes?: readonly (DateTime | undefined)[]
): Promise<void> {
  await refreshOf(deps, scope, id)
  const done = deps.db.transaction(async tx => {
    const now = deps.now()
    const booking = await lockWithResources(tx, scope, id)
    if (!booking) throw noSuchBooking('There is no such booking')
    const paused = await mustPause(tx, scope, booking)
    if (actor.kind !== 'staff' && (await membersOf(tx, scope, id)).length > 1)
      throw wrongState('The new times are for the two of you: write to the practice, which finds them with both')
    const laid = await layLater(tx, scope, booking, paused, start, now, { packed: true, wishes })
    await mustAllBeFree(deps, scope, laid, start)
    await mustSuitLater(tx, scope, actor, booking, laid, now)
    await setPlanned(
      tx,
      scope,
      paused.map(one => one.id)
    )
    await writeLater(tx, scope, booking, laid, now, false)
    await savePause(tx, scope, id, null)
    await tell(deps, tx, scope, actor, 'series.moved', id)
  })
  await done.catch(error => {
    if (constraintOf(error)?.startsWith('occupancy_once')) throw slotTaken('Choose another time')
    throw error
  })
}

/** @throws wrong-state */
async function mustPause(db: Executor, scope: PracticeScope, booking: Booking): Promise<Appointment[]> {
  const paused = await pausedOf(db, scope, booking)
  if (booking.state !== 'confirmed' || paused.length === 0) throw wrongState('It does not pause')
  return paused
}

async function pausable(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  from: DateTime,
  now: DateTime
): Promise<Appointment[]> {
  const type = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  if (booking.state !== 'confirmed' || !type?.plan.repeat || booking.pausedFrom)
    throw wrongState('Only a confirmed series pauses, and once at a time')
  const free = ({ startsAt }: Appointment) =>
    startsAt > now && keepsNothing(bandAt(type.policy, startsAt, now, scope.practice.zone).keep)
  return (await findAppointments(db, scope, booking.id)).filter(
    one => one.state === 'planned' && one.startsAt >= from && free(one)
  )
}

async function tell(deps: Deps, tx: Transaction, scope: PracticeScope, actor: Actor, kind: string, booking: string) {
  const practice = scope.practice.id
  const name = actorName(actor)
  if (actor.kind === 'staff')
    await record(tx, deps.now, { practice, actor: name, kind: kind.replace('series.', ''), subjects: [booking] })
  await emit(deps, tx, { practice, actor: name, kind, subjects: { booking } })
}
