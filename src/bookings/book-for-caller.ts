import type { Choice } from '../availability/choose.ts'
import { isAfterCalls, isForTwo, noSuchType } from '../catalog/session-type.ts'
import { findSessionType } from '../catalog/store.ts'
import { type Actor, actorName, mustMay } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import { constraintOf, type Transaction } from '../kernel/database.ts'
import { newId } from '../kernel/ids.ts'
import { invalid } from '../kernel/problem.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { callerOf } from './caller.ts'
import type { CallerBookingRequest } from './caller-schema.ts'
import { choiceOf } from './choice-of.ts'
import { chooseFree } from './choose-free.ts'
import { giveOwnYes } from './give-own-yes.ts'
import { refusalOf } from './refuse.ts'
import { maySaySpoken, noteSpoken } from './spoken.ts'
import { findBooking } from './store.ts'
import { mustSuit, wantedOf } from './suit-client.ts'
import { take } from './take.ts'
import { calendarFor, mustBeTheirs } from './whose-calendar.ts'

/**
 * Books for somebody who calls: the practice says yes with it, so that it waits for the payment alone (48 hours, by a mailed
 * link), or for the other of two who belong together, or stands at once. Rules may be set aside with a reason, which is
 * written down; what is sold, and when the therapist is away, never. A type that asks for a private call with each first
 * asks the other of the two in any case, and waits for the calls, or for none where a therapist has spoken with each.
 * @param id the booking's: one that is there already was made by an earlier run of the same request
 * @returns the booking's id
 * @throws no-such-session-type, no-such-client, no-such-therapist, not-allowed; invalid-input; slot-taken and not-offered
 * (both with alternatives), too-soon, too-far
 */
export async function bookForCaller(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  request: CallerBookingRequest,
  id = newId()
): Promise<string> {
  if (await findBooking(deps.db, scope, id)) return id
  const { sessionType: slug, override = [], payment, reason, spokenWithEach } = request
  const isFree = payment === 'none'
  if (override.length > 0 || isFree) mustMay(actor, 'book outside the rules')
  if ((override.length > 0 || isFree) && !reason)
    throw invalid([{ pointer: '/reason', detail: 'Say why a rule, or the price, is set aside' }])
  const type = await findSessionType(deps.db, scope, slug)
  if (!type) throw noSuchType(`There is no session type “${slug}”`)
  maySaySpoken(actor, type, spokenWithEach)
  const therapist = await calendarFor(deps, scope, actor, request.therapist, isForTwo(type))
  const choice: Choice = { ...choiceOf(slug, { ...request, therapist }), forStaff: { override } }
  const booker = await callerOf(deps, scope, actor, request)
  const verdict = await deps.db
    .transaction(async tx => {
      const { type, chosen } = await chooseFree(deps, tx, scope, choice, undefined)
      if (chosen.verdict !== 'free') return chosen.verdict
      mustBeTheirs(actor, chosen.offering.personId, isForTwo(type))
      // Of a caller who is new nothing is known that a rule could ask: staff speak with them.
      if (booker.own.length > 0 && !override.includes('caps'))
        await mustSuit(tx, scope, booker.own, { type, choice, ...wantedOf(chosen) }, deps.now().toMillis())
      const priced = isFree ? { ...type, price: { ...type.price, amount: 0 } } : type
      const whose = { id, holder: undefined, booker, forCaller: { pays: payment, told: true } }
      await take(deps, tx, scope, actor, { together: isAfterCalls(type) }, priced, chosen, whose)
      await noteWhy(deps, tx, scope, actor, id, request)
      if (spokenWithEach) await noteSpoken(deps, tx, scope, actor, id)
      await giveOwnYes(deps, tx, scope, actor, id, type, { client: request.client, spoken: spokenWithEach })
      return chosen.verdict
    })
    .catch(error => {
      if (!constraintOf(error)?.startsWith('occupancy_once')) throw error
      return 'taken' as const
    })
  if (verdict !== 'free') throw await refusalOf(deps, scope, type, choice, verdict)
  return id
}

/** Which rules were set aside, and why. */
async function noteWhy(
  { now }: PaymentDeps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  { override = [], payment, reason }: CallerBookingRequest
): Promise<void> {
  const aside = [...override, ...(payment === 'none' ? ['price'] : [])]
  const why = [aside.length > 0 && `without ${aside.join(', ')}`, reason].filter(Boolean).join(': ')
  const line = { practice: scope.practice.id, actor: actorName(actor), kind: 'booked-for-caller', subjects: [id] }
  await record(tx, now, { ...line, ...(why && { why }) })
}
