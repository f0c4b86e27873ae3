import { subjects, type TemplateFor } from './template.ts'

const notTakingPlace = 'Hello, the appointment on {day} at {time} will not take place.'

/** What clients are told of a cancellation. The other of two hears neither who nor why, and nothing of a payment. */
export const cancelWords = {
  'cancelled-own': {
    facts: ['day', 'time', 'what', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment on {day} at {time}{what} is cancelled, as you asked.',
      'What this means for your payment: {link}',
      '{stale} stays there until you take it out.',
      'If you would like another time, it is there too.'
    ],
    bare: notTakingPlace
  },
  'cancelled-other': {
    facts: ['day', 'time', 'what', 'within', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, the appointment on {day} at {time}{what} will not take place. There is nothing for you to do.',
      'If a fee concerns you, we write to you within {within}.',
      '{stale} stays there until you take it out.',
      'Another time: {link}'
    ],
    bare: notTakingPlace
  },
  'step-cancelled': {
    facts: ['day', 'time', 'what', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, the appointment on {day} at {time}{what} will not take place.',
      'What this means, and other times: {link}',
      '{stale} stays there until you take it out.'
    ],
    bare: notTakingPlace
  },
  'step-cancelled-by-us': {
    facts: ['day', 'time', 'what', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, we are sorry: we have to cancel your appointment on {day} at {time}{what}. You pay nothing more for another time.',
      'Other times: {link}',
      '{stale} stays there until you take it out.'
    ],
    bare: notTakingPlace
  },
  'rest-ended': {
    facts: ['day', 'time', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, of what goes with the appointment on {day} at {time}{what} nothing more will take place.',
      'What this means, and other times: {link}'
    ],
    bare: 'Hello, of what goes with the appointment on {day} at {time} nothing more will take place.'
  },
  'cancelled-one': {
    facts: ['day', 'time', 'what', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, we are sorry: we have to cancel your appointment on {day} at {time}{what}. What you paid for it comes back in full; your other appointments stay as they are.',
      '{stale} stays there until you take it out.',
      'Everything else: {link}'
    ],
    bare: notTakingPlace
  },
  'cancelled-one-by-us': {
    facts: ['day', 'time', 'what', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, we are sorry: we have to cancel your appointment on {day} at {time}{what}. Your other appointments stay as they are.',
      '{stale} stays there until you take it out.',
      'Everything else: {link}'
    ],
    bare: notTakingPlace
  },
  cancelled: {
    facts: ['day', 'time', 'what', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      // True of all of it, and of what is left of it: nobody reads in it whether something took place already.
      'Hello, we are sorry: we have to cancel your appointment on {day} at {time}{what}. What does not take place costs nothing, and what you paid for it comes back in full.',
      '{stale} stays there until you take it out.',
      'The exact sum, and times that could suit you: {link}'
    ],
    bare: notTakingPlace
  },
  'cancelled-by-us': {
    facts: ['day', 'time', 'what', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, we are sorry: we have to cancel your appointment on {day} at {time}{what}.',
      '{stale} stays there until you take it out.',
      'Times that could suit you: {link}'
    ],
    bare: notTakingPlace
  }
} as const satisfies Record<string, TemplateFor<'client'>>
