import { type BookingName, bookings, people, placeOf, timeForms, typeOf } from '../matrix/marks.ts'
import type { Secret } from './ears.ts'

/** Of the bookings of matrix/marks.ts, who booked each here: the two, and somebody who has nothing to do with them. */
export const lives = {
  alone: 'A',
  joint: 'A',
  coded: 'B',
  other: 'C',
  suggested: 'A'
} as const satisfies Partial<Record<BookingName, string>>
export type Lived = keyof typeof lives
export const lived = ['alone', 'joint', 'coded', 'other', 'suggested'] as const satisfies readonly Lived[]

/** What is said in this life, each word once. */
export const said = {
  concern: 'Qzconcern, to the therapist alone',
  shown: 'Qzshown, to the inviter as well',
  question: 'Qzquestion for the therapist',
  more: 'Qzmore of the question',
  reply: 'Qzreply of the therapist',
  note: 'Qznote of the practice on a yes',
  reason: 'Qzreason of the practice for a fee that is waived',
  whomOfA: 'Qzwhom of A, in words of their own',
  whomOfB: 'Qzwhom of B, in words of their own',
  titleOfA: 'Qztitle that A chose',
  titleOfB: 'Qztitle that B chose'
} as const

/** Where A is written to from some day on. */
export const second = 'second.of.first@qz-six.example'
/** What the browser of each calls itself. */
export const deviceOf = (who: string) => `Qz-${who.replaceAll(' ', '-')}-device`

const therapist = ['therapist', 'owner']
const office = [...therapist, 'assistant']

/** Whose ears each word is for; every other pair of ears is the wrong one. */
export const secrets: readonly Secret[] = [
  ...lived.flatMap(name => secretsOf(name)),
  ...Object.entries({ A: people.booker, B: people.member, C: people.stranger }).flatMap(
    ([who, { name, email, phone }]) => [
      {
        name: `the name of ${who}`,
        written: [name.split(' ')[0] ?? name],
        mayHear: [who, ...office, 'feed of the therapist, with names']
      },
      // Stripe asks for an address, and a mail is sent to one.
      { name: `the address of ${who}`, written: [email], mayHear: [who, `mail to ${who}`, 'Stripe'] },
      // It is typed in, and shown to nobody but in the file of what is held about them.
      { name: `the telephone of ${who}`, written: [phone], mayHear: [who] }
    ]
  ),
  { name: 'the concern', written: [said.concern], mayHear: ['B', 'therapist'] },
  { name: 'the concern that was shown', written: [said.shown], mayHear: ['A', 'B', 'therapist'] },
  { name: 'the question', written: [said.question], mayHear: ['B', 'therapist'] },
  { name: 'more of the question', written: [said.more], mayHear: ['B', 'therapist'] },
  { name: 'the reply', written: [said.reply], mayHear: ['B', 'therapist'] },
  ...(['A', 'B'] as const).flatMap(who => [
    { name: `with whom ${who} would begin`, written: [said[`whomOf${who}`]], mayHear: [who, 'therapist'] },
    {
      name: `the calendar title of ${who}`,
      written: [said[`titleOf${who}`]],
      mayHear: [who, `feed of ${who}`, `mail to ${who}`, 'calendar entry']
    },
    // What a browser calls itself stands beside its sign-in.
    { name: `the device of ${who}`, written: [deviceOf(who)], mayHear: [who, 'row'] }
  ]),
  // The old mailbox is told that something was changed, and not to what.
  { name: 'the second address of A', written: [second], mayHear: ['A', 'mail to A elsewhere'] },
  // Who was seen alone allows it, and then the other reads that: nobody else, and in no mail.
  { name: 'that A allowed the one fact', written: ['The other allows us to tell you one thing'], mayHear: ['B'] },
  { name: 'that two are asked', written: ['stays with each of you: appointments'], mayHear: ['A', 'B'] },
  // Why something was done stands in the audit, and no view shows it yet.
  { name: 'the note', written: [said.note], mayHear: ['row'] },
  { name: 'the reason', written: [said.reason], mayHear: ['row'] }
]

/** Of one booking: its time, place, type and price. */
function secretsOf(name: Lived): Secret[] {
  // What is of both is heard by both; what one of them pays, by the payer alone.
  const both = name === 'joint' || name === 'suggested' ? ['A', 'B'] : [lives[name]]
  const who = lives[name]
  const { cents } = bookings[name]
  const place = placeOf(name)
  const type = typeOf(name)
  const feeds = ['feed of the therapist, with names', 'feed of the therapist', 'feed of busy times']
  return [
    {
      name: `the time of ${name}`,
      written: timeForms(bookings[name]),
      mayHear: [
        ...both,
        ...office,
        'billing',
        'other therapist',
        ...both.flatMap(one => [`mail to ${one}`, `feed of ${one}`]),
        'mail to the therapist',
        ...feeds,
        'lock screen',
        'calendar entry',
        'row'
      ]
    },
    { name: `the place of ${name}`, written: [place.name, place.address], mayHear: [...both, ...office] },
    { name: `where ${name} is joined by video`, written: [place.link], mayHear: [...both, ...therapist] },
    { name: `the type of ${name}`, written: [type.slug, type.name], mayHear: [...both, ...therapist] },
    ...(cents
      ? [
          {
            name: `the price of ${name}`,
            written: [String(cents), `$${(cents / 100).toFixed(2)}`],
            mayHear: [who, ...therapist, 'billing', 'Stripe', 'row']
          }
        ]
      : [])
  ]
}
