import { sightOfBooking } from '../../bookings/see-booking.ts'
import { findBooked } from '../../bookings/store.ts'
import { entryWords } from '../../calendars/entry-words.ts'
import { type Actor, signInNeeded } from '../../identity/actor.ts'
import { readRecipient } from '../../identity/own-ids.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { shows } from '../../identity/sight.ts'
import type { Deps } from '../../kernel/deps.ts'

/**
 * What an entry says that this reader adds to a calendar: their own words. The plain ones name what and where, which the
 * mailed link alone does not open.
 * @throws sign-in-needed for who is nobody's client
 */
export async function ownEntry(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string
): Promise<{ title: string; location?: string }> {
  if (!('person' in actor)) throw signInNeeded('Open your booking first')
  const [person, sight, booked] = await Promise.all([
    readRecipient(deps, deps.db, scope, actor.person),
    sightOfBooking(deps, scope, actor, id),
    findBooked(deps.db, scope, id)
  ])
  const wording = shows(sight, 'type') ? person.wording : 'discreet'
  return entryWords(
    'a calendar entry',
    { wording, calendarTitle: person.calendarTitle },
    {
      type: () => booked?.typeName ?? '',
      place: () => ({ name: booked?.place.name ?? '', address: booked?.place.address ?? null }),
      link: () => (booked?.state === 'confirmed' && shows(sight, 'link') ? booked.place.link : null)
    }
  )
}
