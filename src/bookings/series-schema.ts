import { z } from 'zod'
import { SlotView } from '../availability/schema.ts'
import { Instant } from '../kernel/time.ts'
import { ProposalView } from './change-schema.ts'
import { BookingView } from './schema.ts'

/** Where single appointments are wanted instead of where they would lie, in their order. */
const Occurrences = z.array(Instant).max(104).optional()

export const StartQuery = z.strictObject({ start: Instant })
export const LaterRequest = z.strictObject({ start: Instant, occurrences: Occurrences, agreed: z.boolean().optional() })
export const ResumeRequest = z.strictObject({ start: Instant, occurrences: Occurrences })
export const PauseRequest = z.strictObject({ from: Instant })

export const LaterView = z
  .object({
    appointments: z.array(
      z.object({ id: z.uuid(), start: Instant, end: Instant, free: z.boolean(), alternatives: z.array(SlotView) })
    )
  })
  .meta({ id: 'Later' })

/** The booking after a move of several of its times, or a wish for one: while it waits, its times are the old ones. */
export const MovedLaterView = BookingView.extend({
  move: z.enum(['moved', 'proposed']),
  proposal: ProposalView.nullable()
}).meta({ id: 'MovedLater' })

export const PauseView = z
  .object({ appointments: z.array(z.object({ id: z.uuid(), start: Instant, end: Instant })) })
  .meta({ id: 'Pause' })
