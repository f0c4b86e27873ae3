import { withOffer } from '../availability/known-offer.ts'
import { refreshCalendars } from '../availability/outside/refresh-calendars.ts'
import { findPublicType } from '../catalog/read-session-types.ts'
import { isForTwo, type SessionType } from '../catalog/session-type.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf } from '../kernel/database.ts'
import { newId } from '../kernel/ids.ts'
import { invalid } from '../kernel/problem.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { mustOfferInstalments } from '../payments/due.ts'
import { bookerOf } from './booker.ts'
import { termsChanged } from './booking.ts'
import { choiceOf } from './choice-of.ts'
import { chooseFree } from './choose-free.ts'
import { chooseSeat, oneSeatEach, seatRefusal } from './choose-seat.ts'
import { holderOf } from './holder.ts'
import { submitPayment } from './open-payment.ts'
import { refusalOf } from './refuse.ts'
import { type Made, resume } from './resume.ts'
import type { BookedView, BookingRequest } from './schema.ts'
import { asOwnChoice, mustSuit, wantedOf } from './suit-client.ts'
import { mustSuitSeat } from './suit-seat.ts'
import { take } from './take.ts'
import { mustHaveNoSeat } from './where-there.ts'

/**
 * Takes the times for a new, unproven client, or for whoever is signed in: held until it is paid (or confirmed by a mailed
 * code), or requested where the practice or the other of two must say yes first: nothing is charged before. A Checkout is
 * opened after the times are safe; where Stripe does not answer, the
 * booking stands and its payment can be opened again.
 * @param id the booking's: one that is there already was made by an earlier run of the same request, and is answered
 * @param browser the id of the browser that books, if one does: for the limit on unpaid holds
 * @param byLink it comes from a partner's page: by whom is not known until the practice has spoken with them
 * @throws no-such-session-type, terms-changed, slot-taken and not-offered (both with alternatives), too-soon, too-far,
 * too-many-holds, day-held; of an edition no-such-edition, edition-full, already-coming
 */
export async function book(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  request: BookingRequest,
  { id = newId(), browser, byLink }: { id?: string | undefined; browser?: string | undefined; byLink?: boolean } = {}
): Promise<BookedView> {
  await refreshCalendars(deps, scope, request.therapist === undefined ? undefined : [request.therapist])
  const made = await make(deps, scope, actor, request, { id, browser, byLink }).catch(async error => {
    // What stands in the way may be the very booking that is asked for.
    const earlier = await resume(deps, scope, id)
    if (earlier) return earlier
    throw error
  })
  return answered(deps, scope, made)
}

/** Opens the Checkout of what was made, where one is to be paid now. */
export async function answered(
  deps: PaymentDeps,
  scope: PracticeScope,
  { view, price, token, partnerLink, unasked }: Made
): Promise<BookedView> {
  const url = unasked && (await submitPayment(deps, scope, unasked.attempt, unasked.email))
  const { dues = [], payment = null } = view
  return { ...view, price, dues, payment: url ? { url } : payment, token, ...(partnerLink && { partnerLink }) }
}

async function make(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  request: BookingRequest,
  { id, browser, byLink }: { id: string; browser: string | undefined; byLink: boolean | undefined }
): Promise<Made> {
  const { edition } = request
  if (edition) return makeSeat(deps, scope, actor, { ...request, edition }, { id, browser })
  const booker = await bookerOf(deps, scope, actor, request.person)
  const asked = choiceOf(request.sessionType, request)
  const { choice, lines } = await asOwnChoice(deps.db, scope, booker.own, asked)
  const holder = holderOf(deps, scope, actor, booker.email, browser)
  const { verdict, made } = await withOffer(deps.db, scope, choice.slug, offer =>
    deps.db.transaction(async tx => {
      const { type, chosen } = await chooseFree(deps, tx, scope, choice, holder, lines, offer)
      mustAgree(scope, request, type)
      if (chosen.verdict !== 'free') return { verdict: chosen.verdict, made: undefined }
      await mustSuit(tx, scope, booker.own, { type, choice, ...wantedOf(chosen) }, deps.now().toMillis())
      const whose = { id, holder, booker, byLink }
      const made = await take(deps, tx, scope, actor, request, type, chosen, whose)
      return { verdict: chosen.verdict, made }
    })
  ).catch(error => {
    if (!constraintOf(error)?.startsWith('occupancy_once')) throw error
    return { verdict: 'taken' as const, made: undefined }
  })
  if (verdict === 'free') return made
  const type = await findPublicType(deps, scope, choice.slug)
  throw await refusalOf(deps, scope, type, choice, verdict)
}

/** The same for a seat of an edition: counted and taken under its lock. */
async function makeSeat(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  request: BookingRequest & { edition: string },
  { id, browser }: { id: string; browser: string | undefined }
): Promise<Made> {
  const { sessionType: slug, edition } = request
  const booker = await bookerOf(deps, scope, actor, request.person)
  const holder = holderOf(deps, scope, actor, booker.email, browser)
  return deps.db
    .transaction(async tx => {
      const seat = await chooseSeat(deps, tx, scope, { slug, edition }, holder)
      mustAgree(scope, request, seat.type)
      await mustHaveNoSeat(tx, scope, edition, booker.own)
      if (seat.verdict !== 'free') throw seatRefusal(seat, deps)
      await mustSuitSeat(tx, scope, booker.own, seat, deps.now().toMillis())
      return take(deps, tx, scope, actor, request, seat.type, seat, {
        id,
        holder,
        booker,
        edition,
        notMeet: request.notMeet
      })
    })
    .catch(oneSeatEach)
}

export function mustAgree(
  { practice }: PracticeScope,
  { consent, together, instalments }: Pick<BookingRequest, 'consent' | 'together' | 'instalments'>,
  type: SessionType
): void {
  const { termsVersion } = practice
  if (consent.termsVersion !== termsVersion) throw termsChanged(`Read version ${termsVersion} and agree to it`)
  if (together && !isForTwo(type))
    throw invalid([{ pointer: '/together', detail: 'This session is for one: leave it out' }])
  mustOfferInstalments(type, instalments)
}
