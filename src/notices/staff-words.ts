import type { Template } from './template.ts'

const console = 'After sign-in: {console}'

/** What the therapist is told: times, and a reference where no name may stand. */
export const staffWords = {
  'staff-confirmed': {
    subject: 'New appointment on {day}',
    paragraphs: ['Hello, a new appointment: {day}, {time} ({zone}). Reference {reference}.', console]
  },
  'staff-refund-failed': {
    subject: 'A payment that could not be sent back',
    paragraphs: [
      'Hello, for the appointment on {day}, {time} ({zone}) a payment was to go back, and the card did not take it. Please look at it at Stripe and send it another way. Reference {reference}.',
      console
    ]
  },
  'staff-refunded': {
    subject: 'A payment that came too late',
    paragraphs: [
      'Hello, for the time on {day}, {time} ({zone}) a payment came after it was free again. It went back whole. Reference {reference}.',
      console
    ]
  },
  'staff-refund-external': {
    subject: 'A payment that was sent back elsewhere',
    paragraphs: [
      'Hello, for the appointment on {day}, {time} ({zone}) a payment was sent back at Stripe itself. It is written down here; the appointment stays as it is. Reference {reference}.',
      console
    ]
  },
  'staff-inbox': {
    subject: 'Something new is waiting for you',
    paragraphs: ['Hello, something new is in your inbox.', console]
  },
  'staff-together': {
    subject: 'Something new is waiting for you',
    paragraphs: ['Hello, something new is in your list.', console]
  },
  'staff-requested': {
    subject: 'An appointment to answer: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was asked for. Without your answer by {deadline} the time is free again. Reference {reference}.',
      console
    ]
  },
  'staff-requested-still': {
    subject: 'Still to answer: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was asked for and waits for your answer. Without it by {deadline} the time is free again. Reference {reference}.',
      console
    ]
  },
  'staff-fee': {
    subject: 'A fee to decide on: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was cancelled late. Whether anything is kept is yours to say: without your word by {until} all of it goes back. Reference {reference}.',
      console
    ]
  },
  'staff-withdrawn': {
    subject: 'Withdrawn: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was asked for and is withdrawn. The time is free again. Reference {reference}.',
      console
    ]
  },
  'staff-moved': {
    subject: 'New time: {day}',
    paragraphs: ['Hello, an appointment is now on {day}, {time} ({zone}){instead}. Reference {reference}.', console]
  },
  'staff-move-asked': {
    subject: 'A new time to answer: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) was asked for instead of {old}. Without your answer by {deadline} the appointment stays as it is. Reference {reference}.',
      console
    ]
  },
  'staff-move-declined': {
    subject: 'As before: {day}',
    paragraphs: [
      'Hello, the answer to the new time is no. The appointment stays on {day}, {time} ({zone}). Reference {reference}.',
      console
    ]
  },
  'staff-move-lapsed': {
    subject: 'As before: {day}',
    paragraphs: [
      'Hello, the new time was not answered. The appointment stays on {day}, {time} ({zone}). Reference {reference}.',
      console
    ]
  },
  'staff-cancelled': {
    subject: 'Cancelled: {day}',
    paragraphs: ['Hello, {day}, {time} ({zone}) is cancelled. Reference {reference}.', console]
  }
} as const satisfies Record<string, Template>
