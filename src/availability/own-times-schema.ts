import { z } from 'zod'
import { Instant } from '../kernel/time.ts'

const windows = z
  .array(z.strictObject({ start: Instant, end: Instant }))
  .max(30, { error: 'Give at most 30 stretches of time' })

export const OwnTimes = z.strictObject({
  windows,
  showBoth: z
    .boolean()
    .optional()
    .meta({ description: 'Of two who belong together: show me times that suit us both. It shows where both want it' })
})
export type OwnTimes = z.infer<typeof OwnTimes>

/** `showBoth` only for one of two who belong together: one's own wish, and never the other's. */
export const OwnTimesView = z.object({ windows, showBoth: z.boolean().optional() }).meta({ id: 'OwnPossibleTimes' })
export type OwnTimesView = z.output<typeof OwnTimesView>
