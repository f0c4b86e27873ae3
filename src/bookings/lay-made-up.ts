import type { DateTime } from 'luxon'
import { lay, occupied } from '../catalog/lay.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import { setPlanned } from './appointment-store.ts'
import { notOffered, wrongState } from './booking.ts'
import { layAnew, mustBeFree } from './lay-anew.ts'
import type { Locked } from './lock-appointment.ts'
import { byOf } from './quote-cancellation.ts'
import { oweRound } from './round-due.ts'
import { changeSkip, findSkip, type SkipRow } from './skip-store.ts'
import { makeUpBy } from './skipping.ts'
import { notFree } from './write-round.ts'

/**
 * What makes up for a skipped appointment, and takes its therapists and room there.
 * @throws wrong-state; slot-taken and not-offered with alternatives, too-soon
 */
export async function mustMakeUp(deps: Deps, tx: Transaction, scope: PracticeScope, locked: Locked, start: DateTime) {
  const { booking, appointment, type } = locked
  const skip = await findSkip(tx, scope, appointment.id)
  if (booking.state !== 'confirmed' || !skip) throw wrongState('Nothing is to be made up for here')
  if (!isOpen(skip)) throw wrongState('Nothing was kept of it, or it was made up for: book another time')
  const { skips, before, after } = type.rules
  const until = skips && makeUpBy(skip.startsAt, skips, appointment.zone)
  if (!until || start > until)
    throw notOffered('It can be made up for only within some days of its own time', { alternatives: [] })
  const zone = await mustBeFree(deps, tx, scope, locked, start)
  const [wide] = occupied(type.plan, lay(type.plan, start.toMillis(), zone) ?? [], { before, after }, zone)
  if (!wide) throw new Error('A start that is free can be laid')
  return { skip, zone, during: { start: instantOf(wide.start), end: instantOf(wide.end) } }
}

/** Takes up again what was skipped, at its new time. @throws as mustMakeUp */
export async function layMadeUp(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  locked: Locked,
  start: DateTime
): Promise<void> {
  const { booking, appointment } = locked
  const { skip, zone } = await mustMakeUp(deps, tx, scope, locked, start)
  await setPlanned(tx, scope, [appointment.id])
  await layAnew(deps, tx, scope, actor, locked, start, zone, byOf(actor))
  await changeSkip(tx, scope, appointment.id, { madeUpAt: deps.now() })
  if (skip.band === notFree) await oweRound(tx, scope, booking, appointment, start)
}

/** Whether another time can still make up for what was skipped: something was kept of it, or its time was not free. */
export function isMakeable(skip: SkipRow, type: Pick<SessionType, 'rules'> | undefined, now: DateTime): boolean {
  const { skips } = type?.rules ?? {}
  return isOpen(skip) && skips !== undefined && makeUpBy(skip.startsAt, skips, 'utc') > now
}

function isOpen({ madeUpAt, fee, band, decision }: SkipRow): boolean {
  return !madeUpAt && (fee > 0 || band === notFree) && decision !== 'waive' && decision !== 'lapse'
}
