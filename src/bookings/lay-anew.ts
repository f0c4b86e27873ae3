import type { DateTime } from 'luxon'
import { checkMove, nearestMoves } from '../availability/choose-move.ts'
import { type Refit, refitSteps } from '../availability/refit-steps.ts'
import { lay, occupied } from '../catalog/lay.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { instantOf } from '../kernel/time.ts'
import { findAppointments, type Relaid, relayAppointments } from './appointment-store.ts'
import { outOfOrder } from './asked-by.ts'
import type { By } from './cancellation.ts'
import { endOverdue } from './expire.ts'
import { openForNew } from './give-way.ts'
import type { Locked } from './lock-appointment.ts'
import { closeProposals } from './move-store.ts'
import { movedFrom } from './moving.ts'
import { reviseParticipants } from './participant-store.ts'
import { refusalOf } from './refuse.ts'
import { findResources } from './store.ts'

/**
 * The zone in which an appointment can be laid at another start. Holds that are over are ended for it.
 * @throws slot-taken and not-offered with alternatives, too-soon, too-far
 */
export async function mustBeFree(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { booking, moving, type }: Pick<Locked, 'booking' | 'moving' | 'type'>,
  start: DateTime
): Promise<string> {
  const at = start.toMillis()
  const ask = () => checkMove(tx, scope, moving, at, deps.now().toMillis())
  let { verdict, offering } = await ask()
  if (verdict === 'taken' && offering) {
    const { zone } = offering
    const resources = await findResources(tx, scope, booking.id)
    const laid = lay(type.plan, at, zone) ?? []
    if (await endOverdue(deps, tx, scope, type, laid, zone, resources)) ({ verdict, offering } = await ask())
  }
  if (verdict === 'free' && offering) return offering.zone
  const { therapist, place } = moving
  const choice = { slug: type.slug, start: at, therapist, place }
  const now = deps.now().toMillis()
  const other = async () => ({ at, slots: await nearestMoves(tx, scope, moving, at, now) })
  throw await refusalOf(deps, scope, type, choice, verdict === 'free' ? 'not-offered' : verdict, other)
}

/**
 * Lays the appointment, or all that belong together, at a new start; everybody's SEQUENCE rises with it.
 * @param by who wanted it: the clients' moves are counted
 */
export async function layAnew(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  { booking, appointment, moved, moving, beside, type }: Locked,
  start: DateTime,
  zone: string,
  by: By
): Promise<void> {
  const now = deps.now()
  const practiceId = scope.practice.id
  const intervals = lay(type.plan, start.toMillis(), zone) ?? []
  const { before, after } = type.rules
  const taken = occupied(type.plan, intervals, { before, after }, zone)
  const resources = await findResources(tx, scope, booking.id)
  const laid = moved.map((one, index) => {
    const [interval, wide] = [intervals[index], taken[index]]
    if (!interval || !wide) throw new Error('A start that is free can be laid')
    const during = { start: instantOf(wide.start), end: instantOf(wide.end) }
    return {
      id: one.id,
      times: {
        startsAt: instantOf(interval.start),
        endsAt: instantOf(interval.end),
        movedAt: now,
        movedFrom: movedFrom(one, now),
        // Together they are moved once.
        moves: one.moves + (by === 'client' && one === appointment ? 1 : 0)
      },
      taken: resources.map(resourceId => ({ practiceId, appointmentId: one.id, resourceId, during }))
    }
  })
  const at = start.toMillis()
  const refits = beside ? await refitSteps(tx, scope, moving, beside, at, now.toMillis()) : []
  const steps = refits.length > 0 || moving.between ? await findAppointments(tx, scope, booking.id) : []
  const followed = followUps(steps, refits, { type, resources }, now)
  const opened = refits.filter(({ to }) => !to).map(({ step }) => step.id)
  const open = steps.filter(({ id }) => opened.includes(id))
  const there = { ...appointment, ...laid[0]?.times }
  const misplaced = moving.between ? outOfOrder(moving.between.plan, steps, there, now.toMillis()) : []
  await openForNew(deps, tx, scope, actor, [...open, ...misplaced], by)
  for (const { id } of followed) await closeProposals(tx, scope, { appointment: id }, 'withdrawn', now)
  await relayAppointments(tx, scope, [...laid, ...followed])
  await reviseParticipants(
    tx,
    scope,
    [...moved, ...followed].map(({ id }) => id),
    now
  )
  const name = actorName(actor)
  if (actor.kind === 'staff')
    await record(tx, deps.now, { practice: practiceId, actor: name, kind: 'moved', subjects: [booking.id] })
  // Each is told to those who take part in it: of the other's own step nobody else hears.
  for (const { id } of [appointment, ...followed]) {
    const subjects = { booking: booking.id, appointment: id }
    await emit(deps, tx, { practice: practiceId, actor: name, kind: 'appointment.moved', subjects })
  }
}

/** The steps beside what was moved that must follow, at their new times. */
function followUps(
  all: Locked['moved'],
  refits: readonly Refit[],
  { type, resources }: Pick<Locked, 'type'> & { resources: readonly string[] },
  now: DateTime
): Relaid[] {
  const { before, after } = type.rules
  return refits.flatMap(({ step, to }) => {
    const one = all.find(({ id }) => id === step.id)
    if (!one || !to) return []
    const [startsAt, endsAt] = [instantOf(to.start), instantOf(to.end)]
    const during = { start: startsAt.minus({ minutes: before }), end: endsAt.plus({ minutes: after }) }
    const times = { startsAt, endsAt, movedAt: now, movedFrom: movedFrom(one, now), moves: one.moves }
    const { practiceId, id } = one
    const taken = resources.map(resourceId => ({ practiceId, appointmentId: id, resourceId, during }))
    return [{ id, times, taken }]
  })
}
