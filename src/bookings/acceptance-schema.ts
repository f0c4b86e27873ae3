import { z } from 'zod'
import { Windows } from '../clients/partner-schema.ts'
import { Instant } from '../kernel/time.ts'
import { answers } from './acceptance.ts'

/**
 * What a link answers by itself. A yes is given by a person: `POST /api/bookings/:id/acceptance`. `windows`, with
 * `other_time`: what would suit; for the practice alone.
 */
export const LinkAnswer = z.strictObject({
  answer: z.enum(['other_time', 'decline'], {
    error: 'Say other_time or decline. To accept, sign in and answer the booking itself'
  }),
  windows: Windows.optional()
})

/** `link`: the whole address or its last part; whoever belongs to the booking already needs none. */
export const AcceptanceRequest = z.strictObject({
  answer: z.enum(answers, { error: `Choose one of ${answers.join(', ')}` }),
  link: z.string().max(300).optional(),
  windows: Windows.optional()
})

/** The same to everybody who has the link, whatever was answered, until the request ends; then no times. */
export const SuggestionView = z
  .object({
    booking: z.uuid(),
    appointments: z.array(z.object({ start: Instant, end: Instant })),
    zone: z.string(),
    open: z.boolean()
  })
  .meta({ id: 'Suggestion' })
