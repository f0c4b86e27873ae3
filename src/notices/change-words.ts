import { subjects, type Template } from './template.ts'

const notTakingPlace = 'Hello, the appointment on {day} at {time} will not take place.'
const nowOn = 'Hello, your appointment is now on {day}, {time} ({zone}){instead}.'

/** What clients are told of a move or a cancellation. The other of two hears neither who nor why. */
export const changeWords = {
  moved: {
    subject: 'Your appointment, new time: {day}',
    paragraphs: [
      'Hello, your appointment is now on {day}, {time} ({zone}){what}{instead}.',
      '{entry} changes with this mail.',
      'You can change or cancel it free of charge until {until}.',
      'Everything else stayed as it was: {link}'
    ],
    bare: nowOn
  },
  'moved-late': {
    subject: 'Your appointment, new time: {day}',
    paragraphs: [
      'Hello, your appointment is now on {day}, {time} ({zone}){what}{instead}.',
      '{entry} changes with this mail.',
      'To cancel it is not free of charge now. The exact sums, and everything else: {link}'
    ],
    bare: nowOn
  },
  'move-asked': {
    subject: 'A new time for your appointment?',
    paragraphs: [
      'Hello, would {day}, {time} ({zone}) suit you instead of {old}?',
      'Yes, no or another time: {link}',
      'Without an answer the appointment stays as it is.'
    ],
    bare: 'Hello, would {day}, {time} ({zone}) suit you instead of {old}? Without an answer the appointment stays as it is.'
  },
  'move-stays': {
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment stays as it is: {day}, {time} ({zone}){what}. The other time was not possible.',
      'You can ask for another one: {link}'
    ],
    bare: 'Hello, your appointment stays as it is: {day}, {time} ({zone}).'
  },
  'cancelled-own': {
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment on {day} at {time} is cancelled, as you asked.',
      'What this means for your payment: {link}',
      'If you would like another time, it is there too.'
    ],
    bare: notTakingPlace
  },
  'cancelled-other': {
    subject: subjects.appointment,
    paragraphs: [
      'Hello, the appointment on {day} at {time} will not take place. There is nothing for you to do.',
      'If a fee concerns you, we write to you within {within}.',
      'Another time: {link}'
    ],
    bare: notTakingPlace
  },
  cancelled: {
    subject: subjects.appointment,
    paragraphs: [
      'Hello, we are sorry: we have to cancel your appointment on {day} at {time}. You pay nothing, and what you paid comes back in full.',
      'Times that could suit you: {link}'
    ],
    bare: notTakingPlace
  }
} as const satisfies Record<string, Template>
