import type { BookingState } from '../../db/schema/bookings.ts'
import type { EditionState } from '../../db/schema/catalog.ts'
import type { EntryState } from '../../db/schema/waitlist.ts'

/** What a booking is, and what can be done then, for whoever is told that something cannot. A no never says whose it was. */
const bookings: Record<BookingState, readonly [what: string, then: string]> = {
  requested: ['This time is not confirmed yet', 'it can be given back, and changed once it is confirmed'],
  held: ['This time is kept, and not confirmed yet', 'finish booking it, or give it back'],
  releasing: ['This time is being given back', 'look again in a minute'],
  confirmed: ['This appointment is confirmed', 'it can be cancelled if it does not suit any more'],
  completed: ['This appointment is over', 'another can be booked'],
  no_show: ['This appointment is over', 'another can be booked'],
  declined: ['This time was not confirmed and is free again', 'choose another'],
  expired: ['This time was not confirmed and is free again', 'choose another'],
  cancelled: ['This appointment is cancelled', 'choose another time']
}

/**
 * What is said where a booking's state forbids what was asked: what it is, and what can be done.
 * @param instead what follows from it here, by its state, where that is something else than usual
 */
export function asItIs(state: BookingState, instead: Partial<Record<BookingState, string>> = {}): string {
  const [what, then] = bookings[state]
  return `${what}: ${instead[state] ?? then}`
}

const entries: Record<EntryState, string> = {
  waiting: 'This place in line waits for its turn',
  offered: 'A place was offered to who waits here, and their answer is still to come',
  accepted: 'Who waited here has taken a place: that can be cancelled on its own page',
  lapsed: 'This place in line has ended',
  left: 'This place in line was given up'
}

/** The same of a place in line. */
export function lineAsItIs(state: EntryState): string {
  return entries[state]
}

const editions: Record<EditionState, string> = {
  draft: 'These dates are not shown to anybody yet',
  open: 'These dates can be booked',
  full: 'All places of these dates are taken',
  closed: 'These dates take no more bookings',
  running: 'These dates have begun',
  done: 'These dates are over',
  cancelled: 'These dates are cancelled'
}

/** The same of dates, to staff. */
export function datesAsTheyAre(state: EditionState): string {
  return editions[state]
}
