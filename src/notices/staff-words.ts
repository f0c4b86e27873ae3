import { proposalStaffWords } from './proposal-staff-words.ts'
import { seriesStaffWords } from './series-staff-words.ts'
import type { TemplateFor } from './template.ts'

const console = 'After sign-in: {console}'

/** What staff are told: times, and a reference where no name may stand. */
export const staffWords = {
  'staff-confirmed': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'New appointment on {day}',
    paragraphs: ['Hello, a new appointment: {day}, {time} ({zone}). Reference {reference}.', console]
  },
  'staff-seat': {
    facts: ['day', 'reference', 'console'],
    subject: 'Something changed for {day}',
    paragraphs: ['Hello, a place on {day} was taken, or given back. Reference {reference}.', console]
  },
  'staff-refund-failed': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'A payment that could not be sent back',
    paragraphs: [
      'Hello, for the appointment on {day}, {time} ({zone}) a payment was to go back, and the card did not take it. Please look at it at Stripe and send it another way. Reference {reference}.',
      console
    ]
  },
  'staff-refunded': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'A payment that came too late',
    paragraphs: [
      'Hello, for the time on {day}, {time} ({zone}) a payment came after it was free again. It went back whole. Reference {reference}.',
      console
    ]
  },
  'staff-refund-external': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'A payment that was sent back elsewhere',
    paragraphs: [
      'Hello, for the appointment on {day}, {time} ({zone}) a payment was sent back at Stripe itself. It is written down here; the appointment stays as it is. Reference {reference}.',
      console
    ]
  },
  'staff-sign-in-ended': {
    facts: ['console'],
    subject: 'Your sign-in',
    paragraphs: [
      'Hello, one of your sign-ins was ended, because a key of it was used a second time: somebody may have copied it. Nothing else was changed.',
      console
    ]
  },
  'staff-inbox': {
    facts: ['console'],
    subject: 'Something new is waiting for you',
    paragraphs: ['Hello, something new is in your inbox.', console]
  },
  'staff-together': {
    facts: ['console'],
    subject: 'Something new is waiting for you',
    paragraphs: ['Hello, something new is in your list.', console]
  },
  ...proposalStaffWords,
  'staff-waiting': {
    facts: ['console'],
    subject: 'Something is still waiting for you',
    paragraphs: ['Hello, something in your inbox waits longer than we promise.', console]
  },
  'staff-other-times': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'Other times would suit',
    paragraphs: [
      'Hello, the time on {day}, {time} ({zone}) does not suit; other times would, and are written down. Reference {reference}.',
      console
    ]
  },
  'staff-requested': {
    facts: ['day', 'time', 'zone', 'deadline', 'reference', 'console'],
    subject: 'An appointment to answer: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was asked for. Without your answer by {deadline} the time is free again. Reference {reference}.',
      console
    ]
  },
  'staff-requested-still': {
    facts: ['day', 'time', 'zone', 'deadline', 'reference', 'console'],
    subject: 'Still to answer: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was asked for and waits for your answer. Without it by {deadline} the time is free again. Reference {reference}.',
      console
    ]
  },
  'staff-fee': {
    facts: ['day', 'time', 'zone', 'until', 'reference', 'console'],
    subject: 'A fee to decide on: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was cancelled late. Whether anything is kept is yours to say: without your word by {until} all of it goes back. Reference {reference}.',
      console
    ]
  },
  'staff-withdrawn': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'Withdrawn: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was asked for and is withdrawn. The time is free again. Reference {reference}.',
      console
    ]
  },
  'staff-rest-ended': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'Ended: {day}',
    paragraphs: [
      'Hello, of what goes with {day}, {time} ({zone}) nothing more will take place. Reference {reference}.',
      console
    ]
  },
  'staff-moved': {
    facts: ['day', 'time', 'zone', 'instead', 'reference', 'console'],
    subject: 'New time: {day}',
    paragraphs: ['Hello, an appointment is now on {day}, {time} ({zone}){instead}. Reference {reference}.', console]
  },
  'staff-move-asked': {
    facts: ['day', 'time', 'zone', 'old', 'deadline', 'reference', 'console'],
    subject: 'A new time to answer: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was asked for instead of {old}. Without your answer by {deadline} the appointment stays as it is. Reference {reference}.',
      console
    ]
  },
  'staff-move-declined': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'As before: {day}',
    paragraphs: [
      'Hello, the answer to the new time is no. The appointment stays on {day}, {time} ({zone}). Reference {reference}.',
      console
    ]
  },
  'staff-move-lapsed': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'As before: {day}',
    paragraphs: [
      'Hello, the new time was not answered. The appointment stays on {day}, {time} ({zone}). Reference {reference}.',
      console
    ]
  },
  ...seriesStaffWords,
  'staff-cancelled': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'Cancelled: {day}',
    paragraphs: ['Hello, {day}, {time} ({zone}) is cancelled. Reference {reference}.', console]
  }
} as const satisfies Record<string, TemplateFor<'staff'>>
