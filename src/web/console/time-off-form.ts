import { DateTime } from 'luxon'
import { z } from 'zod'
import { TimeOffRequest } from '../../availability/schema.ts'
import { type BulkWish, BulkWish as Wish } from '../../bookings/bulk-schema.ts'
import { Slug } from '../../kernel/wire.ts'

const Text = z.string().max(40)

/** From … to … by the therapist's clock; and, once they were seen, what becomes of the bookings in the way. */
export const TimeOffForm = z.object({ therapist: Slug, start: Text, end: Text, seen: Text.optional() }).catchall(Text)
export type TimeOffForm = z.infer<typeof TimeOffForm>

/** The two local times of the form as instants, or a sentence for the field that is not right. */
export function readStretch({ start, end }: Pick<TimeOffForm, 'start' | 'end'>, zone: string) {
  const during = { start: DateTime.fromISO(start, { zone }), end: DateTime.fromISO(end, { zone }) }
  const missing = {
    ...(!during.start.isValid && { start: 'Say from when' }),
    ...(!during.end.isValid && { end: 'Say until when' })
  }
  if (Object.keys(missing).length > 0) return { faults: missing }
  const { start: from, end: to } = during
  const order = TimeOffRequest.safeParse({ start: from.toISO(), end: to.toISO() })
  return order.success ? { during: order.data, faults: {} } : { faults: { end: 'The end must be after the start' } }
}

/** What was chosen for each; what stays as it is, is not among them. */
export function readWishes(form: Readonly<Record<string, string | undefined>>): BulkWish[] {
  return Object.entries(form).flatMap(([name, choice]) => {
    const [, appointment] = /^choice-(.+)$/.exec(name) ?? []
    if (!appointment || choice === 'keep') return []
    const start = choice === 'cancel' ? undefined : form[`start-${appointment}`]
    return [Wish.parse({ appointment, choice, ...(start && { start }) })]
  })
}
