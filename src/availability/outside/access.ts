import { z } from 'zod'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Spot } from '../../kernel/secrets.ts'

/** How a calendar is reached. All of it is a secret: sealed where it is kept, never shown again, never logged. */
export const Access = z.object({
  kind: z.enum(['ics', 'caldav']),
  url: z.string(),
  user: z.string().optional(),
  password: z.string().optional()
})
export type Access = z.infer<typeof Access>

/**
 * The address as it is asked for: webcal means https (http on this machine, where it is allowed).
 * @returns undefined where it is no address of the web
 */
export function webAddress(given: string): string | undefined {
  const text = given.trim().replace(/^webcals?:/i, 'https:')
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') return undefined
  url.hash = ''
  return url.href
}

/** Where a calendar's access is kept sealed. */
export function spotOf({ practice }: PracticeScope, id: string): Spot {
  return { practice: practice.id, table: 'outside_calendars', column: 'access', row: id }
}
