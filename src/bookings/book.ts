import type { Choice, Chosen } from '../availability/choose.ts'
import { queueFor } from '../availability/store.ts'
import { findPublicType } from '../catalog/read-session-types.ts'
import { isForTwo, type SessionType } from '../catalog/session-type.ts'
import { listOfferings } from '../catalog/store.ts'
import { addClient } from '../clients/add-client.ts'
import { recordConsent } from '../clients/consent.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { issueCode } from '../identity/codes.ts'
import { addPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf, type Transaction, together } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { duesOf } from '../payments/due.ts'
import { planAttempt } from '../payments/plan-attempt.ts'
import { insertDues } from '../payments/store.ts'
import { approvalDeadline, termsChanged } from './booking.ts'
import { chooseFree } from './choose-free.ts'
import { type Holder, holderOf, linesOf } from './holder.ts'
import { layBooking, startOf } from './lay-booking.ts'
import { submitPayment } from './open-payment.ts'
import { readBooking } from './read-booking.ts'
import { refusalOf } from './refuse.ts'
import { issueToken, type Made, resume } from './resume.ts'
import type { BookedView, BookingRequest } from './schema.ts'
import { insertAcceptance, insertBooking } from './store.ts'
import { termsText } from './terms.ts'

/**
 * Takes the times for a new, unproven client: held until it is paid (or confirmed by a mailed code), or requested where
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
  const { person, token, attempt, price } = made
  if (attempt) await submitPayment(deps, scope, attempt)
  const reader = { kind: 'booking', booking: id, person, purpose: 'booking_answer' } as const
  const view = await readBooking(deps, scope, reader, id)
  return { ...view, price, dues: view.dues ?? [], payment: view.payment ?? null, token }
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
  const holder = holderOf(deps, scope, actor, request.person.email, browser)
  const outcome = await deps.db
    .transaction(async tx => {
      await queueFor(tx, scope, resources, linesOf(holder))
      const chosen = await chooseFree(deps, tx, scope, type, choice, resources, holder)
      if (chosen.verdict !== 'free') return chosen.verdict
      return take(deps, tx, scope, actor, request, type, chosen.offering, { id, holder })
    })
    .catch(error => {
      if (constraintOf(error)?.startsWith('occupancy_once')) return 'taken' as const
      throw error
    })
  if (typeof outcome === 'string') throw await refusalOf(deps, scope, type, choice, outcome)
  return outcome
}

async function take(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  request: BookingRequest,
  type: SessionType,
  offering: NonNullable<Chosen['offering']>,
  { id, holder }: { id: string; holder: Holder | undefined }
): Promise<Made> {
  const now = deps.now()
  const { practice } = scope
  const { person: given, start } = request
  const [bookerId, clientId] = [newId(), newId()]
  const text = termsText(type, practice)
  const dues = duesOf(type, start, practice.zone, now).map(due => ({ ...due, id: newId() }))
  const state = startOf(type, dues.length > 0)
  const holdUntil = state.minutes === null ? null : now.plus({ minutes: state.minutes })
  const claim = { id, type, offering, start, clientId, bookerId }
  const laid = layBooking(scope, deps.settings, claim, { state: state.name, holdUntil }, now)
  await together(
    addPerson(deps, tx, scope, given, bookerId),
    addClient(tx, scope, clientId, isForTwo(type) ? 'couple' : 'individual', bookerId, now),
    recordConsent(tx, scope, { person: bookerId, client: clientId, document: 'booking-terms', text, at: now }),
    insertBooking(tx, { ...laid, booking: { ...laid.booking, ...holder } }),
    insertDues(
      tx,
      dues.map(({ amount: { amount, currency }, ...due }) => ({
        ...due,
        practiceId: practice.id,
        bookingId: id,
        payerId: bookerId,
        amount,
        currency,
        state: state.name === 'held' && due.required ? 'open' : 'scheduled'
      }))
    )
  )
  if (state.name === 'requested')
    await insertAcceptance(tx, {
      practiceId: practice.id,
      bookingId: id,
      by: 'practice',
      deadline: approvalDeadline(now, practice.zone, start)
    })
  const due = dues.find(({ required }) => required)
  const attempt = state.name === 'held' && due ? await planAttempt(deps, tx, scope, due, 1) : undefined
  const subjects: Record<string, string> = { booking: id }
  const asked = { purpose: 'confirm_booking' as const, person: bookerId, subject: id }
  const code = state.name === 'held' && !due ? await issueCode(deps, tx, scope, asked) : undefined
  if (code) subjects.code = code
  const token = await issueToken(deps, tx, scope, { id, bookerId })
  const kind = code ? 'booking.code-asked' : `booking.${state.name}`
  await emit(deps, tx, { practice: practice.id, actor: actorName(actor), kind, subjects })
  return { person: bookerId, token, attempt, price: type.price }
}
