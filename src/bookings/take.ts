import type { Chosen } from '../availability/choose.ts'
import { isForTwo, type SessionType } from '../catalog/session-type.ts'
import { addClient } from '../clients/add-client.ts'
import { recordConsent } from '../clients/consent.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { issueCode } from '../identity/codes.ts'
import { addPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { type Transaction, together } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { duesOf } from '../payments/due.ts'
import { planAttempt } from '../payments/plan-attempt.ts'
import { insertDues } from '../payments/store.ts'
import { approvalDeadline } from './booking.ts'
import type { Holder } from './holder.ts'
import { layBooking, startOf } from './lay-booking.ts'
import { issueToken, type Made } from './resume.ts'
import type { BookingRequest } from './schema.ts'
import { insertAcceptance, insertBooking } from './store.ts'
import { termsText } from './terms.ts'

/** Writes all of a new booking, in the transaction that has locked its times and found them free. */
export async function take(
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
