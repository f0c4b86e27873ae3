import { type Fact, facts, type Reader } from './readers.ts'

/** What the words of the table mean, of a booking. */
export const meanings = {
  full: facts,
  'time, name': ['time', 'state', 'therapist', 'names', 'client', 'changes'],
  'time, names': ['time', 'state', 'therapist', 'names', 'client', 'changes'],
  amount: ['state', 'client', 'amounts'],
  busy: ['time'],
  'the time': ['time', 'state'],
  'the time, the place': ['time', 'state', 'place', 'link'],
  'A only': ['time', 'place', 'link', 'type'],
  both: ['time', 'place', 'link', 'type'],
  'amount, opaque id': ['amounts'],
  'nothing, not even that they exist': [],
  nothing: []
} as const satisfies Record<string, readonly Fact[]>

/**
 * Who sees what: the one table that decides. Partner A is whoever takes part in what is looked at, or made it; partner B the
 * other of the two. A feed holds what its owner takes part in. What mails and calendars tell unasked is less: discretion.ts.
 */
export const whoSeesWhat = {
  'individual bookings': {
    'partner A': 'full',
    'partner B': 'nothing, not even that they exist',
    'own therapist': 'full',
    'other therapist': 'busy',
    assistant: 'time, name',
    billing: 'amount',
    feeds: 'A only',
    Stripe: 'amount, opaque id',
    owner: 'full',
    'mailed link': 'the time',
    'mailed link on the day': 'the time, the place',
    'anybody else': 'nothing'
  },
  'joint bookings': {
    'partner A': 'full',
    'partner B': 'full',
    'own therapist': 'full',
    'other therapist': 'busy',
    assistant: 'time, names',
    billing: 'amount',
    feeds: 'both',
    Stripe: 'amount, opaque id',
    owner: 'full',
    'mailed link': 'the time',
    'mailed link on the day': 'the time, the place',
    'anybody else': 'nothing'
  },
  'cancellation reason, safety flag': {
    'partner A': 'own reason',
    'partner B': 'nothing',
    'own therapist': 'full',
    'other therapist': 'no',
    assistant: 'no',
    billing: 'no',
    feeds: 'no',
    Stripe: 'no',
    owner: 'full',
    'mailed link': 'no',
    'mailed link on the day': 'no',
    'anybody else': 'no'
  },
  'partner’s answers': {
    'partner A': 'what the partner shared',
    'partner B': 'by return words',
    'own therapist': 'what was addressed to the therapist',
    'other therapist': 'no',
    assistant: 'no',
    billing: 'no',
    feeds: 'no',
    Stripe: 'no',
    owner: 'no',
    'mailed link': 'no',
    'mailed link on the day': 'no',
    'anybody else': 'no'
  },
  'payer share, card, receipt': {
    'partner A': 'own',
    'partner B': 'own',
    'own therapist': 'totals',
    'other therapist': 'no',
    assistant: 'totals',
    billing: 'full',
    feeds: 'no',
    Stripe: 'own',
    owner: 'full',
    'mailed link': 'no',
    'mailed link on the day': 'no',
    'anybody else': 'no'
  },
  'people not to meet': {
    'partner A': 'own words',
    'partner B': 'nothing',
    'own therapist': 'full',
    'other therapist': 'no',
    assistant: 'no',
    billing: 'no',
    feeds: 'no',
    Stripe: 'no',
    owner: 'no',
    'mailed link': 'no',
    'mailed link on the day': 'no',
    'anybody else': 'no'
  },
  'retreat roster': {
    'partner A': 'own seat',
    'partner B': 'own seat',
    'own therapist': 'full',
    'other therapist': 'full',
    assistant: 'full',
    billing: 'balances',
    feeds: 'own dates',
    Stripe: 'amount',
    owner: 'full',
    'mailed link': 'no',
    'mailed link on the day': 'no',
    'anybody else': 'no'
  }
} as const satisfies Record<string, Record<Reader, string>>

export type Subject = keyof typeof whoSeesWhat
export const bookingSubjects = ['individual bookings', 'joint bookings'] as const satisfies readonly Subject[]
export type BookingSubject = (typeof bookingSubjects)[number]
