import { DateTime } from 'luxon'
import { z } from 'zod'
import { Instant } from '../kernel/time.ts'

/** `o0`, `o1` …: where single ones are wanted instead. Without `go` it is only shown. */
export const Wanted = z.object({ start: Instant, go: z.literal('yes').optional() }).catchall(z.string().max(60))

/** Where single ones are wanted instead, by their place in the list. */
export function wishesOf(body: Record<string, unknown>): (DateTime | undefined)[] {
  return Array.from({ length: 104 }, (_, index) => {
    const wish = body[`o${index}`]
    const start = typeof wish === 'string' ? DateTime.fromISO(wish, { zone: 'utc' }) : undefined
    return start?.isValid ? start : undefined
  })
}
