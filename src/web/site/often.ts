import { z } from 'zod'
import type { SessionType } from '../../catalog/session-type.ts'

/** How often somebody wants a session that repeats, and how many days apart. */
export interface Often {
  times: number
  every: number
}

/** The same as an address or a form carries it. What nobody could mean counts as nothing said. */
export const OftenQuery = z.object({
  times: z.coerce.number().int().optional().catch(undefined),
  every: z.coerce.number().int().optional().catch(undefined)
})

/** What is asked for where it is offered, else what is usual; nothing for a session that does not repeat. */
export function oftenOf(
  { plan: { repeat } }: Pick<SessionType, 'plan'>,
  { times, every }: z.infer<typeof OftenQuery>
): Often | undefined {
  if (!repeat) return undefined
  const [usual = 7] = repeat.every
  return {
    times: times !== undefined && repeat.least <= times && times <= repeat.most ? times : repeat.times,
    every: every !== undefined && repeat.every.includes(every) ? every : usual
  }
}

/** `{ times: '12', every: '7' }`, for an address. */
export function oftenQuery(often: Often | undefined): { times?: string; every?: string } {
  return often ? { times: String(often.times), every: String(often.every) } : {}
}

/** `every week`, `every second week`. */
export function everyText(days: number): string {
  const weeks = days / 7
  if (weeks === 1) return 'every week'
  return weeks === 2 ? 'every second week' : `every ${weeks} weeks`
}

/** `12 times, every week` */
export function oftenText({ times, every }: Often): string {
  return `${times} times, ${everyText(every)}`
}
