import type { Stretch } from '../../db/schema/columns.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import { forEachApart } from '../kernel/each.ts'
import { Problem } from '../kernel/problem.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { findSoldThere, takenBy } from './absence.ts'
import { findAppointment, findAppointments } from './appointment-store.ts'
import { slotTaken } from './booking.ts'
import { type BulkItem, findBulkChange, findWaitingChanges, listBulkItems, saveOutcome } from './bulk-store.ts'
import { callOff } from './call-off.ts'
import { cancel } from './cancel.ts'
import { isWhole, nearestClear } from './collisions.ts'
import { notInTheWay } from './in-the-way.ts'
import { findMoving } from './list-moves.ts'
import { moveAppointment } from './move-appointment.ts'
import { skipAppointment } from './skip-appointment.ts'
import { findBooking } from './store.ts'

/** Goes on with every change of which something waits: what a process left that died. Asked each minute. */
export async function walkBulkChanges(deps: PaymentDeps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findWaitingChanges(deps.db), async ({ practice, change }) =>
    walkBulkChange(deps, await scopes.forId(practice), change)
  )
}

/**
 * Does what waits of a change, one booking after the other, in the name of whoever chose it. Each is done by its own use
 * case, and then written down: a second run finds it done, or does the same again to no effect. What is refused keeps none
 * of the others.
 */
export async function walkBulkChange(deps: PaymentDeps, scope: PracticeScope, id: string): Promise<void> {
  const found = await findBulkChange(deps.db, scope, id)
  if (!found) return
  const waiting = (await listBulkItems(deps.db, scope, id)).filter(({ state }) => state === 'waiting')
  await forEachApart(waiting, async item => {
    const came = await act(deps, scope, found, item).catch(refused)
    await saveOutcome(deps.db, scope, item, { ...came, at: deps.now() })
  })
}

type Found = NonNullable<Awaited<ReturnType<typeof findBulkChange>>>
type Came = Pick<Parameters<typeof saveOutcome>[3], 'state' | 'outcome' | 'startsAt'>

async function act(
  deps: PaymentDeps,
  scope: PracticeScope,
  { change, therapist }: Found,
  item: BulkItem
): Promise<Came> {
  const { appointmentId, bookingId, choice, startsAt } = item
  // Who may do this was asked when it was chosen.
  const actor = { kind: 'staff', person: change.by, roles: ['owner'], session: '' } as const
  const travel = change.travelId ?? undefined
  const appointment = await findAppointment(deps.db, scope, appointmentId)
  if (startsAt && appointment?.startsAt.equals(startsAt)) return { state: 'done', outcome: 'moved' }
  const absence = travel ? await whereItIs(deps, scope, therapist.slug, travel, item) : change.during
  if (choice === 'cancel' || !startsAt) return end(deps, scope, actor, item, absence)
  const to = (start: typeof startsAt) =>
    moveAppointment(deps, scope, actor, appointmentId, start, { agreed: choice === 'move', absence })
  const moved = await to(startsAt).catch(async (error: unknown) => {
    // A proposal asks for any near time: where the one that was shown is gone, the next is asked for.
    const booking = choice === 'propose' && isTaken(error) && (await findBooking(deps.db, scope, bookingId))
    if (!booking) throw error
    const movable = await findMoving(deps.db, scope, booking, appointmentId)
    const next = await nearestClear(deps, scope, movable, startsAt, takenBy({ ...change.during, travel }))
    if (!next) throw error
    return { outcome: await to(next), startsAt: next }
  })
  return typeof moved === 'string' ? { state: 'done', outcome: moved } : { state: 'done', ...moved }
}

/**
 * Of a travel: where that lies which is in its way still, so that what is moved between this question and the locks is left
 * alone. What does not take place any more lies where it lay: its use case finds it done.
 * @throws not-in-the-way
 */
async function whereItIs(
  deps: PaymentDeps,
  scope: PracticeScope,
  slug: string,
  travel: string,
  { appointmentId, bookingId }: BulkItem
): Promise<Stretch> {
  const booking = await findBooking(deps.db, scope, bookingId)
  if (!booking) throw new Error(`The booking ${bookingId} of a change is gone`)
  const { moved } = await findMoving(deps.db, scope, booking, appointmentId)
  const sold = await findSoldThere(deps, scope, slug, travel)
  const there = sold.find(({ id }) => moved.some(one => one.id === id))
  if (there) return there
  const first = moved.find(({ id }) => id === appointmentId)
  if (!first || first.state === 'planned') throw notInTheWay('It is not in the way of that travel any more')
  return { start: first.startsAt, end: first.endsAt }
}

/** Cancels all of it; of several that stand apart lets the one fall, or calls the one step off, once. */
async function end(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  item: BulkItem,
  absence: Stretch
): Promise<Came> {
  const { appointmentId, bookingId } = item
  const all = await findAppointments(deps.db, scope, bookingId)
  const booking = await findBooking(deps.db, scope, bookingId)
  const movable = booking && (await findMoving(deps.db, scope, booking, appointmentId))
  if (!movable || isWhole(movable, all.length)) {
    await cancel(deps, scope, actor, bookingId, { absence: { appointment: appointmentId, during: absence } })
    return { state: 'done', outcome: 'cancelled' }
  }
  const state = all.find(({ id }) => id === appointmentId)?.state
  const isFallen = state === 'skipped' || state === 'cancelled'
  const isStep = movable.moving.between !== undefined
  if (!isFallen) await (isStep ? callOff : skipAppointment)(deps, scope, actor, appointmentId, { absence })
  return { state: 'done', outcome: isStep ? 'opened' : 'skipped' }
}

const isTaken = (error: unknown) => error instanceof Problem && error.code === slotTaken().code

/** What the practice's rules refuse is the outcome; whatever else is thrown is a bug, and is tried again. */
function refused(error: unknown): Came {
  if (error instanceof Problem && error.code === notInTheWay().code) return { state: 'done', outcome: 'elsewhere' }
  if (error instanceof Problem) return { state: 'failed', outcome: error.title }
  throw error
}
