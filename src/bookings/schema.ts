import { z } from 'zod'
import { attendances, whos } from '../../db/schema/appointments.ts'
import { bookingStates } from '../../db/schema/bookings.ts'
import { weekdays } from '../availability/schema.ts'
import { Words as NotMeet } from '../clients/partner-schema.ts'
import { Money } from '../kernel/money.ts'
import { Instant, LocalTime } from '../kernel/time.ts'
import { Slug } from '../kernel/wire.ts'
import { answers } from './acceptance.ts'
import { Person } from './person-schema.ts'
import { OpenAppointment, OtherAppointment } from './step-schema.ts'

/** How often: a number; or appointment by appointment what a client wants. */
const Occurrences = z
  .union([
    z.int().min(1),
    z.literal('open'),
    z
      .array(z.union([Instant, z.enum(['open', 'propose']), z.null()]))
      .min(1)
      .max(104)
  ])
  .meta({
    description:
      'Of a session that repeats: how often; or "open", until it is ended; or for each appointment, in order, its start, or null to leave it out. Of a programme: for each step its start, null for the one that is proposed, or "open" for one that gets its time later. Of private days with steps beside them: null for each of the days, and for each step that the session type names its start, "propose" for the best there is, "open" to choose it later, or null to leave it out where it is optional'
  })

/** When the steps of a programme would suit best, by the clock of the practice. */
const Preference = z.strictObject({
  days: z.array(z.enum(weekdays)).min(1).optional(),
  from: LocalTime.optional(),
  to: LocalTime.optional()
})

export const startFields = z.strictObject({
  start: Instant.optional(),
  /** Of a session with dates: one of them, in the place of a start. */
  edition: z.uuid().optional(),
  therapist: Slug.optional(),
  place: Slug.optional(),
  occurrences: Occurrences.optional(),
  /** Days from one round to the next, where a session offers several. */
  every: z.int().optional(),
  /** Of a session that repeats: until it is ended, where `occurrences` names the first ones. */
  open: z.boolean().optional(),
  prefer: Preference.optional(),
  /** Of a session that can be paid so: in instalments, the first at once. */
  instalments: z.boolean().optional()
})

const oneOf = ({ start, edition }: { start?: unknown; edition?: unknown }) =>
  (start === undefined) !== (edition === undefined)
const either = { error: 'Give a start, or one of the editions of a session that has dates', path: ['start'] }

export const Start = startFields.refine(oneOf, either)
export type Start = z.infer<typeof Start>

export const BookingRequest = startFields
  .extend({
    sessionType: Slug,
    person: Person.optional().meta({
      description: 'Who books; left out by whoever is signed in and books as themselves'
    }),
    /** The other is asked: nothing is charged before each has said yes. Nothing of the other is sent along. */
    together: z.boolean().optional(),
    notMeet: NotMeet.optional().meta({
      description:
        'Of dates: people whom they would rather not meet there. Read by whoever leads the dates, and nobody else'
    }),
    consent: z.strictObject({ termsVersion: z.int() })
  })
  .refine(oneOf, either)
  .refine(({ edition, notMeet }) => edition !== undefined || notMeet === undefined, {
    path: ['notMeet'],
    error: 'Only dates for several couples have others to meet: leave it out'
  })
export type BookingRequest = z.infer<typeof BookingRequest>

const AppointmentView = z
  .object({
    id: z.uuid(),
    start: Instant,
    end: Instant,
    who: z.enum(whos).optional(),
    therapist: z.string().optional(),
    /** Where two therapists sit together, the other one. */
    with: z.string().optional(),
    place: z.string().optional(),
    /** Where one joins by video, once it is confirmed. */
    link: z.string().optional(),
    state: z.string()
  })
  .meta({ id: 'Appointment' })

export const DueView = z
  .object({ reason: z.string(), amount: Money, dueAt: Instant, state: z.string() })
  .meta({ id: 'Due' })

export const BookingView = z
  .object({
    id: z.uuid(),
    state: z.enum(bookingStates),
    holdUntil: Instant.nullable(),
    appointments: z.array(z.union([AppointmentView, OpenAppointment, OtherAppointment])),
    sessionType: z.string().optional(),
    price: Money.optional(),
    dues: z.array(DueView).optional(),
    payment: z.object({ url: z.string() }).nullable().optional(),
    /** For staff. `byLink`: came by the other's link, so that a mailbox is proven and nobody's name. */
    people: z
      .array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          byLink: z.boolean().optional(),
          attendance: z.enum(attendances).optional()
        })
      )
      .optional(),
    /** The reader is asked whether it suits them: `POST /api/bookings/:id/acceptance`. */
    answerable: z.boolean().optional(),
    /** Nothing is to be paid, and the code that was mailed is still to be given: `POST /api/bookings/:id/confirmation`. */
    awaitsCode: z.boolean().optional(),
    /** For staff: the yeses of a request, and which of them came. */
    yeses: z
      .array(z.object({ by: z.enum(['practice', 'other']), deadline: Instant, answer: z.enum(answers).nullable() }))
      .optional(),
    client: z.uuid().optional(),
    /** For its own therapist: when it would suit the other, who wanted another time. */
    otherTimes: z.array(z.object({ start: Instant, end: Instant })).optional(),
    /** Only of what was booked from a partner's page: whether the practice has spoken with whoever it was. */
    verified: z.boolean().optional()
  })
  .meta({ id: 'Booking' })
export type BookingView = z.output<typeof BookingView>

export const BookedView = BookingView.required({ price: true, dues: true, payment: true })
  .extend({
    token: z.string(),
    /** The page on which the other answers: who booked gives it to them. */
    partnerLink: z.string().optional()
  })
  .meta({ id: 'Booked' })
export type BookedView = z.output<typeof BookedView>
