import type { DateTime } from 'luxon'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { findAppointments } from './appointment-store.ts'
import { askedBy } from './asked-by.ts'
import type { Booking } from './booking.ts'
import { type LaidLater, layLater, mustAllBeFree, writeLater } from './later.ts'
import { layAnew, mustBeFree } from './lay-anew.ts'
import { layMadeUp } from './lay-made-up.ts'
import type { Locked } from './lock-appointment.ts'
import type { Proposal } from './move-store.ts'
import { whoseOf } from './own-times.ts'
import { listProposalTimes } from './proposed-store.ts'

/**
 * Lays what everybody has said yes to: one appointment, all those of a proposal, or the one that was skipped. What was
 * proposed in time needs no notice any more.
 * @throws slot-taken and not-offered with alternatives
 */
export async function layProposed(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  locked: Locked,
  { id, startsAt, by, personId, createdAt }: Proposal
): Promise<void> {
  // As whoever proposed it could, when they did: what the other's own step is in the way of gives way, now that both have said yes.
  const { booking, appointment } = locked
  const proposer = personId && (personId === booking.bookerId ? 'first' : 'second')
  const whose = proposer || (await whoseOf(tx, scope, actor, booking))
  const moving = askedBy(locked.moving, whose, appointment.zone, createdAt.toMillis())
  const whenever = withoutNotice({ ...locked, moving })
  if (locked.appointment.state === 'skipped') return layMadeUp(deps, tx, scope, actor, whenever, startsAt)
  const times = new Map((await listProposalTimes(tx, scope, id)).map(one => [one.appointmentId, one.startsAt]))
  if (times.size > 0) return layTogether(deps, tx, scope, actor, locked.booking, startsAt, times)
  const zone = await mustBeFree(deps, tx, scope, whenever, startsAt)
  await layAnew(deps, tx, scope, actor, locked, startsAt, zone, by)
}

async function layTogether(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  start: DateTime,
  times: ReadonlyMap<string, DateTime>
): Promise<void> {
  const those = (await findAppointments(tx, scope, booking.id)).filter(({ id }) => times.has(id))
  const wishes = those.map(({ id }) => times.get(id))
  const laid = await layLater(tx, scope, booking, those, start, deps.now(), { wishes, noticeGiven: true })
  await mustAllBeFree(deps, scope, laid, start)
  await writeAllLater(deps, tx, scope, actor, booking, laid)
}

/** Writes appointments of a series at their new times, and tells everybody once. */
export async function writeAllLater(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  laid: LaidLater
): Promise<void> {
  await writeLater(tx, scope, booking, laid, deps.now())
  const practice = scope.practice.id
  const name = actorName(actor)
  if (actor.kind === 'staff')
    await record(tx, deps.now, { practice, actor: name, kind: 'moved', subjects: [booking.id] })
  await emit(deps, tx, { practice, actor: name, kind: 'series.moved', subjects: { booking: booking.id } })
}

/** The same, where a start need only be ahead and free. */
function withoutNotice(locked: Locked): Locked {
  const rules = { ...locked.type.rules, notice: 0 }
  const type = { ...locked.type, rules }
  return { ...locked, type, moving: { ...locked.moving, type } }
}
