import type { Chosen } from '../availability/choose.ts'
import { isForTwo, type SessionType } from '../catalog/session-type.ts'
import { addClient } from '../clients/add-client.ts'
import { recordConsent } from '../clients/consent.ts'
import { findClientOf } from '../clients/store.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { issueCode } from '../identity/codes.ts'
import { addPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { saveName } from '../identity/preferences.ts'
import { seenBy, sightOf } from '../identity/sight.ts'
import { type Transaction, together } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { duesOf } from '../payments/due.ts'
import { planAttempt } from '../payments/plan-attempt.ts'
import { insertDues } from '../payments/store.ts'
import type { Booker } from './booker.ts'
import { approvalDeadline } from './booking.ts'
import type { Holder } from './holder.ts'
import { layBooking, startOf } from './lay-booking.ts'
import { issueToken, type Made, readerOf } from './resume.ts'
import type { BookingRequest } from './schema.ts'
import { insertAcceptance, insertBooking } from './store.ts'
import { termsText } from './terms.ts'
import { type BookingFacts, viewOf } from './view-booking.ts'

/** Writes all of a new booking, in the transaction that has locked its times and found them free. */
export async function take(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  request: BookingRequest,
  type: SessionType,
  offering: NonNullable<Chosen['offering']>,
  { id, holder, booker }: { id: string; holder: Holder | undefined; booker: Booker }
): Promise<Made> {
  const now = deps.now()
  const { practice } = scope
  const { start } = request
  const bookerId = booker.id
  const kind = isForTwo(type) ? 'couple' : 'individual'
  const known = booker.own.length > 0 ? await findClientOf(tx, scope, booker.own, kind) : undefined
  const clientId = known ?? newId()
  const text = termsText(type, practice)
  const owed = duesOf(type, start, practice.zone, now)
  const begin = startOf(type, owed.length > 0)
  const holdUntil = begin.minutes === null ? null : now.plus({ minutes: begin.minutes })
  const claim = { id, type, offering, start, clientId, bookerId }
  const laid = layBooking(scope, deps.settings, claim, { state: begin.name, holdUntil }, now)
  const dues = owed.map(due => ({
    ...due,
    id: newId(),
    payerId: bookerId,
    state: begin.name === 'held' && due.required ? ('open' as const) : ('scheduled' as const)
  }))
  const first = begin.name === 'held' ? dues.find(({ required }) => required) : undefined
  const [, , , , , attempt, token] = await together(
    booker.given && addPerson(deps, tx, scope, booker.given, bookerId),
    known ? undefined : addClient(tx, scope, clientId, kind, bookerId, now),
    recordConsent(tx, scope, { person: bookerId, client: clientId, document: 'booking-terms', text, at: now }),
    insertBooking(tx, scope, laid, holder),
    insertDues(tx, scope, id, dues),
    first && planAttempt(deps, tx, scope, id, first, 1),
    issueToken(deps, tx, scope, { id, bookerId })
  )
  const deadline = approvalDeadline(now, practice.zone, start)
  if (begin.name === 'requested')
    await insertAcceptance(tx, { practiceId: practice.id, bookingId: id, by: 'practice', deadline })
  if (booker.name) await saveName(deps, tx, scope, bookerId, booker.name)
  const asked = { purpose: 'confirm_booking' as const, person: bookerId, subject: id }
  const code = begin.name === 'held' && !first ? await issueCode(deps, tx, scope, asked) : undefined
  await emit(deps, tx, {
    practice: practice.id,
    actor: actorName(actor),
    kind: code ? 'booking.code-asked' : `booking.${begin.name}`,
    subjects: { booking: id, ...(code && { code }) }
  })
  const own = { joint: isForTwo(type), therapist: offering.personId }
  const seen = await seenBy<Omit<BookingFacts, 'names' | 'client'>>(sightOf(readerOf({ id, bookerId }), own), {
    time: () => ({ taken: true, appointments: laid.appointments }),
    state: () => laid.booking,
    place: () => offering.placeSlug,
    therapist: () => offering.therapistSlug,
    type: () => type.slug,
    amounts: () => ({ price: type.price, dues, url: null })
  })
  const view = viewOf(id, seen)
  return { view, price: type.price, token, unasked: attempt && { attempt, email: booker.email } }
}
