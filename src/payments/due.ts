import type { DateTime } from 'luxon'
import type { DueReason, DueState } from '../../db/schema/payments.ts'
import { depositOf, instalmentsOf, type SessionType } from '../catalog/session-type.ts'
import { type Money, stepOf } from '../kernel/money.ts'
import { invalid, problem } from '../kernel/problem.ts'

/** What one payer owes for one reason. */
export interface Due {
  id: string
  payerId: string
  reason: DueReason
  amount: Money
  dueAt: DateTime
  required: boolean
  state: DueState
}

export const nothingToPay = problem('nothing-to-pay', 409, 'Nothing is to be paid here')
export const paymentLost = problem('payment-lost', 409, 'Your payment page cannot be found just now')

/**
 * What a booking of this type owes, and when: all now; or a deposit now and the rest at 09:00 of the practice's day
 * that many days before the start. Where that day is past, all is due now. Where the payer chose instalments: the first now,
 * each other at 09:00 of its day; they are equal, and the last takes what does not divide.
 */
export function duesOf(
  type: SessionType,
  start: DateTime,
  zone: string,
  now: DateTime,
  byInstalments = false
): Pick<Due, 'reason' | 'amount' | 'dueAt' | 'required'>[] {
  const { price, rules } = type
  if (price.amount === 0 || rules.pay.mode === 'none') return []
  const full = { reason: 'full' as const, amount: price, dueAt: now, required: true }
  const instalments = byInstalments && instalmentsOf(type)
  if (instalments) return inParts(price, instalments, zone, now)
  const deposit = depositOf(type)
  if (rules.pay.mode !== 'deposit' || !deposit) return [full]
  const balanceAt = start.setZone(zone).minus({ days: rules.pay.daysBefore }).startOf('day').set({ hour: 9 }).toUTC()
  if (balanceAt <= now) return [full]
  const rest = { amount: price.amount - deposit.amount, currency: price.currency }
  return [
    { reason: 'deposit', amount: deposit, dueAt: now, required: true },
    { reason: 'balance', amount: rest, dueAt: balanceAt, required: false }
  ]
}

function inParts(
  { amount, currency }: Money,
  { times, days }: { times: number; days: number },
  zone: string,
  now: DateTime
): Pick<Due, 'reason' | 'amount' | 'dueAt' | 'required'>[] {
  const step = stepOf(currency)
  const part = Math.floor(amount / times / step) * step
  return Array.from({ length: times }, (_, index) => ({
    reason: 'instalment' as const,
    amount: { amount: index === times - 1 ? amount - part * (times - 1) : part, currency },
    dueAt:
      index === 0
        ? now
        : now
            .setZone(zone)
            .plus({ days: index * days })
            .startOf('day')
            .set({ hour: 9 })
            .toUTC(),
    required: index === 0
  }))
}

/** @throws invalid-input where the type is not paid in instalments */
export function mustOfferInstalments(type: Pick<SessionType, 'price' | 'rules'>, wanted: boolean | undefined): void {
  if (wanted && !instalmentsOf(type))
    throw invalid([{ pointer: '/instalments', detail: 'This session is paid as one: leave it out' }])
}

/** The payment condition of a booking: every due that it requires is paid. */
export function isCovered(dues: readonly Pick<Due, 'required' | 'state'>[]): boolean {
  return dues.every(due => !due.required || due.state === 'paid' || due.state === 'waived')
}
