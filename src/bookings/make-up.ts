import type { DateTime } from 'luxon'
import type { SessionType } from '../catalog/session-type.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { notOffered, slotTaken, wrongState } from './booking.ts'
import { findAppointment, setPlanned } from './change-store.ts'
import { layAnew, mustBeFree } from './lay-anew.ts'
import { findMoving } from './list-moves.ts'
import { lockWithResources } from './lock-booking.ts'
import { membersAt } from './members.ts'
import { noSuchAppointment } from './moving.ts'
import { byOf } from './quote-cancellation.ts'
import { oweRound } from './round-due.ts'
import { changeSkip, findSkip, type SkipRow } from './skip-store.ts'
import { makeUpBy } from './skipping.ts'
import { notFree } from './write-round.ts'

/** Whether an appointment was let fall, so that another start makes up for it. */
export async function isLetFall({ db }: Deps, scope: PracticeScope, id: string): Promise<boolean> {
  return (await findAppointment(db, scope, id))?.state === 'skipped'
}

/**
 * Makes up for an appointment that was let fall and of which something was kept: once, within so many days, for nothing
 * more. It is the same appointment again, under the same UIDs.
 * @param agreed the other of two has said yes: staff say so
 * @throws no-such-appointment, wrong-state, slot-taken and not-offered with alternatives, too-soon
 */
export async function makeUp(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  start: DateTime,
  agreed = false
): Promise<void> {
  const { db, now } = deps
  const bookingId = (await findAppointment(db, scope, id))?.bookingId
  if (!bookingId) throw noSuchAppointment('There is no such appointment')
  const done = db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, bookingId)
    const skip = await findSkip(tx, scope, id)
    const found = await findAppointment(tx, scope, id)
    if (!booking || found?.state !== 'skipped' || booking.state !== 'confirmed' || !skip)
      throw wrongState('Nothing is to be made up for here')
    const gap = skip.band === notFree
    if (!isOpen(skip)) throw wrongState('Nothing was kept of it, or it was made up for: book another time')
    if (!agreed && actor.kind !== 'staff' && (await membersAt(tx, scope, bookingId, id)).length > 1)
      throw wrongState('For the two of you the practice finds the time: write to it')
    const movable = await findMoving(tx, scope, booking, id)
    const { skips } = movable.type.rules
    const until = skips && makeUpBy(skip.startsAt, skips, found.zone)
    if (!until || start > until)
      throw notOffered('It can be made up for only within some days of its own time', { alternatives: [] })
    const zone = await mustBeFree(deps, tx, scope, { booking, ...movable }, start)
    await setPlanned(tx, scope, [id])
    await layAnew(deps, tx, scope, actor, { booking, ...movable, appointment: found }, start, zone, byOf(actor))
    await changeSkip(tx, scope, id, { madeUpAt: now() })
    if (gap) await oweRound(tx, scope, booking, id, start)
  })
  await done.catch(error => {
    if (constraintOf(error)?.startsWith('occupancy_once')) throw slotTaken('Choose another time')
    throw error
  })
}

/** Whether another time can still make up for what was skipped: something was kept of it, or its time was not free. */
export function isMakeable(skip: SkipRow, type: Pick<SessionType, 'rules'> | undefined, now: DateTime): boolean {
  const { skips } = type?.rules ?? {}
  return isOpen(skip) && skips !== undefined && makeUpBy(skip.startsAt, skips, 'utc') > now
}

function isOpen({ madeUpAt, fee, band, decision }: SkipRow): boolean {
  return !madeUpAt && (fee > 0 || band === notFree) && decision !== 'waive' && decision !== 'lapse'
}
