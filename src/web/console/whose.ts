import type { BookingView } from '../../bookings/schema.ts'

type Seen = Pick<BookingView, 'people' | 'appointments'>

/** Whose an appointment is, in one line: `Jo Example and Sam Example · only Sam Example`; empty for readers who see no names. */
export function whoseText(view: Seen, appointment: string): string {
  const { people = [], appointments } = view
  const who = appointments.find(one => 'id' in one && one.id === appointment)?.who
  const names = people.map(({ name }) => name || 'No name given').join(' and ')
  return [names, aloneText(view, who)].filter(Boolean).join(' · ')
}

/**
 * Which of two comes alone to some of their times: whoever booked stands first among the people. Nothing where all of its
 * times are for the same, and for readers who see no names.
 * @param who of the appointment that is meant
 */
export function aloneText({ people, appointments }: Seen, who: string | undefined): string | undefined {
  if (!people || (who !== 'first' && who !== 'second') || appointments.every(one => one.who === who)) return undefined
  const [booker, other] = people
  return `only ${who === 'first' ? booker?.name || 'who booked' : other?.name || 'the other of the two'}`
}

/** Who of a booking's people comes to an appointment of one of them, or of both, by their ids. */
export function comersOf(people: Seen['people'] = [], who: string | undefined): string[] {
  const [booker, ...others] = people.map(({ id }) => id)
  if (booker === undefined) return []
  return who === 'first' ? [booker] : who === 'second' ? others : [booker, ...others]
}

/** The steps without a time, each with whose it is. */
export function openStepsOf(view: Seen) {
  return view.appointments.flatMap(one =>
    'open' in one ? [{ ...one, whose: one.who === 'both' ? 'both' : aloneText(view, one.who) }] : []
  )
}
