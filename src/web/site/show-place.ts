import { laySeat } from '../../bookings/choose-seat.ts'
import { findEdition } from '../../bookings/edition-store.ts'
import { readPlaceInLine, theEntry } from '../../bookings/leave-waitlist.ts'
import { meaningOf } from '../../bookings/quote-seat.ts'
import type { PlaceInLineView } from '../../bookings/waitlist-schema.ts'
import { readPerson } from '../../identity/people.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { isoUtc } from '../../kernel/time.ts'
import type { Offer } from './details.tsx'
import { offerIn } from './offer.ts'

/** A place in line with everything that the seat would mean that is kept for it. */
export interface ShownPlace {
  place: PlaceInLineView
  offer: Offer
}

/** @throws no-such-waitlist-entry */
export async function showPlace(deps: Deps, scope: PracticeScope, token: string): Promise<ShownPlace> {
  const place = await readPlaceInLine(deps, scope, token)
  const { editionId, personId, approvedAt } = await theEntry(deps, scope, token)
  const edition = await findEdition(deps.db, scope, editionId)
  if (!edition) throw new Error(`The edition ${editionId} is gone`)
  const { type, laid, offering } = await laySeat(deps.db, scope, edition)
  const { zone } = await readPerson(deps, deps.db, scope, personId)
  const quoted = meaningOf(deps, scope, type, laid, true)
  const start = isoUtc(place.start)
  const on = { therapist: offering.therapistSlug, place: offering.placeSlug }
  const choice = { type: type.slug, edition: editionId, start, zone, ...on }
  const offer = await offerIn(deps, scope, choice, { type, quoted, sealed: '' })
  // Of whom the practice has spoken with, nothing more is asked than of two who have agreed.
  const known = approvedAt !== null
  const asked = { approval: offer.approval && !known, asksTheOther: offer.asksTheOther && !known }
  return { place, offer: { ...offer, ...asked } }
}
