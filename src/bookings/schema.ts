import { z } from 'zod'
import { bookingStates, cancellers, whos } from '../../db/schema/bookings.ts'
import { SlotView } from '../availability/schema.ts'
import { Money } from '../kernel/money.ts'
import { Instant, Zone } from '../kernel/time.ts'
import { Line, Slug } from '../kernel/wire.ts'

export const Start = z.strictObject({ start: Instant, therapist: Slug.optional(), place: Slug.optional() })
export type Start = z.infer<typeof Start>

export const Person = z.strictObject({
  name: Line.trim()
    .min(1, { error: 'Give a name; any name that you go by' })
    .max(200, { error: 'Give a name of at most 200 characters' }),
  email: z.email({ error: 'Give an e-mail address such as name@example.com' }).max(254),
  zone: Zone,
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 ()./-]{5,30}$/, { error: 'Give a phone number such as +1 212 555 0100, or leave it out' })
    .optional()
})

export const BookingRequest = Start.extend({
  sessionType: Slug,
  person: Person.optional().meta({
    description: 'Who books; left out by whoever is signed in and books as themselves'
  }),
  together: z
    .literal(false, {
      error: 'Suggesting a time to the other is not open yet: leave it out, or say false, when you have both agreed'
    })
    .optional(),
  consent: z.strictObject({ termsVersion: z.int() })
})
export type BookingRequest = z.infer<typeof BookingRequest>

const AppointmentView = z
  .object({
    id: z.uuid(),
    start: Instant,
    end: Instant,
    who: z.enum(whos).optional(),
    therapist: z.string().optional(),
    place: z.string().optional(),
    state: z.string()
  })
  .meta({ id: 'Appointment' })

const DueView = z.object({ reason: z.string(), amount: Money, dueAt: Instant, state: z.string() }).meta({ id: 'Due' })

export const BookingView = z
  .object({
    id: z.uuid(),
    state: z.enum(bookingStates),
    holdUntil: Instant.nullable(),
    appointments: z.array(AppointmentView),
    sessionType: z.string().optional(),
    price: Money.optional(),
    dues: z.array(DueView).optional(),
    payment: z.object({ url: z.string() }).nullable().optional(),
    people: z.array(z.object({ name: z.string() })).optional(),
    client: z.uuid().optional()
  })
  .meta({ id: 'Booking' })
export type BookingView = z.output<typeof BookingView>

export const BookedView = BookingView.required({ price: true, dues: true, payment: true })
  .extend({ token: z.string() })
  .meta({ id: 'Booked' })
export type BookedView = z.output<typeof BookedView>

export const QuoteView = z
  .object({
    appointments: z.array(
      z.object({ start: Instant, end: Instant, who: z.enum(whos), free: z.boolean(), alternatives: z.array(SlotView) })
    ),
    price: Money,
    dues: z.array(DueView.omit({ state: true })),
    policy: z.array(z.object({ until: Instant, keep: Money, back: Money })),
    termsVersion: z.int()
  })
  .meta({ id: 'Quote' })
export type QuoteView = z.output<typeof QuoteView>

export const CancellationView = z
  .object({
    /** Left out for staff who read no amounts. */
    refund: Money.optional(),
    fee: Money.optional(),
    band: z.string(),
    state: z.enum(bookingStates)
  })
  .meta({ id: 'Cancellation' })

export const CancellationQuoteView = CancellationView.omit({ state: true })
  .extend({ validUntil: Instant })
  .meta({ id: 'CancellationQuote' })
export type CancellationQuoteView = Required<z.output<typeof CancellationQuoteView>>

export const MoveRequest = z.strictObject({ start: Instant, agreed: z.boolean().optional() })
export const MoveAnswer = z.strictObject({ accept: z.boolean() })

/** The appointment as it is now. While a proposal waits, its times are the old ones. */
export const MoveView = z
  .object({
    id: z.uuid(),
    state: z.enum(['moved', 'proposed', 'unchanged']),
    start: Instant,
    end: Instant,
    sequence: z.int(),
    proposal: z.object({ start: Instant, by: z.enum(cancellers), expiresAt: Instant }).nullable()
  })
  .meta({ id: 'Move' })
export type MoveView = z.output<typeof MoveView>

export const Code = z.strictObject({
  code: z.string().regex(/^\d{8}$/, { error: 'Give the eight digits that were mailed' })
})

export const Approval = z.strictObject({ approved: z.boolean(), note: Line.max(500).optional() })

export const OwnBookingsQuery = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50)
})
export type OwnBookingsQuery = z.infer<typeof OwnBookingsQuery>

/** A booking that was made with the person's address, before they say that it is theirs. */
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
