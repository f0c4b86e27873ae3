import { z } from 'zod'
import { whos } from '../../db/schema/appointments.ts'
import { Instant, LocalDate, LocalTime, Zone } from '../kernel/time.ts'
import { Slug } from '../kernel/wire.ts'

export const SlotsQuery = z.strictObject({
  from: LocalDate,
  to: LocalDate,
  zone: Zone,
  therapist: Slug.optional(),
  place: Slug.optional(),
  /** Of a session that repeats: starts at which so many fit; 1 asks of the first alone. As usual where nothing is said. */
  occurrences: z.coerce.number().int().optional(),
  /** Days from one round to the next, where a session offers several. */
  every: z.coerce.number().int().optional()
})
export type SlotsQuery = z.infer<typeof SlotsQuery>

const instantText = z.string().meta({ format: 'date-time' })

export const SlotView = z
  .object({
    start: instantText,
    end: instantText,
    therapist: z.string(),
    /** Only where two therapists sit together: the other one. */
    with: z.string().optional(),
    place: z.string(),
    appointments: z.array(
      z.object({ start: instantText, end: instantText, who: z.string().meta({ enum: [...whos] }) })
    ),
    suitsBoth: z
      .boolean()
      .optional()
      .meta({ description: 'For one of two who belong together, signed in: it suits both, and both want to see that' })
  })
  .meta({ id: 'Slot' })

export const SlotsView = z.object({ zone: z.string(), slots: z.array(SlotView) })
export type SlotsView = z.infer<typeof SlotsView>

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const Hours = z
  .strictObject({ from: LocalTime, to: LocalTime })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'The end must be after the start; 24:00 ends a day' })

export const OpeningHours = z
  .strictObject({
    zone: Zone,
    hours: z
      .array(
        Hours.safeExtend({
          days: z.array(z.enum(weekdays)).min(1).refine(isSet, { error: 'Name each day once' }),
          sessionTypes: z.array(Slug).min(1).optional(),
          place: Slug.optional(),
          validFrom: LocalDate.optional(),
          validTo: LocalDate.optional()
        })
          .strict()
          .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom <= validTo, {
            path: ['validTo'],
            error: 'The last day must not be before the first'
          })
      )
      .max(200),
    exceptions: z.array(z.strictObject({ date: LocalDate, hours: z.array(Hours).max(12) })).max(1000)
  })
  .meta({ id: 'OpeningHours' })
export type OpeningHours = z.infer<typeof OpeningHours>

export const TimeOffRequest = z
  .strictObject({ start: Instant, end: Instant })
  .refine(({ start, end }) => start < end, { path: ['end'], error: 'The end must be after the start' })

export const TimeOffView = z.object({ id: z.uuid(), start: Instant, end: Instant }).meta({ id: 'TimeOff' })

function isSet(days: readonly string[]): boolean {
  return new Set(days).size === days.length
}
