import { z } from 'zod'
import { bookingStates } from '../../db/schema/bookings.ts'
import { Instant } from '../kernel/time.ts'
import { Slug } from '../kernel/wire.ts'

export const OwnBookingsQuery = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50)
})
export type OwnBookingsQuery = z.infer<typeof OwnBookingsQuery>

/** A booking that was made with the person's address, or a place in line, before they say that it is theirs. */
export const FoundView = z.object({ id: z.uuid(), start: Instant, end: Instant }).meta({ id: 'FoundBooking' })

export const JoinRequest = z.strictObject({
  bookings: z.array(z.uuid()).min(1, { error: 'Name the bookings that are yours' }).max(100)
})

export const BookingsQuery = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  state: z.enum(bookingStates).optional(),
  therapist: Slug.optional(),
  client: z.uuid().optional(),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50)
})
export type BookingsQuery = z.infer<typeof BookingsQuery>
