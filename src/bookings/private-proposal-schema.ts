import { z } from 'zod'
import { whos } from '../../db/schema/appointments.ts'
import { privateProposalStates } from '../../db/schema/private-proposals.ts'
import { overrides } from '../availability/override.ts'
import { Plan } from '../catalog/plan.ts'
import { StepView } from '../catalog/schema.ts'
import { Money } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { Line, Slug } from '../kernel/wire.ts'
import { Caller } from './caller-schema.ts'
import { SpokenWithEach } from './spoken.ts'

export const ProposalRequest = Caller.extend({
  sessionType: Slug,
  plan: Plan.optional().meta({ description: 'An own plan instead of the session type’s; its terms stay' }),
  price: Money.optional().meta({ description: 'An own price; the session type’s unless told' }),
  therapist: Slug.optional(),
  place: Slug.optional(),
  starts: z
    .array(Instant)
    .min(1, { error: 'Name one start at least' })
    .max(10, { error: 'Name at most ten starts: more is no help' }),
  hold: z.boolean().meta({ description: 'Whether the times are kept from everybody else until it ends' }),
  until: Instant,
  override: z.array(z.enum(overrides)).max(overrides.length).optional(),
  reason: Line.trim().min(1).max(500).optional(),
  spokenWithEach: SpokenWithEach
})
export type ProposalRequest = z.infer<typeof ProposalRequest>

/** A proposal for staff. */
export const ProposalView = z
  .object({
    id: z.uuid(),
    state: z.enum(privateProposalStates),
    sessionType: z.string(),
    therapist: z.string(),
    place: z.string(),
    name: z.string(),
    client: z.uuid().nullable(),
    price: Money,
    starts: z.array(Instant),
    held: z.boolean(),
    until: Instant,
    /** The discreet page; to copy while it is open. */
    url: z.string().nullable(),
    booking: z.uuid().nullable()
  })
  .meta({ id: 'Proposal' })
export type ProposalView = z.output<typeof ProposalView>

const Band = z.object({ until: Instant, keep: Money, back: Money })

/** The same for whoever holds its link: what it is, and what it would mean, exactly. */
export const OfferedView = z
  .object({
    state: z.enum(['open', 'over']),
    until: Instant,
    price: Money,
    terms: z.string(),
    /** Every step, where its plan has some that get their times from the first one's. */
    steps: z.array(StepView).optional(),
    termsVersion: z.int(),
    /** What comes before it stands and is paid: the other's yes, or besides a private call with each. */
    before: z.enum(['other', 'calls']).optional(),
    times: z.array(
      z.object({
        start: Instant,
        free: z.boolean(),
        appointments: z.array(z.object({ start: Instant, end: Instant, who: z.enum(whos) })),
        dues: z.array(z.object({ reason: z.string(), amount: Money, dueAt: Instant })),
        policy: z.array(Band)
      })
    )
  })
  .meta({ id: 'OfferedProposal' })
export type OfferedView = z.output<typeof OfferedView>

export const OfferAnswer = z.discriminatedUnion('answer', [
  z.strictObject({
    answer: z.literal('accept'),
    start: Instant,
    consent: z.strictObject({ termsVersion: z.int() })
  }),
  z.strictObject({ answer: z.literal('decline') })
])
export type OfferAnswer = z.infer<typeof OfferAnswer>

export const AnsweredView = z
  .object({
    state: z.enum(['accepted', 'declined']),
    booking: z.uuid().optional(),
    /** Opens the booking for a day. */
    token: z.string().optional(),
    /** The page on which the other answers, where they are asked. */
    partnerLink: z.string().optional(),
    payment: z.object({ url: z.string() }).nullable().optional()
  })
  .meta({ id: 'AnsweredProposal' })
export type AnsweredView = z.output<typeof AnsweredView>
