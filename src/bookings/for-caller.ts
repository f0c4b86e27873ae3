import type { Due } from '../payments/due.ts'

/** How a caller's booking is paid: by a mailed link before it stands, by hand, or not at all. */
export const callerPays = ['link', 'manual', 'none'] as const
export type CallerPays = (typeof callerPays)[number]

/** Staff book for somebody who called, or proposed it to them. */
export interface ForCaller {
  pays: CallerPays
  /** They heard the terms, and did not read them. */
  told: boolean
}

/** What is due is the same; what is paid by hand keeps nothing from standing. */
export function duesFor<D extends Pick<Due, 'required'>>(forCaller: ForCaller | undefined, owed: readonly D[]): D[] {
  return owed.map(due => (forCaller?.pays === 'manual' ? { ...due, required: false } : due))
}

/** Under which name it is kept that somebody agreed. */
export function consentOf(forCaller: ForCaller | undefined): string {
  return forCaller?.told ? 'booking-terms-told' : 'booking-terms'
}
