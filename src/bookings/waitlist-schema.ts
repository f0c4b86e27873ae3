import { z } from 'zod'
import { Words as NotMeet } from '../clients/partner-schema.ts'
import { Instant } from '../kernel/time.ts'
import { Person } from './person-schema.ts'

export const WaitlistRequest = z.strictObject({
  edition: z.uuid(),
  person: Person.optional().meta({
    description: 'Who waits; left out by whoever is signed in and waits as themselves'
  }),
  notMeet: NotMeet.optional().meta({
    description: 'People whom they would rather not meet there. Read by whoever leads the dates, and nobody else'
  })
})
export type WaitlistRequest = z.infer<typeof WaitlistRequest>

/** A place in line as whoever waits sees it: not how many are before them. */
export const PlaceInLineView = z
  .object({
    /** `unconfirmed`: whoever reads the mailbox has not said yet that it was they. */
    state: z.enum(['unconfirmed', 'waiting', 'offered', 'over']),
    start: Instant,
    end: Instant,
    until: Instant.nullable(),
    /** The practice has said yes already: a seat that is taken is paid at once. */
    approved: z.boolean()
  })
  .meta({ id: 'PlaceInLine' })
export type PlaceInLineView = z.output<typeof PlaceInLineView>

export const OfferAcceptance = z.strictObject({
  together: z.boolean().optional(),
  consent: z.strictObject({ termsVersion: z.int() })
})
export type OfferAcceptance = z.infer<typeof OfferAcceptance>
