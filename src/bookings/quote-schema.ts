import { z } from 'zod'
import { whos } from '../../db/schema/appointments.ts'
import { SlotView } from '../availability/schema.ts'
import { Money } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { DueView } from './schema.ts'
import { OpenAppointment, OtherAppointment } from './step-schema.ts'

const QuotedAppointment = z.object({
  start: Instant,
  end: Instant,
  who: z.enum(whos),
  free: z.boolean(),
  /** Nobody chose it yet: it is the best that is free. */
  proposed: z.boolean().optional(),
  /** Of a step beside what belongs together: its number in the plan. */
  step: z.int().optional(),
  alternatives: z.array(SlotView)
})

export const QuoteView = z
  .object({
    appointments: z.array(z.union([QuotedAppointment, OpenAppointment, OtherAppointment])),
    price: Money,
    dues: z.array(DueView.omit({ state: true })),
    policy: z.array(z.object({ until: Instant, keep: Money, back: Money })),
    termsVersion: z.int()
  })
  .meta({ id: 'Quote' })
export type QuoteView = z.output<typeof QuoteView>
