import { z } from 'zod'

/** What the practice keeps of what was paid. Refund = max(0, paid − keep). */
export const Keep = z.union([
  z.strictObject({ fixed: z.int().min(0) }),
  z.strictObject({ percentOfPrice: z.int().min(0).max(100) }),
  z.strictObject({ percentOfDeposit: z.int().min(0).max(100) })
])
export type Keep = z.infer<typeof Keep>

/** The least notice at which a band holds: real hours, or days of the practice's calendar. On a boundary the client gets the better band. */
const Notice = z.union([z.strictObject({ hours: z.int().min(0) }), z.strictObject({ days: z.int().min(0) })])

/** Bands from the longest notice to none: the first whose notice is still given says what is kept. */
export const CancellationPolicy = z.strictObject({
  bands: z
    .array(z.strictObject({ notice: Notice, keep: Keep }))
    .min(1)
    .refine(bands => isLast(bands.at(-1)?.notice), { error: 'The last band must hold for any notice: { hours: 0 }' })
})
export type CancellationPolicy = z.infer<typeof CancellationPolicy>

/** How a booking is paid: nothing, all at once, or a share now and the rest `daysBefore` the first start. */
export const Pay = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('full') }),
  z.strictObject({ mode: z.literal('deposit'), percent: z.int().min(1).max(99), daysBefore: z.int().min(0) })
])
export type Pay = z.infer<typeof Pay>

/** The rules of a session type that are data: buffers and notice in minutes, horizon in days. */
export const Rules = z.strictObject({
  before: z.int().min(0).max(1440),
  after: z.int().min(0).max(1440),
  grid: z.int().min(5).max(1440),
  notice: z.int().min(0),
  horizon: z.int().min(1).max(730),
  approval: z.boolean(),
  callEach: z.boolean().optional(),
  pay: Pay,
  perDay: z.int().min(1).optional(),
  perWeek: z.int().min(1).optional(),
  reminders: z.array(z.int().min(1)).max(8)
})
export type Rules = z.infer<typeof Rules>

function isLast(notice: z.infer<typeof Notice> | undefined): boolean {
  return notice !== undefined && ('hours' in notice ? notice.hours === 0 : notice.days === 0)
}
