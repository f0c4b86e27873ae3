import { z } from 'zod'
import { Instant } from '../kernel/time.ts'
import { answers } from './acceptance.ts'

/** What a link answers by itself. A yes is given by a person: `POST /api/bookings/:id/acceptance`. */
export const LinkAnswer = z.strictObject({
  answer: z.enum(['other_time', 'decline'], {
    error: 'Say other_time or decline. To accept, sign in and answer the booking itself'
  })
})

/** `link`: the whole address or its last part; whoever belongs to the booking already needs none. */
export const AcceptanceRequest = z.strictObject({
  answer: z.enum(answers, { error: `Choose one of ${answers.join(', ')}` }),
  link: z.string().max(300).optional()
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
