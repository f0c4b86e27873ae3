import { z } from 'zod'
import { typeCare } from './care.ts'

/** What the practice keeps of what was paid. Refund = max(0, paid − keep). */
export const Keep = z.union([
  z.strictObject({ fixed: z.int().min(0) }),
  z.strictObject({ percentOfPrice: z.int().min(0).max(100) }),
  z.strictObject({ percentOfDeposit: z.int().min(0).max(100) })
])
export type Keep = z.infer<typeof Keep>

/** The least notice at which a band holds: real hours, or days of the practice's calendar. On a boundary the client gets the better band. */
const Notice = z.union([z.strictObject({ hours: z.int().min(0) }), z.strictObject({ days: z.int().min(0) })])
type Notice = z.infer<typeof Notice>

const Band = z.strictObject({ notice: Notice, keep: Keep })
type Band = z.infer<typeof Band>

/** Bands from the longest notice to none: the first whose notice is still given says what is kept. */
export const CancellationPolicy = z.strictObject({
  bands: z
    .array(Band)
    .min(1)
    .refine(bands => isLast(bands.at(-1)?.notice), { error: 'The last band must hold for any notice: { hours: 0 }' })
    .refine(isDescending, {
      error: 'Bands stand from the longest notice to none, each longer than the next on any day'
    }),
  /** What is kept, whatever the notice, once somebody from the line has taken the place; never more than the band says. */
  refilled: Keep.optional()
})
export type CancellationPolicy = z.infer<typeof CancellationPolicy>

/** So many equal parts, the first at once and each so many days after the one before. */
const Instalments = z.strictObject({ times: z.int().min(2).max(12), days: z.int().min(1).max(90) })

/** How a booking is paid: nothing, all at once or, if the payer chooses so, in instalments, or a share now and the rest `daysBefore` the first start. */
export const Pay = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('full'), instalments: Instalments.optional() }),
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
  /** A private call with each of two comes before the practice’s yes: `isAfterCalls` says whether it does. */
  callEach: z.boolean().optional(),
  /** Working days that the practice has for its yes; with calls first, from the last of them that was booked, held or fell away. */
  answerDays: z.int().min(1).max(60).optional(),
  /** An appointment can be let fall by itself: so many a calendar year for free, and kept ones made up for within so many days. */
  skips: z.strictObject({ free: z.int().min(0).max(99), makeUpDays: z.int().min(0).max(90) }).optional(),
  /** So often clients move an appointment of a booking without the practice's yes, while its cancellation is free. */
  freeMoves: z.int().min(0).max(99).optional(),
  pay: Pay,
  reminders: z.array(z.int().min(1)).max(8),
  ...typeCare
})
export type Rules = z.infer<typeof Rules>

/**
 * What a session type may be saved with: no band ends unannounced. Who takes a type from outside parses with this; whoever
 * writes a version asks it again.
 */
export const Conditions = z
  .object({ policy: CancellationPolicy, rules: Rules })
  .superRefine(({ policy, rules }, context) => {
    if (rules.pay.mode === 'full' && rules.pay.instalments && rules.skips)
      context.addIssue({
        code: 'custom',
        path: ['rules', 'pay', 'instalments'],
        message: 'What is skipped one by one is paid at once: leave the instalments or the skips out'
      })
    for (const { band, reminder } of bandsWithoutReminder(policy, rules))
      context.addIssue({
        code: 'custom',
        path: ['rules', 'reminders'],
        message: `The band of ${noticeText(band.notice)} ends without a reminder before it: add one, such as ${reminder} hours before the start`
      })
  })

/** A band that nobody is reminded of, and a reminder that would do: hours before the start. */
export interface Unannounced {
  band: Band
  reminder: number
}

/**
 * The bands that end without a reminder before it. Each but the last, which ends with the start itself, wants one of its
 * own: sent while it holds, in real hours, whatever the clocks do meanwhile.
 */
export function bandsWithoutReminder(
  { bands }: CancellationPolicy,
  { reminders }: Pick<Rules, 'reminders'>
): Unannounced[] {
  return bands.slice(0, -1).flatMap((band, index) => {
    const before = bands[index - 1]
    const begin = before ? realHours(before.notice).least : Number.POSITIVE_INFINITY
    const end = realHours(band.notice).most
    if (reminders.some(hours => hours > end && hours <= begin)) return []
    return [{ band, reminder: Math.min(end + 24, Math.ceil((end + begin) / 2)) }]
  })
}

function isLast(notice: Notice | undefined): boolean {
  return notice !== undefined && ('hours' in notice ? notice.hours === 0 : notice.days === 0)
}

function isDescending(bands: readonly Band[]): boolean {
  return bands.every(({ notice }, index) => {
    const next = bands[index + 1]
    return next === undefined || realHours(notice).least > realHours(next.notice).most
  })
}

/** Days of the calendar in real hours: an hour less or more where the clocks change in between. */
function realHours(notice: Notice): { least: number; most: number } {
  if ('hours' in notice) return { least: notice.hours, most: notice.hours }
  const hours = notice.days * 24
  return notice.days === 0 ? { least: 0, most: 0 } : { least: hours - 1, most: hours + 1 }
}

function noticeText(notice: Notice): string {
  return 'hours' in notice ? `${notice.hours} hours’ notice` : `${notice.days} days’ notice`
}
