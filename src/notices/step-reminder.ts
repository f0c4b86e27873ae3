import type { DateTime } from 'luxon'
import type { WaitingStep } from '../bookings/open-steps.ts'
import { instantOf } from '../kernel/time.ts'

/** So many days before a step can be chosen no more, whoever chooses it is reminded. */
export const chooseDays = 5

/** One for each step, person, occasion and window: where the window changes, the reminders are made anew. */
export function chooseCause(
  { ordinal, to }: WaitingStep,
  occasion: 'after' | 'soon' | 'again',
  booking: string,
  person: string
): string {
  return `choose:${ordinal}:${to}:${occasion}:${booking}:${person}`
}

/** Until when the step of which a reminder's cause speaks can be chosen; undefined where that is so no longer. */
export function waitsOf(cause: string, waiting: readonly WaitingStep[], now: DateTime): DateTime | undefined {
  const [, ordinal, to] = cause.split(':').map(Number)
  const step = waiting.find(one => one.ordinal === ordinal && one.to === to && !one.waits)
  return step && step.to > now.toMillis() ? instantOf(step.to) : undefined
}
