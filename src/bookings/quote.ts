import type { DateTime } from 'luxon'
import { alternativesTo, choose, nearest } from '../availability/choose.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { Laid } from '../catalog/lay.ts'
import { depositOf, type SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import { type Due, duesOf } from '../payments/due.ts'
import { bandAt, bandEnds, kept } from '../payments/policy.ts'
import { choiceOf } from './choice-of.ts'
import { lookAtSeat, seatRefusal } from './choose-seat.ts'
import { refusalOf } from './refuse.ts'
import type { QuoteView, Start } from './schema.ts'

/**
 * What a start would mean: the times, what is due when, and until when how much comes back. Nothing is taken. Where the
 * appointments stand apart, each is free or not by itself, with other starts of its day and its week.
 * @throws no-such-session-type, not-offered, too-soon, too-far, invalid-input; a taken time is answered with `free: false`
 */
export async function quote(deps: Deps, scope: PracticeScope, slug: string, wish: Start): Promise<QuoteView> {
  const { edition } = wish
  if (edition) return quoteSeat(deps, scope, { slug, edition })
  const { db } = deps
  const now = deps.now()
  const choice = choiceOf(slug, wish)
  const chosen = await choose(db, scope, choice, now.toMillis())
  const { verdict, type, laid } = chosen
  if (laid.length === 0) throw await refusalOf(deps, scope, type, choice, verdict)
  const instead = type.plan.apart || verdict === 'free' ? [] : await nearest(db, scope, choice, now.toMillis())
  return quoteOf(deps, scope, type, laid, place => ({
    free: place.verdict === 'free',
    alternatives: (type.plan.apart ? alternativesTo(chosen, place, now.toMillis()) : instead).map(viewSlot)
  }))
}

/** The same for a seat of an edition. @throws no-such-edition, too-soon, too-far; one that is full is not free */
async function quoteSeat(
  deps: Deps,
  scope: PracticeScope,
  wish: { slug: string; edition: string }
): Promise<QuoteView> {
  const seat = await lookAtSeat(deps, scope, wish)
  if (seat.verdict !== 'free' && seat.verdict !== 'full') throw seatRefusal(seat, deps)
  return quoteOf(deps, scope, seat.type, seat.laid, () => ({ free: seat.verdict === 'free', alternatives: [] }))
}

/** What appointments that are laid so would mean. */
export function quoteOf<P extends Laid>(
  deps: Deps,
  { practice }: PracticeScope,
  type: SessionType,
  laid: readonly P[],
  standing: (place: P) => Pick<QuoteView['appointments'][number], 'free' | 'alternatives'>
): QuoteView {
  const now = deps.now()
  const [first] = laid
  if (!first) throw new Error('Nothing is laid')
  const start = instantOf(first.start)
  const dues = duesOf(type, start, practice.zone, now)
  return {
    appointments: laid.map(place => ({
      start: instantOf(place.start),
      end: instantOf(place.end),
      who: place.who,
      ...standing(place)
    })),
    price: type.price,
    dues,
    policy: policyAhead(type, start, dues, practice.zone, now),
    termsVersion: practice.termsVersion
  }
}

/** Until when how much is kept, and comes back of what is paid by then: a band has two parts where a due falls into it. */
function policyAhead(
  type: SessionType,
  start: DateTime,
  dues: readonly Pick<Due, 'amount' | 'dueAt'>[],
  zone: string,
  now: DateTime
): QuoteView['policy'] {
  const { price, policy } = type
  const money = (amount: number) => ({ amount, currency: price.currency })
  const deposit = depositOf(type)?.amount ?? price.amount
  const turns = [...bandEnds(policy, start, zone).map(({ until }) => until), ...dues.map(({ dueAt }) => dueAt)]
  return turns
    .filter(until => until > now && until <= start)
    .sort((one, other) => one.toMillis() - other.toMillis())
    .filter((until, order, all) => !all[order + 1]?.equals(until))
    .map(until => {
      const paid = dues.filter(({ dueAt }) => dueAt < until).reduce((sum, { amount }) => sum + amount.amount, 0)
      const keep = kept(bandAt(policy, start, until, zone).keep, price, deposit)
      return { until, keep: money(keep), back: money(Math.max(0, paid - keep)) }
    })
}
