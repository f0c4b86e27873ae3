import type { DateTime } from 'luxon'
import { choose, nearest } from '../availability/choose.ts'
import { viewSlot } from '../availability/read-slots.ts'
import { lay } from '../catalog/plan.ts'
import { findPublicType } from '../catalog/read-session-types.ts'
import { depositOf, type SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import { type Due, duesOf } from '../payments/due.ts'
import { bandAt, bandEnds, kept } from '../payments/policy.ts'
import { refusalOf } from './refuse.ts'
import type { QuoteView, Start } from './schema.ts'

/**
 * What a start would mean: the times, what is due when, and until when how much comes back. Nothing is taken.
 * @throws no-such-session-type, not-offered, too-soon, too-far; a taken time is answered with `free: false`
 */
export async function quote(
  deps: Deps,
  scope: PracticeScope,
  slug: string,
  { start, therapist, place }: Start
): Promise<QuoteView> {
  const { db, now } = deps
  const { practice } = scope
  const type = await findPublicType(deps, scope, slug)
  const choice = { slug, start: start.toMillis(), therapist, place }
  const { verdict, offering } = await choose(db, scope, choice, now().toMillis())
  if (verdict !== 'free' && verdict !== 'taken') throw await refusalOf(deps, scope, type, choice, verdict)
  const alternatives = verdict === 'taken' ? (await nearest(db, scope, choice, now().toMillis())).map(viewSlot) : []
  const dues = duesOf(type, start, practice.zone, now())
  return {
    appointments: (lay(type.plan, start.toMillis(), offering?.zone ?? practice.zone) ?? []).map(
      ({ start, end, who }) => ({
        start: instantOf(start),
        end: instantOf(end),
        who,
        free: verdict === 'free',
        alternatives
      })
    ),
    price: type.price,
    dues,
    policy: policyAhead(type, start, dues, practice.zone, now()),
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
