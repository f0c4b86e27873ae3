import type { DateTime } from 'luxon'
import type { DueReason, DueState } from '../../db/schema/payments.ts'
import { depositOf, type SessionType } from '../catalog/session-type.ts'
import type { Money } from '../kernel/money.ts'
import { problem } from '../kernel/problem.ts'

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
 * that many days before the start. Where that day is past, all is due now.
 */
export function duesOf(
  type: SessionType,
  start: DateTime,
  zone: string,
  now: DateTime
): Pick<Due, 'reason' | 'amount' | 'dueAt' | 'required'>[] {
  const { price, rules } = type
  if (price.amount === 0 || rules.pay.mode === 'none') return []
  const full = { reason: 'full' as const, amount: price, dueAt: now, required: true }
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

/** The payment condition of a booking: every due that it requires is paid. */
export function isCovered(dues: readonly Pick<Due, 'required' | 'state'>[]): boolean {
  return dues.every(due => !due.required || due.state === 'paid' || due.state === 'waived')
}
