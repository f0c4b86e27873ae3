import { type BookingName, bookerOf, bookingNames, bookings } from './marks.ts'

/** What somebody gets: the status with where they are sent, and the facts that the answer shows, sorted. */
export interface Got {
  said: string
  facts: string[]
}

const ofPeople = ['name', 'contact']
/** Words for what several bookings show, each of its own. */
const several: Readonly<Record<string, readonly BookingName[]>> = {
  everyone: bookingNames,
  mine: bookingNames.filter(name => !['other', 'loose', 'linked'].includes(name))
}

/**
 * Reads a cell such as `200 all name`, `303 /b/… id` or `200 everyone: busy, booker: name`. What is said without whose it is
 * belongs to the booking that the row is of, and a name to whoever booked it.
 * @throws where a word is nothing that is known
 */
export function readCell(
  cell: string,
  of: string,
  words: ReadonlyMap<string, readonly string[]>,
  known: Set<string>
): Got {
  const [, said = '', rest = ''] = /^(\d{3}(?: (?:\/\S*|\S+\.\S+))?)(?: (.*))?$/.exec(cell) ?? []
  if (!said) throw new Error(`“${cell}” does not begin with a status`)
  const facts = rest
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)
    .flatMap(part => {
      const [, whose, shown = ''] = /^(?:([a-z]+):)? *(.+)$/.exec(part) ?? []
      const single = shown.split(/\s+/).flatMap(word => words.get(word) ?? [word])
      return single.flatMap(word => factsOf(whose ?? of, word, whose !== undefined))
    })
  const unknown = facts.filter(fact => !known.has(fact))
  if (unknown.length) throw new Error(`“${cell}” tells of what is not there: ${unknown.join(', ')}`)
  return { said, facts: [...new Set(facts)].sort() }
}

function factsOf(whose: string, word: string, isNamed: boolean): string[] {
  const all = several[whose]
  if (all) return all.flatMap(name => factsOf(name, word, true))
  const booking = bookingNames.find(name => name === whose)
  if (booking && word === 'price' && !bookings[booking].cents) return []
  return [`${booking && !isNamed && ofPeople.includes(word) ? bookerOf(booking) : whose}: ${word}`]
}

/** The cell that says this: how a table is told what it should read. */
export function writeCell({ said, facts }: Got, of: string): string {
  const by = new Map<string, string[]>()
  for (const [whose = '', word = ''] of facts.map(fact => fact.split(': ')))
    by.set(whose, [...(by.get(whose) ?? []), word])
  const own = bookingNames.find(name => name === of)
  const parts: string[] = []
  if (own) {
    const words = [...(by.get(own) ?? [])]
    const booker = by.get(bookerOf(own)) ?? []
    parts.push([...brief(words, own), ...booker].join(' '))
    by.delete(own)
    by.delete(bookerOf(own))
  }
  for (const [word, names] of Object.entries(several)) {
    const shown = (name: BookingName) => order.filter(fact => by.get(name)?.includes(fact))
    const all = order.filter(fact => names.some(name => shown(name).includes(fact)))
    // What costs nothing shows no price.
    const due = (name: BookingName) => all.filter(fact => fact !== 'price' || bookings[name].cents)
    if (all.length === 0 || !names.every(name => shown(name).join() === due(name).join())) continue
    parts.push(`${word}: ${brief(all, 'alone').join(' ')}`)
    for (const name of names) by.delete(name)
  }
  for (const [whose, words] of by) {
    const booking = bookingNames.find(name => name === whose)
    parts.push(`${whose}: ${(booking ? brief(words, booking) : words).join(' ')}`)
  }
  return [said, parts.filter(Boolean).join(', ')].filter(Boolean).join(' ')
}

const order = ['id', 'time', 'place', 'type', 'price']

function brief(words: readonly string[], booking: BookingName): string[] {
  const sorted = order.filter(word => words.includes(word))
  // What costs nothing shows no price, and is whole without.
  const whole = order.filter(word => word !== 'price' || bookings[booking].cents)
  const rest = words.filter(word => !order.includes(word))
  if (whole.every(word => sorted.includes(word))) return ['all', ...rest]
  return [...(sorted.join() === 'id,time' ? ['busy'] : sorted), ...rest]
}
