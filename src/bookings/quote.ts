import type { DateTime } from 'luxon'
import { alternativesTo } from '../availability/alternatives.ts'
import type { Place } from '../availability/check-each.ts'
import { choose, nearest } from '../availability/choose.ts'
import { viewSlot } from '../availability/read-slots.ts'
import { isWholeWithSteps, standsAlone } from '../catalog/plan.ts'
import { sharesOf } from '../catalog/run.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import { type Due, duesOf, mustOfferInstalments } from '../payments/due.ts'
import { backAhead } from './ahead.ts'
import { choiceOf } from './choice-of.ts'
import type { Part } from './parts.ts'
import { policyAhead } from './policy-ahead.ts'
import type { QuoteView } from './quote-schema.ts'
import { quoteSeat } from './quote-seat.ts'
import { refusalOf } from './refuse.ts'
import type { Start } from './schema.ts'
import { asOwnChoice, idsOfBooker, mustSuit, wantedOf } from './suit-client.ts'

/**
 * What a start would mean: the times, what is due when, and until when how much comes back. Nothing is taken. Where the
 * appointments stand apart, each is free or not by itself, with other starts of its day and its week.
 * @param actor who asks: the rules that depend on who the client is are theirs, and of nobody for first-time clients
 * @throws no-such-session-type, not-offered, too-soon, too-far, invalid-input; a taken time is answered with `free: false`
 */
export async function quote(
  deps: Deps,
  scope: PracticeScope,
  slug: string,
  wish: Start,
  actor?: Actor
): Promise<QuoteView> {
  const { db } = deps
  const { practice } = scope
  const now = deps.now()
  const { edition } = wish
  if (edition) return quoteSeat(deps, scope, { slug, edition }, actor)
  const own = await idsOfBooker(db, scope, actor)
  const { choice } = await asOwnChoice(db, scope, own, choiceOf(slug, wish))
  const chosen = await choose(db, scope, choice, now.toMillis())
  const { verdict, type, laid, open } = chosen
  if (laid.length === 0) throw await refusalOf(deps, scope, type, choice, verdict)
  if (chosen.verdict === 'free' && actor)
    await mustSuit(db, scope, own, { type, choice, ...wantedOf(chosen) }, now.toMillis())
  const instead = type.plan.apart || verdict === 'free' ? [] : await nearest(db, scope, choice, now.toMillis())
  const start = instantOf(laid[0]?.start ?? choice.start)
  mustOfferInstalments(type, wish.instalments)
  const dues = duesOf(type, start, practice.zone, now, wish.instalments)
  return {
    appointments: [...laid, ...open]
      .sort((one, other) => one.ordinal - other.ordinal)
      .map(step => {
        // When the other's own step is, is theirs: it is reserved, and they choose.
        if (step.who === 'second') return { who: 'other' as const }
        if (!('verdict' in step))
          return { who: step.who, step: step.ordinal, open: { from: instantOf(step.from), to: instantOf(step.to) } }
        return {
          start: instantOf(step.start),
          end: instantOf(step.end),
          who: step.who,
          free: step.verdict === 'free',
          ...(step.proposed && { proposed: true }),
          ...(isWholeWithSteps(type.plan) && standsAlone(type.plan, step.ordinal) && { step: step.ordinal }),
          alternatives: (standsAlone(type.plan, step.ordinal)
            ? alternativesTo(chosen, step, now.toMillis())
            : instead
          ).map(viewSlot)
        }
      }),
    price: type.price,
    dues,
    policy: type.plan.apart
      ? partsAhead(type, laid, dues, practice.zone, now)
      : policyAhead(type, start, dues, practice.zone, now, partsLaid(type, laid)),
    termsVersion: practice.termsVersion
  }
}

/** The same where each appointment is kept or given back by itself: of what is paid, soonest first. */
function partsAhead(
  type: SessionType,
  laid: readonly Place[],
  dues: readonly Pick<Due, 'amount' | 'dueAt'>[],
  zone: string,
  now: DateTime
): QuoteView['policy'] {
  const { price, policy } = type
  const money = (amount: number) => ({ amount, currency: price.currency })
  const parts = partsLaid(type, laid)
  const paid = dues.filter(({ dueAt }) => dueAt <= now).reduce((sum, { amount }) => sum + amount.amount, 0)
  const later = dues.filter(({ dueAt }) => dueAt > now)
  // Who may undo a booking is told so by itself: here it was confirmed long ago.
  const confirmedAt = now.minus({ years: 1 })
  const terms = { policy, price, deposit: price.amount, paid, confirmedAt, zone }
  return backAhead(terms, parts, now, later).map(({ until, refund, paid }) => ({
    until,
    keep: money(paid - refund),
    back: money(refund)
  }))
}

/** What is laid, as a cancellation counts it. */
function partsLaid(type: SessionType, laid: readonly Place[]): Part[] {
  const shares = sharesOf(type, laid)
  return laid.map(({ start, ordinal, who }) => ({
    who,
    startsAt: instantOf(start),
    movedAt: null,
    movedFrom: null,
    state: 'planned',
    price: shares?.get(ordinal) ?? null
  }))
}
