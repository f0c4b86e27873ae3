import type { DateTime } from 'luxon'
import type { Offered } from '../availability/pair.ts'
import { type Laid, occupied } from '../catalog/lay.ts'
import { isWholeWithSteps, standsAlone } from '../catalog/plan.ts'
import { sharesOf } from '../catalog/run.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Settings } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { instantOf } from '../kernel/time.ts'
import { holdMinutes } from '../payments/attempt.ts'
import { codeMinutes } from './booking.ts'
import type { Laid as LaidBooking } from './store.ts'
import { newUid } from './uid.ts'

/** Who books what, with whom and where. */
export interface Claim {
  /** The booking's id. */
  id: string
  type: SessionType
  offering: Offered
  /** Where its appointments lie. */
  segments: readonly Laid[]
  /** The steps beside them that are taken along, laid or not, by their numbers in the plan. */
  steps?: readonly number[]
  clientId: string
  bookerId: string
  /** Staff book it for a caller, or it was proposed privately. */
  byPractice?: boolean
  /** It is a seat of an edition, whose own blocks take therapist and room for all who come. */
  edition?: string | undefined
}

/**
 * How a booking begins, and for how many minutes its times are kept without a further step.
 * @param waits a yes is missing: the practice's, or the other member's
 */
export function startOf(waits: boolean, costs: boolean): { name: 'requested' | 'held'; minutes: number | null } {
  if (waits) return { name: 'requested', minutes: null }
  return { name: 'held', minutes: costs ? holdMinutes : codeMinutes }
}

/** Everything that a booking puts on the calendar: pure but for new ids. Occupancy is written for every resource it needs. */
export function layBooking(
  { practice }: PracticeScope,
  settings: Settings,
  { id: bookingId, type, offering, segments, steps = [], clientId, bookerId, edition, byPractice = false }: Claim,
  state: Pick<LaidBooking['booking'], 'state' | 'holdUntil'>,
  now: DateTime
): LaidBooking {
  const { zone, therapist, place, room, personId, second } = offering
  const { before, after } = type.rules
  const taken = occupied(type.plan, segments, { before, after }, zone)
  const practiceId = practice.id
  const shares = sharesOf(type, segments)
  const appointments = segments.map(({ start, end, who, ordinal }) => ({
    practiceId,
    id: newId(),
    bookingId,
    ordinal,
    who,
    startsAt: instantOf(start),
    endsAt: instantOf(end),
    zone,
    placeId: place,
    price: shares?.get(ordinal) ?? null,
    state: 'planned' as const
  }))
  const resources = edition ? [] : [therapist, ...(second ? [second.therapist] : []), ...(room ? [room] : [])]
  // In the therapist's own calendar an edition stands once, whoever comes.
  const staff = edition ? [] : [personId, ...(second ? [second.personId] : [])]
  return {
    booking: {
      id: bookingId,
      clientId,
      bookerId,
      sessionTypeId: type.id,
      version: type.version,
      editionId: edition ?? null,
      therapistId: therapist,
      secondTherapistId: second?.therapist ?? null,
      placeId: place,
      byPractice,
      ...state,
      createdAt: now,
      confirmedAt: null,
      endedAt: null,
      price: type.price,
      termsVersion: practice.termsVersion,
      every: type.every ?? null,
      openEnded: type.openEnded ?? false,
      pausedFrom: null,
      steps: [...steps]
    },
    appointments,
    participants: appointments.flatMap(({ id, who }) =>
      [...(who === 'both' || who === 'first' ? [bookerId] : []), ...staff].map(person => ({
        practiceId,
        appointmentId: id,
        personId: person,
        uid: newUid(settings),
        sequence: 0,
        revisedAt: now,
        response: 'needs_action' as const
      }))
    ),
    occupancy: appointments.flatMap(({ id }, index) => {
      const during = taken[index]
      if (!during) throw new Error('A segment has no occupied time')
      const stretch = { start: instantOf(during.start), end: instantOf(during.end) }
      return resources.map(resourceId => ({ practiceId, appointmentId: id, resourceId, during: stretch }))
    })
  }
}

/** Of what has steps beside it those that are taken along, by their numbers. */
export function stepsTaken({ plan }: SessionType, all: readonly { ordinal: number }[]): number[] {
  if (!isWholeWithSteps(plan)) return []
  return all.map(({ ordinal }) => ordinal).filter(ordinal => standsAlone(plan, ordinal))
}
