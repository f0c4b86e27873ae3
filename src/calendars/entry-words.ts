import { discreetTitle, type Place, sightIn } from '../identity/discretion.ts'
import type { Person } from '../identity/people.ts'
import { seenNow } from '../identity/sight.ts'

/** What somebody chose for the entries in their own calendar. */
export type Choices = Pick<Person, 'wording' | 'calendarTitle'>

/** What an entry could say besides its time. */
interface Readings {
  type: () => string
  place: () => string
}

/**
 * What a client's own entry says: their own words, else `Appointment`; what it is and where for who asked for that, and
 * for nobody else. Where others read the mailbox that it comes to, neither.
 */
export function entryWords(
  place: Extract<Place, 'a calendar entry' | 'an entry where others read the mailbox'>,
  { wording, calendarTitle }: Choices,
  reading: Readings
): { title: string; location?: string } {
  const seen = seenNow(sightIn(place, wording), reading)
  const own = place === 'a calendar entry' ? calendarTitle : null
  return {
    title: own ?? seen.type ?? discreetTitle,
    ...(seen.place !== undefined && { location: seen.place })
  }
}
