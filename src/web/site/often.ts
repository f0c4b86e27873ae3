import { z } from 'zod'
import { openDays } from '../../catalog/run.ts'
import type { SessionType } from '../../catalog/session-type.ts'

/** How often somebody wants a session that repeats, and how many days apart. */
export interface Often {
  times: number
  every: number
  /** Until it is ended; `times` is then how many are laid first. */
  open: boolean
}

/** The same as an address or a form carries it. What nobody could mean counts as nothing said. */
export const OftenQuery = z.object({
  times: z.coerce.number().int().optional().catch(undefined),
  every: z.coerce.number().int().optional().catch(undefined),
  open: z.literal('yes').optional().catch(undefined)
})

/** What is asked for where it is offered, else what is usual; nothing for a session that does not repeat. */
export function oftenOf(
  { plan: { repeat } }: Pick<SessionType, 'plan'>,
  { times, every, open }: { times?: number | undefined; every?: number | undefined; open?: 'yes' | boolean | undefined }
): Often | undefined {
  if (!repeat) return undefined
  const [usual = 7] = repeat.every
  const days = every !== undefined && repeat.every.includes(every) ? every : usual
  if (open && repeat.open) return { times: Math.floor(openDays / days), every: days, open: true }
  return {
    open: false,
    times: times !== undefined && repeat.least <= times && times <= repeat.most ? times : repeat.times,
    every: days
  }
}

/** `{ times: '12', every: '7' }`, for an address. */
export function oftenQuery(often: Often | undefined): { times?: string; every?: string; open?: string } {
  return often ? { times: String(often.times), every: String(often.every), ...(often.open && { open: 'yes' }) } : {}
}

/** `every week`, `every second week`. */
export function everyText(days: number): string {
  const weeks = days / 7
  if (weeks === 1) return 'every week'
  return weeks === 2 ? 'every second week' : `every ${weeks} weeks`
}

/** `12 times, every week` */
export function oftenText({ times, every, open }: Often): string {
  if (open) return `${capital(everyText(every))} until you end it, ${times} times to begin with`
  return `${times} times, ${everyText(every)}`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
