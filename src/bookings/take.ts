import type { Chosen } from '../availability/choose.ts'
import { withSteps } from '../catalog/plan.ts'
import { isForTwo, type SessionType } from '../catalog/session-type.ts'
import { partnerCallRows } from '../clients/call-store.ts'
import { isByHand } from '../clients/client-store.ts'
import { newConsent } from '../clients/consent.ts'
import { newClient } from '../clients/new-client.ts'
import { findClientOf, findOther } from '../clients/store.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { issueCode } from '../identity/codes.ts'
import { newLink } from '../identity/links.ts'
import { newPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { saveName } from '../identity/preferences.ts'
import { seenBy, sightOf } from '../identity/sight.ts'
import { lastly, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit, newEvent } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { writeRows } from '../kernel/rows.ts'
import { instantOf } from '../kernel/time.ts'
import { duesOf } from '../payments/due.ts'
import { dueRows } from '../payments/due-store.ts'
import { planAttempt } from '../payments/plan-attempt.ts'
import { bookerYes, linkYes, yesesOf } from './acceptance.ts'
import { makeLink } from './acceptance-link.ts'
import { acceptanceRows } from './acceptance-store.ts'
import { consentOf, duesFor } from './for-caller.ts'
import { layBooking, startOf, stepsTaken } from './lay-booking.ts'
import { keepNotMeet } from './not-meet.ts'
import { ownTimes } from './own-times.ts'
import { answerLink, type Made, readerOf } from './resume.ts'
import type { BookingRequest } from './schema.ts'
import { mustAskTheOther } from './spoken.ts'
import { bookingRows } from './store.ts'
import { termsText } from './terms.ts'
import { type BookingFacts, viewOf } from './view-booking.ts'
import type { Whose } from './whose.ts'

/** What is free, with the steps that get their time later. */
type Taken = Pick<Extract<Chosen, { verdict: 'free' }>, 'offering' | 'laid'> & { open?: Chosen['open'] | undefined }

/** Writes all of a new booking, in the transaction that has locked its times and found them free. */
export async function take(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  request: Pick<BookingRequest, 'together' | 'instalments'>,
  type: SessionType,
  { offering, laid: segments, open = [] }: Taken,
  { id, holder, booker, byLink, forCaller, edition, notMeet, approved = false, also }: Whose
): Promise<Made> {
  const now = deps.now()
  const { practice } = scope
  const [begins] = segments
  if (!begins) throw new Error('What is free lies somewhere')
  const start = instantOf(begins.start)
  // A yes comes before whatever is first; when the other's own step is, is nobody else's, nor is a date that follows from it.
  const earliest = Math.min(...segments.filter(({ who }) => who !== 'second').map(one => one.start))
  const bookerId = booker.id
  const kind = isForTwo(type) ? 'couple' : 'individual'
  const known = booker.own.length > 0 ? await findClientOf(tx, scope, booker.own, kind) : undefined
  const clientId = known ?? newId()
  // Of two who belong together the other is always asked, by their own sign-in; else where the booker wants it, by a link.
  const joined = known && kind === 'couple' ? await findOther(tx, scope, known, booker.own) : undefined
  const other = joined ?? (request.together ? linkYes : undefined)
  if (!other && !approved) mustAskTheOther(type)
  const text = termsText(type, practice)
  const owed = duesFor(forCaller, duesOf(type, start, practice.zone, now, request.instalments))
  const byHand = !approved && (type.rules.approval || (known !== undefined && (await isByHand(tx, scope, known))))
  const asked = { approval: byHand || forCaller !== undefined, costs: owed.length > 0 || forCaller !== undefined }
  const at = { now, zone: practice.zone, start: instantOf(earliest), type }
  const yeses = yesesOf({ ...asked, other }, at)
  const begin = startOf(yeses.length > 0, owed.length > 0)
  const holdUntil = begin.minutes === null ? null : now.plus({ minutes: begin.minutes })
  const steps = stepsTaken(type, [...segments, ...open])
  const whose = { clientId, bookerId, edition, byPractice: forCaller !== undefined }
  const claim = { id, type, offering, segments, steps, ...whose }
  const laid = layBooking(scope, deps.settings, claim, { state: begin.name, holdUntil }, now)
  const dues = owed.map(due => ({
    ...due,
    id: newId(),
    payerId: bookerId,
    state: begin.name === 'held' && due.required ? ('open' as const) : ('scheduled' as const)
  }))
  const dueNow = begin.name === 'held' ? dues.find(({ required }) => required) : undefined
  const begun = (code?: string) => ({
    practice: practice.id,
    actor: actorName(actor),
    kind: code ? 'booking.code-asked' : `booking.${begin.name}`,
    subjects: { booking: id, ...(code && { code }) }
  })
  const awaitsCode = yeses.some(({ by }) => by === bookerYes)
  const needsCode = awaitsCode || (begin.name === 'held' && !dueNow)
  // A hold that waits for its payment is told nobody.
  const event = needsCode ? [] : newEvent(deps, { ...begun(), ...(begin.name === 'held' && { queue: null }) })
  const planned = dueNow && planAttempt(deps, scope, id, dueNow, 1)
  const { token, rows: opened } = newLink(scope, answerLink(deps, { id, bookerId }))
  const rows = [
    ...(booker.given ? newPerson(deps, scope, booker.given, bookerId) : []),
    ...(known ? [] : newClient(scope, clientId, kind, bookerId, now)),
    ...newConsent(scope, { person: bookerId, client: clientId, document: consentOf(forCaller), text, at: now }),
    ...bookingRows(scope, laid, holder),
    ...dueRows(scope, id, dues),
    ...(planned?.rows ?? []),
    ...opened,
    ...event,
    ...(byLink ? partnerCallRows(scope, clientId, now) : []),
    ...(also?.(clientId) ?? []),
    ...yeses.flatMap(yes => acceptanceRows({ practiceId: practice.id, bookingId: id, ...yes }))
  ]
  const own = { joint: kind === 'couple', therapist: offering.personId, pays: true }
  const seen = await seenBy<Omit<BookingFacts, 'names' | 'client' | 'link'>>(sightOf(readerOf({ id, bookerId }), own), {
    time: () => ({ taken: true, appointments: ownTimes(withSteps(type.plan, steps), laid.appointments, 'first') }),
    state: () => laid.booking,
    place: () => offering.placeSlug,
    therapist: () => [offering.therapistSlug, offering.second?.therapistSlug],
    type: () => type.slug,
    amounts: () => ({ price: type.price, dues, url: null }),
    changes: () => ({ answerable: false, awaitsCode })
  })
  const view = viewOf(id, seen)
  const isAll = !needsCode && other !== linkYes && !booker.name && !forCaller && notMeet === undefined
  await (isAll ? lastly(tx, writeRows(tx, rows)) : writeRows(tx, rows))
  const partnerLink = other === linkYes ? await makeLink(deps, tx, scope, id, bookerId) : undefined
  if (booker.name) await saveName(deps, tx, scope, bookerId, booker.name)
  if (edition)
    await keepNotMeet(deps, tx, scope, { id, editionId: edition, clientId, personId: bookerId, words: notMeet })
  const proof = { purpose: 'confirm_booking' as const, person: bookerId, subject: id }
  if (needsCode) await emit(deps, tx, begun(await issueCode(deps, tx, scope, proof)))
  const unasked = planned && { attempt: planned.attempt, email: booker.email }
  return { view, price: type.price, token, partnerLink, unasked }
}
