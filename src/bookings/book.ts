import type { Choice, Chosen } from '../availability/choose.ts'
import { queueFor } from '../availability/store.ts'
import { findPublicType } from '../catalog/read-session-types.ts'
import { isForTwo, type SessionType } from '../catalog/session-type.ts'
import { listOfferings } from '../catalog/store.ts'
import { addClient } from '../clients/add-client.ts'
import { recordConsent } from '../clients/consent.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { issueCode } from '../identity/codes.ts'
import { issueLink } from '../identity/links.ts'
import { addPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { holdMinutes } from '../payments/attempt.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { duesOf } from '../payments/due.ts'
import { planAttempt } from '../payments/plan-attempt.ts'
import { insertDues } from '../payments/store.ts'
import { approvalDeadline, codeMinutes, termsChanged } from './booking.ts'
import { chooseFree } from './choose-free.ts'
import { type Holder, holderOf, linesOf } from './holder.ts'
import { layBooking } from './lay-booking.ts'
import { submitPayment } from './open-payment.ts'
import { readBooking } from './read-booking.ts'
import { refusalOf } from './refuse.ts'
import type { BookedView, BookingRequest } from './schema.ts'
import { insertAcceptance, insertBooking } from './store.ts'
import { termsText } from './terms.ts'

/** For this long the program or browser that booked may read and pay its booking. */
const answerHours = 24

/**
 * Takes the times for a new, unproven client: held until it is paid (or confirmed by a mailed code), or requested where
 * the practice must say yes first. A Checkout is opened after the times are safe; where Stripe does not answer, the
 * booking stands and its payment can be opened again.
 * @param browser the id of the browser that books, if one does: for the limit on unpaid holds
 * @throws no-such-session-type, terms-changed, slot-taken and not-offered (both with alternatives), too-soon, too-far,
 * too-many-holds, day-held
 */
export async function book(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  request: BookingRequest,
  browser?: string
): Promise<BookedView> {
  const type = await findPublicType(deps, scope, request.sessionType)
  if (request.consent.termsVersion !== scope.practice.termsVersion)
    throw termsChanged(`Read version ${scope.practice.termsVersion} and agree to it`)
  const { therapist, place } = request
  const choice: Choice = { slug: type.slug, start: request.start.toMillis(), therapist, place }
  const offerings = await listOfferings(deps.db, scope, type.id)
  const resources = offerings.flatMap(({ therapist, place }) => [therapist.id, ...(place.roomId ? [place.roomId] : [])])
  const holder = holderOf(deps, scope, actor, request.person.email, browser)
  const outcome = await deps.db
    .transaction(async tx => {
      await queueFor(tx, scope, resources, linesOf(holder))
      const chosen = await chooseFree(deps, tx, scope, type, choice, resources, holder)
      if (chosen.verdict !== 'free') return chosen.verdict
      return take(deps, tx, scope, actor, request, type, chosen.offering, holder)
    })
    .catch(error => {
      if (constraintOf(error)?.startsWith('occupancy_once')) return 'taken' as const
      throw error
    })
  if (typeof outcome === 'string') throw await refusalOf(deps, scope, type, choice, outcome)
  const { id, person, token, attempt } = outcome
  if (attempt) await submitPayment(deps, scope, attempt)
  const reader = { kind: 'booking', booking: id, person, purpose: 'booking_answer' } as const
  const view = await readBooking(deps, scope, reader, id)
  return { ...view, price: view.price ?? type.price, dues: view.dues ?? [], payment: view.payment ?? null, token }
}

async function take(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  request: BookingRequest,
  type: SessionType,
  offering: NonNullable<Chosen['offering']>,
  holder: Holder | undefined
) {
  const now = deps.now()
  const { practice } = scope
  const { person: given, start } = request
  const bookerId = await addPerson(deps, tx, scope, given)
  const clientId = await addClient(tx, scope, isForTwo(type) ? 'couple' : 'individual', bookerId, now)
  const text = termsText(type, practice)
  await recordConsent(tx, scope, { person: bookerId, client: clientId, document: 'booking-terms', text, at: now })
  const dues = duesOf(type, start, practice.zone, now).map(due => ({ ...due, id: newId() }))
  const state = startOf(type, dues.length > 0)
  const holdUntil = state.minutes === null ? null : now.plus({ minutes: state.minutes })
  const claim = { type, offering, start, clientId, bookerId }
  const laid = layBooking(scope, deps.settings, claim, { state: state.name, holdUntil }, now)
  const id = laid.booking.id
  await insertBooking(tx, { ...laid, booking: { ...laid.booking, ...holder } })
  await insertDues(
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
  const token = await issueLink(tx, scope, {
    purpose: 'booking_answer',
    person: bookerId,
    subject: id,
    expiresAt: now.plus({ hours: answerHours })
  })
  const kind = code ? 'booking.code-asked' : `booking.${state.name}`
  await emit(deps, tx, { practice: practice.id, actor: actorName(actor), kind, subjects })
  return { id, person: bookerId, token, attempt }
}

/** How a booking of this type begins, and for how many minutes its times are kept without a further step. */
function startOf({ rules }: SessionType, costs: boolean): { name: 'requested' | 'held'; minutes: number | null } {
  if (rules.approval) return { name: 'requested', minutes: null }
  return { name: 'held', minutes: costs ? holdMinutes : codeMinutes }
}
