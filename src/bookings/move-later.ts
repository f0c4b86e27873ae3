import type { DateTime } from 'luxon'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import { constraintOf, type Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { type Booking, slotTaken, wrongState } from './booking.ts'
import { closeProposals } from './change-store.ts'
import { type Appointment, type LaterRow, layLater, mustAllBeFree, rowsOf, writeLater } from './later.ts'
import { withAppointment } from './lock-appointment.ts'
import { membersOf } from './members.ts'
import { needsYes } from './moving.ts'
import { findAppointments } from './store.ts'

/** What moving an appointment and all later ones would mean: each at its new time, free or not. Nothing is changed. */
export async function quoteLater(
  { db, now }: Deps,
  scope: PracticeScope,
  booking: Booking,
  appointmentId: string,
  start: DateTime
): Promise<LaterRow[]> {
  const those = await laterOnes(db, scope, booking.id, appointmentId, now())
  return rowsOf(await layLater(db, scope, booking, those, start, now()))
}

/**
 * Moves an appointment of a series and all later ones: all of them, or none.
 * @param how `wishes`: where single ones are wanted instead, in their order. `agreed`: staff say that the clients have
 * @throws no-such-appointment, wrong-state, not-skippable, slot-taken and not-offered with alternatives, too-soon
 */
export async function moveLater(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  start: DateTime,
  { wishes, agreed = false }: { wishes?: readonly (DateTime | undefined)[] | undefined; agreed?: boolean } = {}
): Promise<string> {
  const moved = withAppointment(deps, scope, id, async (tx, { booking, type, appointment }) => {
    const now = deps.now()
    const those = await laterOnes(tx, scope, booking.id, id, now)
    const alone = actor.kind !== 'staff' && (await membersOf(tx, scope, booking.id)).length < 2
    const late = needsYes('client', type, appointment.startsAt, now, scope.practice.zone)
    if (!agreed && (!alone || late))
      throw wrongState(
        'Others have a say in this: move them one by one, so that each is asked, or write to the practice'
      )
    const laid = await layLater(tx, scope, booking, those, start, now, { wishes })
    await mustAllBeFree(deps, scope, laid, start)
    for (const one of those) await closeProposals(tx, scope, { appointment: one.id }, 'withdrawn', now)
    await writeLater(tx, scope, booking, laid, now)
    const practice = scope.practice.id
    const name = actorName(actor)
    if (actor.kind === 'staff')
      await record(tx, deps.now, { practice, actor: name, kind: 'moved', subjects: [booking.id] })
    await emit(deps, tx, { practice, actor: name, kind: 'series.moved', subjects: { booking: booking.id } })
    return booking.id
  })
  return moved.catch(error => {
    if (constraintOf(error)?.startsWith('occupancy_once')) throw slotTaken('Choose another time')
    throw error
  })
}

/** The appointment and those after it that stand and are ahead. */
async function laterOnes(
  db: Executor,
  scope: PracticeScope,
  booking: string,
  id: string,
  now: DateTime
): Promise<Appointment[]> {
  const all = await findAppointments(db, scope, booking)
  const from = all.find(one => one.id === id)?.ordinal ?? 0
  return all.filter(({ ordinal, state, startsAt }) => ordinal >= from && state === 'planned' && startsAt > now)
}
