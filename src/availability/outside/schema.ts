import { z } from 'zod'
import { Instant, LocalDate } from '../../kernel/time.ts'
import { Line } from '../../kernel/wire.ts'
import { webAddress } from './access.ts'
import type { CalendarRow } from './store.ts'
import { faults } from './unreadable.ts'

const Secret = Line.min(1).max(500).optional()

/** A calendar elsewhere, by the address that its owner keeps secret, or by CalDAV with a password for apps. */
export const OutsideCalendarRequest = z
  .strictObject({
    kind: z.enum(['ics', 'caldav'], { error: 'Say ics for an address of a calendar, caldav for an account' }),
    url: z
      .string()
      .max(2000)
      .refine(given => webAddress(given) !== undefined, {
        error: 'Give the calendar’s whole address: it begins with https:// or webcal://'
      }),
    user: Secret,
    password: Secret
  })
  .refine(({ kind, user }) => kind === 'ics' || user !== undefined, {
    path: ['user'],
    error: 'Give the name by which you sign in there'
  })
  .refine(({ kind, password }) => kind === 'ics' || password !== undefined, {
    path: ['password'],
    error: 'Give a password that you made there for apps'
  })
export type OutsideCalendarRequest = z.infer<typeof OutsideCalendarRequest>

/** `new`: never read yet · `synced` · `stale`: could not be had since then; what was known of it still holds. */
export const OutsideCalendarView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['ics', 'caldav']),
    state: z.enum(['new', 'synced', 'stale']),
    syncedAt: Instant.nullable(),
    staleSince: Instant.nullable(),
    /** Events that could not be read: they are not in the busy times. */
    skipped: z.int(),
    /** Why it could not be had. */
    fault: z.enum(faults).nullable()
  })
  .meta({ id: 'OutsideCalendar' })

export type OutsideCalendar = z.infer<typeof OutsideCalendarView>

/** Instants, or days of the therapist’s zone, both included. */
export const BusyQuery = z.strictObject({ from: z.union([LocalDate, Instant]), to: z.union([LocalDate, Instant]) })
export type BusyQuery = z.infer<typeof BusyQuery>

export const BusyView = z.object({ items: z.array(z.object({ start: Instant, end: Instant })) })

export function view({ id, kind, syncedAt, staleSince, skipped, fault }: CalendarRow): OutsideCalendar {
  const state = staleSince ? 'stale' : syncedAt ? 'synced' : 'new'
  return { id, kind, state, syncedAt, staleSince, skipped, fault: faults.find(known => known === fault) ?? null }
}
