import type { Choice } from '../availability/choose.ts'
import { queueFor } from '../availability/store.ts'
import { findPublicType } from '../catalog/read-session-types.ts'
import { listOfferings } from '../catalog/store.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf } from '../kernel/database.ts'
import { newId } from '../kernel/ids.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { bookerOf } from './booker.ts'
import { termsChanged } from './booking.ts'
import { chooseFree } from './choose-free.ts'
import { holderOf, linesOf } from './holder.ts'
import { submitPayment } from './open-payment.ts'
import { refusalOf } from './refuse.ts'
import { type Made, resume } from './resume.ts'
import type { BookedView, BookingRequest } from './schema.ts'
import { take } from './take.ts'

/**
 * Takes the times for a new, unproven client, or for whoever is signed in: held until it is paid (or confirmed by a mailed code), or requested where
 * the practice must say yes first. A Checkout is opened after the times are safe; where Stripe does not answer, the
 * booking stands and its payment can be opened again.
 * @param id the booking's: one that is there already was made by an earlier run of the same request, and is answered
 * @param browser the id of the browser that books, if one does: for the limit on unpaid holds
 * @throws no-such-session-type, terms-changed, slot-taken and not-offered (both with alternatives), too-soon, too-far,
 * too-many-holds, day-held
 */
export async function book(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  request: BookingRequest,
  { id = newId(), browser }: { id?: string | undefined; browser?: string | undefined } = {}
): Promise<BookedView> {
  const made = await make(deps, scope, actor, request, { id, browser }).catch(async error => {
    // What stands in the way may be the very booking that is asked for.
    const earlier = await resume(deps, scope, id)
    if (earlier) return earlier
    throw error
  })
  const { view, price, token, unasked } = made
  const url = unasked && (await submitPayment(deps, scope, unasked.attempt, unasked.email))
  const { dues = [], payment = null } = view
  return { ...view, price, dues, payment: url ? { url } : payment, token }
}

async function make(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  request: BookingRequest,
  { id, browser }: { id: string; browser: string | undefined }
): Promise<Made> {
  const type = await findPublicType(deps, scope, request.sessionType)
  if (request.consent.termsVersion !== scope.practice.termsVersion)
    throw termsChanged(`Read version ${scope.practice.termsVersion} and agree to it`)
  const { therapist, place } = request
  const choice: Choice = { slug: type.slug, start: request.start.toMillis(), therapist, place }
  // Only what was asked for is locked: who books one therapist does not wait for who books another.
  const offerings = (await listOfferings(deps.db, scope, type.id)).filter(
    offering =>
      (therapist ?? offering.therapist.slug) === offering.therapist.slug &&
      (place ?? offering.place.slug) === offering.place.slug
  )
  const resources = offerings.flatMap(({ therapist, place }) => [therapist.id, ...(place.roomId ? [place.roomId] : [])])
  const booker = await bookerOf(deps, scope, actor, request.person)
  const holder = holderOf(deps, scope, actor, booker.email, browser)
  const outcome = await deps.db
    .transaction(async tx => {
      await queueFor(tx, scope, resources, linesOf(holder))
      const chosen = await chooseFree(deps, tx, scope, type, choice, resources, holder)
      if (chosen.verdict !== 'free') return chosen.verdict
      return take(deps, tx, scope, actor, request, type, chosen.offering, { id, holder, booker })
    })
    .catch(error => {
      if (constraintOf(error)?.startsWith('occupancy_once')) return 'taken' as const
      throw error
    })
  if (typeof outcome === 'string') throw await refusalOf(deps, scope, type, choice, outcome)
  return outcome
}
