import { z } from 'zod'
import { whos } from '../../db/schema/appointments.ts'
import { editionStates } from '../../db/schema/catalog.ts'
import { Instant, LocalDate } from '../kernel/time.ts'
import { Line, Slug } from '../kernel/wire.ts'
import type { Block } from './block-store.ts'
import { attended } from './edition.ts'

const BlockView = z.object({ start: Instant, end: Instant, who: z.enum(whos) })

/** Dates as everybody reads them: whether one can book or wait, and never of how many. */
export const DatesView = z
  .object({
    id: z.uuid(),
    start: Instant,
    end: Instant,
    state: z.enum(['open', 'waitlist']),
    appointments: z.array(BlockView)
  })
  .meta({ id: 'Dates' })
export type DatesView = z.output<typeof DatesView>

const Couples = z.int().min(1).max(200)

/** One block of an edition's own: so many local days after the first, at a local hour, for so many minutes. */
const OwnBlock = z.strictObject({
  day: z.int().min(0).max(60),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Write an hour as 09:00' }),
  minutes: z.int().min(5).max(1440),
  /** `nobody`: the therapist's own, such as a day of rest. */
  who: z.enum(['both', 'nobody']).default('both')
})
const OwnBlocks = z
  .array(OwnBlock)
  .min(1)
  .max(60)
  .refine(blocks => blocks.some(({ who }) => who === 'both'), { error: 'At least one block is for the couples' })

export const EditionRequest = z.strictObject({
  /** The local day of the first block, where the therapist is. */
  day: LocalDate,
  therapist: Slug.optional(),
  /** Who leads it with them: both are then taken, days of rest included. */
  with: Slug.optional(),
  place: Slug.optional(),
  /** In couples. */
  min: Couples,
  max: Couples,
  /** By when somebody says whether it takes place; thirty days before the first block where nothing is said. */
  goNoGoOn: LocalDate.optional(),
  /** Other blocks than those of its session type. */
  blocks: OwnBlocks.optional(),
  state: z.enum(['draft', 'open']).default('draft')
})
export type EditionRequest = z.infer<typeof EditionRequest>

export const EditionChange = z.strictObject({
  day: LocalDate.optional(),
  /** Every couple that has a seat has said yes to the new day. */
  agreed: z.boolean().optional(),
  /** Other blocks than now, while no couple has a seat. */
  blocks: OwnBlocks.optional(),
  /** Who leads it with its therapist from now on; null for nobody. */
  with: Slug.nullable().optional(),
  min: Couples.optional(),
  max: Couples.optional(),
  goNoGoOn: LocalDate.optional(),
  state: z.enum(['open', 'closed', 'cancelled']).optional(),
  decision: z.enum(['go', 'no_go']).optional(),
  reason: Line.max(500).optional()
})
export type EditionChange = z.infer<typeof EditionChange>

/** For staff. */
export const EditionView = z
  .object({
    id: z.uuid(),
    sessionType: z.string(),
    therapist: z.string(),
    /** Where two lead it, the other one. */
    with: z.string().optional(),
    place: z.string(),
    start: Instant,
    end: Instant,
    state: z.enum(editionStates),
    min: z.int(),
    max: z.int(),
    goNoGoOn: z.string(),
    decision: z.enum(['go', 'no_go']).nullable(),
    seats: z.object({ taken: z.int(), offered: z.int(), waiting: z.int() }),
    appointments: z.array(BlockView),
    /** Blocks that nobody comes to: days of rest of who leads it. */
    rest: z.array(BlockView.omit({ who: true }))
  })
  .meta({ id: 'Edition' })
export type EditionView = z.output<typeof EditionView>

/** Blocks that couples come to, on the wire, with their first start and last end. */
export function viewBlocks(blocks: readonly Block[]) {
  const shown = attended(blocks)
  const [first] = shown
  const last = shown.at(-1)
  if (!first || !last) throw new Error('An edition has no block that anybody comes to')
  return {
    start: first.startsAt,
    end: last.endsAt,
    appointments: shown.map(({ startsAt, endsAt, who }) => ({ start: startsAt, end: endsAt, who }))
  }
}
