import type { Seen } from '../identity/sight.ts'
import type { Money } from '../kernel/money.ts'
import type { Due } from '../payments/due.ts'
import type { Booking } from './booking.ts'
import type { LaidTime, OwnTime } from './own-times.ts'
import type { BookingView } from './schema.ts'

/** Everything of a booking that a view can show, by the names of the table that decides. */
export interface BookingFacts {
  /** `taken`: the booking takes its times, or took them. */
  time: { taken: boolean; appointments: readonly OwnTime[] }
  state: Pick<Booking, 'state' | 'holdUntil'>
  /** Slugs. */
  place: string
  /** Where one joins by video; null before it is confirmed, and where there is nothing to join. */
  link: string | null
  /** Of a session with two the other one second. */
  therapist: readonly [string, (string | null)?]
  type: string
  /** Who takes part, and the yeses that are waited for. */
  names: Pick<BookingView, 'people' | 'yeses'>
  client: string
  /** `url`: where the reader can pay now; left out for readers who never pay. */
  amounts: { price: Money; dues: readonly Pick<Due, 'reason' | 'amount' | 'dueAt' | 'state'>[]; url?: string | null }
  /** `answerable`: the reader is the member who is asked. `awaitsCode`: they booked, and the mailed code was not given yet. */
  changes: { answerable: boolean; awaitsCode: boolean }
}

/** What its reader sees of a booking. */
export type SeenBooking = Seen<BookingFacts>

/**
 * A booking for its reader, made of what that reader sees and nothing else. Where that is the time alone, a booking takes
 * it or does not: in which of its states it is, is nobody else’s business.
 */
export function viewOf(id: string, seen: SeenBooking): BookingView {
  const { time, type, place, link, therapist, names, client, amounts, changes } = seen
  const busy = time?.taken ? ('confirmed' as const) : ('cancelled' as const)
  const { state, holdUntil } = seen.state ?? { state: busy, holdUntil: null }
  return {
    id,
    state,
    holdUntil: state === 'held' ? holdUntil : null,
    appointments: (time?.appointments ?? []).flatMap((one): BookingView['appointments'] => {
      // Steps without a time are told to who sees what it is: a time alone says nothing of others.
      if (!isLaid(one)) return type === undefined ? [] : [one]
      return [
        {
          id: one.id,
          start: one.startsAt,
          end: one.endsAt,
          state: seen.state ? one.state : time?.taken && !isOff(one.state) ? 'planned' : 'cancelled',
          ...(therapist && { therapist: therapist[0], ...(therapist[1] && { with: therapist[1] }) }),
          ...(place !== undefined && { place }),
          ...(link && one.state === 'planned' && { link }),
          ...(type !== undefined && { who: one.who })
        }
      ]
    }),
    ...(type !== undefined && { sessionType: type }),
    ...(changes?.answerable && { answerable: true }),
    ...(changes?.awaitsCode && { awaitsCode: true }),
    ...(amounts && { price: amounts.price, dues: amounts.dues.map(viewDue) }),
    ...(amounts?.url !== undefined && { payment: amounts.url ? { url: amounts.url } : null }),
    ...(client !== undefined && { client }),
    ...names
  }
}

const isOff = (state: LaidTime['state']) => state === 'skipped' || state === 'cancelled'

const isLaid = (one: OwnTime): one is LaidTime => 'startsAt' in one

function viewDue({ reason, amount, dueAt, state }: Pick<Due, 'reason' | 'amount' | 'dueAt' | 'state'>) {
  return { reason, amount, dueAt, state }
}
