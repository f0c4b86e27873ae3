import type { appointments } from '../../db/schema/bookings.ts'
import { type Action, type Actor, may } from '../identity/actor.ts'
import type { Due } from '../payments/due.ts'
import type { Booking } from './booking.ts'
import type { BookingView } from './schema.ts'

/** What of a booking an actor sees besides its times: the rows of the policy table in domain.md, "Who sees what". */
export interface Sight {
  type: boolean
  place: boolean
  amounts: boolean
  names: boolean
}

/**
 * @param therapist the person who is the booking's therapist
 * @param pays whether the reader is the one who pays it, or staff: nobody else is shown what is paid
 */
export function sightOf(actor: Actor, therapist: string | null, pays: boolean): Sight {
  const stranger = isStranger(actor, therapist)
  const sees = (action: Action) => !stranger && may(actor, action)
  return {
    type: sees('read session types of bookings'),
    place: sees('read places of bookings'),
    amounts: pays && sees('read amounts'),
    names: sees('read names')
  }
}

export function isTherapistAlone(actor: Actor): boolean {
  return actor.kind === 'staff' && actor.roles.every(role => role === 'therapist')
}

export function isStranger(actor: Actor, therapist: string | null): boolean {
  return actor.kind === 'staff' && isTherapistAlone(actor) && actor.person !== therapist
}

/** What a view shows besides the booking's own row. What its reader may not see need not be there. */
interface Beside {
  typeSlug: string
  therapistSlug: string
  placeSlug: string
  appointments: readonly Pick<typeof appointments.$inferSelect, 'id' | 'startsAt' | 'endsAt' | 'who' | 'state'>[]
  dues?: readonly Pick<Due, 'reason' | 'amount' | 'dueAt' | 'state'>[]
  /** Where whoever pays can pay it now; undefined for everybody else. */
  url?: string | null
  /** Who takes part, and the yeses that are waited for; for staff who read names. */
  people?: BookingView['people']
  yeses?: BookingView['yeses']
}

/**
 * Rendered for its reader from the start: the mailed link's holder and another therapist read the time alone; the booker
 * and the booking's own therapist all of it; other staff what their role needs.
 */
export function viewOf(actor: Actor, sight: Sight, booking: Booking, beside: Beside): BookingView {
  const { id, state, holdUntil, price, clientId } = booking
  const { typeSlug, therapistSlug, placeSlug, appointments, dues = [], url, people = [], yeses } = beside
  return {
    id,
    state,
    holdUntil: state === 'held' ? holdUntil : null,
    appointments: appointments.map(({ id, startsAt, endsAt, who, state }) => ({
      id,
      start: startsAt,
      end: endsAt,
      state,
      ...(sight.place && { therapist: therapistSlug, place: placeSlug }),
      ...(sight.type && { who })
    })),
    ...(sight.type && { sessionType: typeSlug }),
    ...(sight.amounts && { price, dues: dues.map(viewDue) }),
    ...(url !== undefined && sight.amounts && { payment: url ? { url } : null }),
    ...(actor.kind === 'staff' && (sight.names || sight.amounts) && { client: clientId }),
    ...(actor.kind === 'staff' && sight.names && { people, ...(yeses && { yeses }) })
  }
}

function viewDue({ reason, amount, dueAt, state }: Pick<Due, 'reason' | 'amount' | 'dueAt' | 'state'>) {
  return { reason, amount, dueAt, state }
}
