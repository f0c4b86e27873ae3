import type { Actor } from '../identity/actor.ts'
import { normalisedAddress } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { problem } from '../kernel/problem.ts'
import { holdMinutes } from '../payments/attempt.ts'

/** Whose unpaid hold it is, as keyed hashes: they tell the holds of one apart from another's, and nothing else. */
export interface Holder {
  /** Null for a program, which has no browser. */
  browser: Buffer | null
  address: Buffer
}

export const tooManyHolds = problem('too-many-holds', 429, 'You are keeping too many times that are not paid')
export const dayHeld = problem('day-held', 429, 'Others are booking on that day just now')

/**
 * By then each hold is paid or over, whoever's it is: the same for all, so that it tells nothing of them. A request may
 * wait longer for the practice; then the next try is told the same.
 */
export const retryAfter = holdMinutes * 60

/** @returns undefined for staff, who book for callers: their holds count for no limit */
export function holderOf(
  { secrets }: Pick<Deps, 'secrets'>,
  { practice }: PracticeScope,
  actor: Actor,
  email: string,
  browser: string | undefined
): Holder | undefined {
  if (actor.kind === 'staff') return undefined
  return {
    browser: browser ? secrets.lookup(practice.id, 'hold-browser', browser) : null,
    address: secrets.lookup(practice.id, 'hold-address', normalisedAddress(email))
  }
}

/** Where rivals with the same browser or address wait in line: before the resources. */
export function linesOf(holder: Holder | undefined): string[] {
  return holder ? [holder.browser, holder.address].flatMap(hash => (hash ? [hash.toString('hex')] : [])) : []
}
