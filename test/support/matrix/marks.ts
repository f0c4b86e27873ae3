import { DateTime } from 'luxon'

const zone = 'America/New_York'

/** Every booking of the world, each on a day and at an hour that no other has, with a price and words of its own. */
export const bookings = {
  /** The booker's own session, of which the other of the two knows nothing. */
  alone: { like: 'individual', start: '2027-02-09T15:00:00Z', minutes: 50, cents: 11101 },
  /** The two of them. */
  joint: { like: 'couples', start: '2027-02-10T18:00:00Z', minutes: 80, cents: 22202 },
  /** Of a client who has nothing to do with them. */
  other: { like: 'individual', start: '2027-02-11T20:00:00Z', minutes: 50, cents: 33303 },
  /** The booker's, to be paid. */
  unpaid: { like: 'individual', start: '2027-02-15T16:00:00Z', minutes: 50, cents: 44404 },
  /** The booker's, to be confirmed by a mailed code. */
  coded: { like: 'consultation', start: '2027-02-16T21:30:00Z', minutes: 20, cents: 0 },
  /** The booker's, to which the practice must say yes. */
  asked: { like: 'individual', start: '2027-02-17T19:00:00Z', minutes: 50, cents: 66606 },
  /** The booker's, for which the practice has suggested another time. */
  moving: { like: 'individual', start: '2027-02-18T21:00:00Z', minutes: 50, cents: 77707 },
  /** Made with the booker's address, by whoever was not signed in: it is nobody's who signs in, until their own yes. */
  loose: { like: 'individual', start: '2027-02-24T19:30:00Z', minutes: 50, cents: 88808 },
  /** Suggested by somebody who was not signed in, with the booker's address: whoever has its link may answer. */
  linked: { like: 'couples', start: '2027-02-26T16:00:00Z', minutes: 80, cents: 12321 },
  /** A time that the booker has suggested to the other, to whom they are tied already: no link is needed. */
  suggested: { like: 'couples', start: '2027-02-25T15:30:00Z', minutes: 80, cents: 99909 }
} as const
export type BookingName = keyof typeof bookings
export const isOfBooking = (of: string): of is BookingName => of in bookings
export const bookingNames = Object.keys(bookings).filter((name): name is BookingName => name in bookings)

/** Every person of the world but staff: the two, and somebody else. */
export const people = {
  booker: { name: 'Qzada Booker', email: 'first@qz-one.example', phone: '+1 555 0101', zone },
  member: { name: 'Qzbea Member', email: 'second@qz-two.example', phone: '+1 555 0102', zone },
  stranger: { name: 'Qzcleo Stranger', email: 'third@qz-three.example', phone: '+1 555 0103', zone },
  former: { name: 'Qzdora Former', email: 'fourth@qz-four.example', phone: '+1 555 0104', zone }
} as const
export type PersonName = keyof typeof people

/** A booking and what opens it. */
export interface Booked {
  id: string
  appointment: string
  /** Of a joint time, what the other of the two was given. */
  link: string
  /** The token of the program or browser that booked. */
  answer: string
  /** The one in its mails. */
  mail: string
  /** One that opened it, and is over. */
  over: string
}

/** Who booked each. */
export const bookerOf = (booking: BookingName) => (booking === 'other' ? 'stranger' : 'booker')

/** What was said by the partner's link: to the therapist alone, and shown to the inviter. */
export const said = { kept: 'Qzkept said to the therapist', shown: 'Qzshown to the inviter' } as const
/** A time off, by its start. */
export const off = { start: '2027-03-17T14:00:00Z', end: '2027-03-17T16:00:00Z' } as const
/** A travel, by its first day. */
export const away = {
  zone: 'Asia/Tokyo',
  firstDay: '2027-05-18',
  lastDay: '2027-05-20',
  keeps: 'local',
  videoOnly: true
} as const

export const typeOf = (booking: BookingName) => ({ slug: `qz-type-${booking}`, name: `Qztype ${booking}` })
export const placeOf = (booking: BookingName) => ({
  slug: `qz-place-${booking}`,
  name: `Qzplace ${booking}`,
  address: `1 Qzstreet ${booking}`,
  link: `https://qz-video.example/${booking}`
})

/** What somebody was answered: as it is, and in lower case. */
interface Answered {
  text: string
  lower: string
}

/** A fact, such as `alone: time`, and whether an answer betrays it. */
export interface Mark {
  fact: string
  shows(answered: Answered): boolean
}

/** The marks that are known before anything is made; ids and tokens are added by whoever made them. */
export const fixedMarks: readonly Mark[] = [
  ...bookingNames.flatMap(name => [
    { fact: `${name}: time`, shows: literal(...timeForms(bookings[name])) },
    { fact: `${name}: place`, shows: literal(...Object.values(placeOf(name))) },
    { fact: `${name}: type`, shows: literal(typeOf(name).slug, typeOf(name).name) },
    ...(bookings[name].cents ? [{ fact: `${name}: price`, shows: amount(bookings[name].cents) }] : [])
  ]),
  ...Object.entries(people).flatMap(([who, { name, email, phone }]) => [
    { fact: `${who}: name`, shows: literal(name.split(' ')[0] ?? name) },
    { fact: `${who}: contact`, shows: literal(email, encodeURIComponent(email), phone) }
  ]),
  { fact: 'partner: kept', shows: literal(said.kept) },
  { fact: 'partner: shown', shows: literal(said.shown) },
  { fact: 'therapist: away', shows: literal('2027-05-18', 'Tue 18 May') },
  { fact: 'therapist: off', shows: literal('2027-03-17T14:00', 'Wed 17 Mar, 10:00') }
]

/** The facts that an answer shows, sorted. */
export function factsIn(text: string, marks: readonly Mark[]): string[] {
  const answered = { text, lower: text.toLowerCase() }
  return [...new Set(marks.filter(({ shows }) => shows(answered)).map(({ fact }) => fact))].sort()
}

/** Any of these texts, in capitals or not. */
export function literal(...texts: string[]): Mark['shows'] {
  const forms = texts.map(text => text.toLowerCase())
  return ({ lower }) => forms.some(form => lower.includes(form))
}

/** As programs and people write it. Digits in a longer number, a random id or a token are no price. */
function amount(cents: number): Mark['shows'] {
  const digits = String(cents)
  const number = new RegExp(`(?<![\\w.])${digits}(?![\\w.])`)
  const written = literal(`$${(cents / 100).toFixed(2)}`)
  return answered => (answered.text.includes(digits) && number.test(answered.text)) || written(answered)
}

/** An instant as programs write it, in JSON and in calendars, and a stretch as people read it. */
export function timeForms({ start, minutes }: { start: string; minutes: number }): string[] {
  const from = DateTime.fromISO(start, { zone })
  const to = from.plus({ minutes })
  return [
    start.slice(0, 16),
    from.toUTC().toFormat("yyyyLLdd'T'HHmm"),
    from.toFormat("yyyyLLdd'T'HHmm"),
    `${from.toFormat('HH:mm')}–${to.toFormat('HH:mm')}`,
    // On a page, where no line ends within it.
    `${from.toFormat('HH:mm')}–\u2060${to.toFormat('HH:mm')}`,
    from.toFormat('ccc d LLL, HH:mm')
  ]
}
