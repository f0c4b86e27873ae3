import { lookAtSeat } from '../../bookings/choose-seat.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { instantOf, isoUtc } from '../../kernel/time.ts'
import type { Choice } from '../choice.ts'

/** What somebody chose who chose dates: as a slot's choice, with the first block for a start. @throws no-such-edition */
export async function choiceOfDates(
  deps: Deps,
  scope: PracticeScope,
  { type, edition, zone }: { type: string; edition: string; zone: string }
): Promise<Choice> {
  const { laid, offering } = await lookAtSeat(deps, scope, { slug: type, edition })
  const start = isoUtc(instantOf(laid[0]?.start ?? 0))
  return { type, edition, start, therapist: offering.therapistSlug, place: offering.placeSlug, zone }
}
