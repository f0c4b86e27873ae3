import type { DateTime } from 'luxon'
import type { BookingView } from '../../bookings/schema.ts'
import { depositOf, type SessionType } from '../../catalog/session-type.ts'
import { bandEnds, kept } from '../../payments/policy.ts'
import { datedPolicyText } from '../components/words.ts'

/** What would come back of a booking until when: sums and moments that are still ahead. */
export function paidPolicyText(
  type: SessionType,
  { appointments, price }: BookingView,
  practiceZone: string,
  zone: string,
  now: DateTime
): string | undefined {
  const [first] = appointments
  if (!first || !price || first.start <= now) return undefined
  const deposit = depositOf(type)?.amount ?? price.amount
  const ahead = bandEnds(type.policy, first.start, practiceZone)
    .filter(({ until }) => until > now)
    .map(({ band, until }) => ({
      until,
      back: { amount: price.amount - kept(band.keep, price.amount, deposit), currency: price.currency }
    }))
  return datedPolicyText(ahead, price, zone)
}
