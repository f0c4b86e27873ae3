import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { ChosenSeat } from './choose-seat.ts'
import { mustSuit } from './suit-client.ts'

/**
 * What the rules of care ask of a client who takes a seat: what comes first, and how often. Others come to the same dates,
 * so that nobody is too near.
 * @param own under which ids the client stands; none of somebody who is not signed in
 * @throws not-offered
 */
export async function mustSuitSeat(
  db: Executor,
  scope: PracticeScope,
  own: readonly string[],
  { type, offering, laid }: ChosenSeat,
  now: number
): Promise<void> {
  const [first] = laid
  if (!first) return
  const { gapAtPlace: _, ...rules } = type.rules
  const choice = { slug: type.slug, start: first.start, therapist: offering.therapistSlug, place: offering.placeSlug }
  const at = { place: offering.place, zone: offering.zone }
  await mustSuit(db, scope, own, { type: { ...type, rules }, choice, at, times: laid }, now)
}
