import { z } from 'zod'
import { entryStates } from '../../db/schema/waitlist.ts'
import { BookingView } from '../bookings/schema.ts'
import { FeedView } from '../calendars/schema.ts'
import { DeviceView, MeView } from '../identity/me-schema.ts'
import { Money } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'

/** Nothing in a file that lies on a disk opens or pays anything: no link, no token, no address of a calendar. */
const Booked = BookingView.pick({
  id: true,
  state: true,
  sessionType: true,
  appointments: true,
  price: true,
  dues: true
})

/** What the practice holds about a person, as that person may see it: what is not named here is not in it. */
export const OwnRecordView = z
  .object({
    madeAt: Instant,
    practice: z.string(),
    you: MeView,
    /** What was typed at each booking that became theirs. */
    given: z.array(z.object({ name: z.string().nullable(), email: z.string(), phone: z.string().nullable() })),
    secondSteps: z.object({ pin: z.boolean(), totp: z.boolean(), passkeys: z.array(z.string()) }),
    devices: z.array(DeviceView),
    calendars: z.array(FeedView.pick({ createdAt: true, fetchedAt: true })),
    bookings: z.array(Booked),
    payments: z.array(z.object({ booking: z.uuid(), entry: z.string(), amount: Money, at: Instant })),
    /** Dates for which they wait or waited. */
    waitsFor: z.array(z.object({ start: Instant, end: Instant, state: z.enum(entryStates), since: Instant })),
    /** Of dates: whom they would rather not meet, in their own words. */
    notMeet: z.array(z.object({ at: Instant, words: z.string() })),
    belongsTo: z.array(
      z.object({ id: z.uuid(), kind: z.enum(['individual', 'couple']), since: Instant, until: Instant.nullable() })
    ),
    consents: z.array(z.object({ document: z.string(), version: z.int(), sha256: z.string(), at: Instant })),
    startTogether: z.object({ at: Instant, whom: z.string(), mayTell: z.boolean().nullable() }).nullable(),
    possibleTimes: z.array(z.object({ start: Instant, end: Instant })),
    pagesToShare: z.array(z.object({ madeAt: Instant, endsAt: Instant, state: z.enum(['open', 'withdrawn']) })),
    notHere: z.array(z.string())
  })
  .meta({ id: 'OwnRecord' })
export type OwnRecord = z.output<typeof OwnRecordView>

/** The same as a file that people can read too. */
export function written(record: OwnRecord): string {
  return `${JSON.stringify(z.encode(OwnRecordView, record), null, 2)}\n`
}

/** A file's name is seen in lists of downloads, and by whoever sits beside. */
export const fileHeaders = {
  'cache-control': 'no-store',
  'content-disposition': 'attachment; filename="data.json"'
} as const
