import type { DateTime } from 'luxon'
import { depositOf, type SessionType } from '../catalog/session-type.ts'
import type { Due } from '../payments/due.ts'
import { bandAt, bandEnds, kept } from '../payments/policy.ts'
import { cancellationOf } from './cancellation.ts'
import { lastBefore, type Part, partsOf } from './parts.ts'
import type { QuoteView } from './quote-schema.ts'

/**
 * Until when how much is kept, and comes back of what is paid by then: a band has two parts where a due falls into it, or where
 * a step beside what belongs together has taken place.
 * @param appointments those of a booking with such steps
 */
export function policyAhead(
  type: SessionType,
  start: DateTime,
  dues: readonly Pick<Due, 'amount' | 'dueAt'>[],
  zone: string,
  now: DateTime,
  appointments: readonly Part[] = []
): QuoteView['policy'] {
  const { price, policy } = type
  const money = (amount: number) => ({ amount, currency: price.currency })
  const deposit = depositOf(type)?.amount ?? price.amount
  const parts = partsOf(appointments)
  const begun = parts?.map(({ startsAt }) => startsAt) ?? []
  const turns = [
    ...bandEnds(policy, start, zone).map(({ until }) => until),
    ...dues.map(({ dueAt }) => dueAt),
    ...begun
  ]
  return turns
    .filter(until => until > now && until <= start)
    .sort((one, other) => one.toMillis() - other.toMillis())
    .filter((until, order, all) => !all[order + 1]?.equals(until))
    .map(until => {
      const paid = dues.filter(({ dueAt }) => dueAt < until).reduce((sum, { amount }) => sum + amount.amount, 0)
      const whole = {
        policy,
        price,
        deposit,
        paid,
        start,
        zone,
        confirmedAt: now.minus({ years: 1 }),
        at: lastBefore(until)
      }
      const back = cancellationOf({ ...whole, by: 'client', parts }).refund
      const keep = parts ? paid - back : kept(bandAt(policy, start, until, zone).keep, price, deposit)
      return { until, keep: money(keep), back: money(back) }
    })
}
