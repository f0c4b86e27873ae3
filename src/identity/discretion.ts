import type { Person } from './people.ts'
import type { Fact, Reader } from './readers.ts'
import { factsFor, type Sight, sightOfFacts } from './sight.ts'
import { bookingSubjects } from './who-sees-what.ts'

/** What a calendar entry says where its owner chose nothing else. */
export const discreetTitle = 'Appointment'

/**
 * What of a booking is told where nobody has to ask: mails lie in mailboxes, entries in calendars, and others look at both.
 * Plain is each person’s own choice and for that person alone; every other place has one wording. `as`: whoever reads it
 * there, who may see no less than this by the table of who-sees-what.ts, or it is not told.
 */
export const places = {
  'a subject': { as: 'partner A', discreet: ['time'], plain: ['time'] },
  'a mail': { as: 'partner A', discreet: ['time'], plain: ['time', 'type', 'therapist', 'place'] },
  'a mail where others read the mailbox': { as: 'partner A', discreet: ['time'], plain: ['time'] },
  'a calendar entry': { as: 'feeds', discreet: ['time'], plain: ['time', 'type', 'place', 'link'] },
  'an entry where others read the mailbox': { as: 'feeds', discreet: ['time'], plain: ['time'] },
  'a mail to staff': { as: 'own therapist', discreet: ['time'], plain: ['time'] },
  'a therapist’s entry with a code': { as: 'own therapist', discreet: ['time'], plain: ['time'] },
  'a therapist’s entry with initials': { as: 'own therapist', discreet: ['time', 'names'], plain: ['time', 'names'] },
  'a therapist’s entry with names': { as: 'own therapist', discreet: ['time', 'names'], plain: ['time', 'names'] },
  'a calendar of busy times': { as: 'other therapist', discreet: ['time'], plain: ['time'] },
  'a payment at Stripe': { as: 'Stripe', discreet: ['amounts'], plain: ['amounts'] },
  'a page’s title': { as: 'anybody else', discreet: [], plain: [] },
  'a line of the log': { as: 'anybody else', discreet: [], plain: [] }
} as const satisfies Record<string, { as: Reader } & Record<Person['wording'], readonly Fact[]>>

export type Place = keyof typeof places

/** What may be told of a booking in a place, in somebody’s wording: never more than whoever reads it may see. */
export function sightIn(place: Place, wording: Person['wording'] = 'discreet'): Sight {
  return sights[place][wording]
}

function sightOf(place: Place, wording: Person['wording']): Sight {
  const told: readonly Fact[] = places[place][wording]
  const seen = bookingSubjects.map(subject => factsFor(places[place].as, subject))
  return sightOfFacts(told.filter(fact => seen.every(facts => facts.includes(fact))))
}

/** Made once: a feed asks for each of its entries. */
const sights = Object.fromEntries(
  (Object.keys(places) as Place[]).map(place => [
    place,
    { discreet: sightOf(place, 'discreet'), plain: sightOf(place, 'plain') }
  ])
) as Record<Place, Record<Person['wording'], Sight>>
