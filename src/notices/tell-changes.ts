import { awaitsCode, practiceYes } from '../bookings/acceptance.ts'
import { findAcceptances } from '../bookings/acceptance-store.ts'
import type { By } from '../bookings/cancellation.ts'
import { findCancellation } from '../bookings/cancellation-store.ts'
import { findSkip } from '../bookings/skip-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { cancellerOf, isBookers } from './canceller.ts'
import { findBooking, findDeadline, isTherapist, listParticipants } from './store.ts'
import { type Audience, tell, tellBooker, tellParticipants, tellTherapist } from './tell.ts'
import { tellOthers } from './tell-requested.ts'

/**
 * A booking is cancelled: whoever did it hears what it means, anybody else that it will not take place, and neither who
 * nor why. Of a late fee of two the therapist hears that it is theirs to decide.
 */
export async function tellCancelled(deps: Deps, scope: PracticeScope, booking: string): Promise<void> {
  const cancellation = await findCancellation(deps.db, scope, booking)
  if (!cancellation) return
  const { by, actor, decideBy } = cancellation
  const told = await tellParticipants(deps, scope, booking, await audienceOf(deps, scope, booking, by, actor))
  await tellEnded(deps, scope, booking, told)
  if (decideBy) await tellTherapist(deps, scope, booking, 'staff-fee')
}

/** In which words each hears that something is cancelled. What comes back is said to whoever paid, and to nobody else. */
async function audienceOf(deps: Deps, scope: PracticeScope, booking: string, by: By, actor: string): Promise<Audience> {
  const staff = 'staff-cancelled'
  if (by === 'practice') return { booker: 'cancelled', client: 'cancelled-by-us', staff }
  const who = await cancellerOf(deps, scope, booking, actor)
  const own = who && { people: who, template: 'cancelled-mine' as const }
  return { booker: who ? 'cancelled-other' : 'cancelled-own', own, client: 'cancelled-other', staff }
}

/** Whoever had no time any more that could be named, because steps of theirs only waited for one, hears that all of it ended. */
async function tellEnded(deps: Deps, scope: PracticeScope, id: string, told: readonly string[]): Promise<void> {
  const booking = await findBooking(deps.db, scope, id)
  if (booking?.state !== 'cancelled') return
  const people = (await listParticipants(deps.db, scope, id))
    .filter(({ removedAt, personId }) => removedAt === null && !told.includes(personId))
    .map(({ personId }) => personId)
  await tell(
    deps,
    scope,
    [...new Set(people)].map(personId => {
      const template = isTherapist(booking, personId) ? ('staff-rest-ended' as const) : ('rest-ended' as const)
      return { personId, template, subjectId: id, cause: `${template}:${id}:${personId}` }
    })
  )
}

/**
 * One appointment of several was let fall: as after a cancellation whoever did it hears what it means, and anybody else
 * that it will not take place, neither who nor why.
 */
export async function tellSkipped(
  deps: Deps,
  scope: PracticeScope,
  booking: string,
  appointment: string
): Promise<void> {
  const skip = await findSkip(deps.db, scope, appointment)
  if (!skip) return
  const audience = await audienceOf(deps, scope, booking, skip.by, skip.actor)
  const words =
    skip.by === 'practice'
      ? ({ ...audience, booker: 'cancelled-one', client: 'cancelled-one-by-us' } as const)
      : audience
  await tellParticipants(deps, scope, booking, words, appointment)
  if (skip.decideBy)
    await tellTherapist(deps, scope, booking, 'staff-fee', `staff-fee:${appointment}`, { subjectId: appointment })
}

/**
 * A step was called off, and others gave way with it: each hears of all that was theirs in one mail, and neither who nor why.
 * Of a late one that staff decide on the therapist hears.
 */
export async function tellCalledOff(deps: Deps, scope: PracticeScope, bookingId: string, id: string): Promise<void> {
  const skip = await findSkip(deps.db, scope, id)
  if (!skip) return
  const client = skip.by === 'practice' ? ('step-cancelled-by-us' as const) : ('step-cancelled' as const)
  await tellParticipants(deps, scope, bookingId, { client, staff: 'staff-cancelled' }, id)
  const cause = `staff-fee:${id}:${skip.at.toMillis()}`
  if (skip.decideBy) await tellTherapist(deps, scope, bookingId, 'staff-fee', cause, { subjectId: id })
}

/**
 * A time that was never confirmed is free again. Only where a yes was waited for anybody hears of it, for an unpaid hold
 * simply runs out: whoever gave it back that it was done, else that no yes came; and the therapist who was asked that it
 * was withdrawn. Who had paid in that moment hears of their payment instead, for something was charged.
 */
export async function tellExpired(deps: Deps, scope: PracticeScope, booking: string): Promise<void> {
  if (!(await findDeadline(deps.db, scope, booking))) return
  const letGo = await findCancellation(deps.db, scope, booking)
  const isOwn = letGo !== undefined && (await isBookers(deps, scope, booking, letGo))
  const yeses = await findAcceptances(deps.db, scope, booking)
  // Who never gave the code is written to no more: nobody knows whose address it is.
  if (!letGo?.refund && !awaitsCode(yeses)) await tellBooker(deps, scope, booking, isOwn ? 'withdrawn' : 'lapsed')
  await tellOthers(deps, scope, booking, 'lapsed')
  const asked = yeses.some(({ by }) => by === practiceYes) && !awaitsCode(yeses)
  if (letGo && asked) await tellTherapist(deps, scope, booking, 'staff-withdrawn')
}
