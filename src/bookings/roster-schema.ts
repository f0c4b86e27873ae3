import { z } from 'zod'
import { bookingStates } from '../../db/schema/bookings.ts'
import { cancellers } from '../../db/schema/cancellations.ts'
import { entryStates } from '../../db/schema/waitlist.ts'
import { Money } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { Line } from '../kernel/wire.ts'
import { EditionView } from './edition-schema.ts'
import { SpokenWithEach } from './spoken.ts'

const Names = z.array(z.object({ id: z.uuid(), name: z.string() }))

/** Whom they would rather not meet there, for whoever leads the dates; nothing where nothing was written. */
const notMeet = z.array(z.string()).optional()

/** Who comes and who waits, for staff alone; who sees the balances alone reads no names. */
export const RosterView = EditionView.extend({
  /** A private call with each comes before a yes. */
  afterCalls: z.boolean(),
  items: z.array(
    z.object({
      booking: z.uuid(),
      client: z.uuid(),
      state: z.enum(bookingStates),
      people: Names.optional(),
      notMeet,
      price: Money,
      paid: Money,
      owed: Money
    })
  ),
  waitlist: z
    .array(
      z.object({
        id: z.uuid(),
        client: z.uuid(),
        position: z.int(),
        state: z.enum(entryStates),
        people: Names,
        notMeet,
        since: Instant,
        /** Until when a seat is kept for them. */
        until: Instant.nullable(),
        /** Whether it is known that whoever reads the address wants it: until then no seat is kept for them. */
        proven: z.boolean(),
        approved: z.boolean()
      })
    )
    .optional()
}).meta({ id: 'Roster' })
export type RosterView = z.output<typeof RosterView>

export const EntryApproval = z.strictObject({ spokenWithEach: SpokenWithEach })

/** Whose seat goes to whom; `by`: who cancels it, as whose bands count. */
export const SeatTransfer = z.strictObject({
  entry: z.uuid(),
  by: z.enum(cancellers),
  reason: Line.trim().min(1, { error: 'Say why, for the record' }).max(500)
})
