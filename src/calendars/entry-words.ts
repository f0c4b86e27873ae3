import { discreetTitle, type Place, sightIn } from '../identity/discretion.ts'
import type { Person } from '../identity/people.ts'
import { seenNow } from '../identity/sight.ts'

/** What somebody chose for the entries in their own calendar. */
export type Choices = Pick<Person, 'wording' | 'calendarTitle'>

/** What an entry could say besides its time. */
interface Readings {
  type: () => string
  /** By its name, and where it is. */
  place: () => { name: string; address: string | null }
  /** Where one joins by video; null where there is nothing to join, or it is not confirmed, or not theirs any more. */
  link: () => string | null
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
    ...(seen.place && { location: locationOf(seen.place, seen.link) })
  }
}

/** Calendars open what is an address of the web; the writer knows no CONFERENCE (RFC 7986, 5.11), so a link stands here. */
function locationOf({ name, address }: ReturnType<Readings['place']>, link?: string | null): string {
  return [address, link].filter(Boolean).join(', ') || name
}
