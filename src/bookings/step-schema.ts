import { z } from 'zod'
import { whos } from '../../db/schema/appointments.ts'
import { Instant } from '../kernel/time.ts'

/** A step that gets its time later, between these instants. */
export const OpenAppointment = z.object({
  who: z.enum(whos),
  step: z.int(),
  open: z.object({ from: Instant, to: Instant }),
  /** The one before it was called off, and gets its time first. */
  waits: z.literal(true).optional()
})

/** The other's own step: neither when it is nor how it stands is anybody else's. */
export const OtherAppointment = z.object({ who: z.literal('other') })

/** A step that was left open, by its number, and its time. */
export const StepRequest = z.strictObject({ step: z.int().min(0), start: Instant })
