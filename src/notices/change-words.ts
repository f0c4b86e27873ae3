import { subjects, type TemplateFor } from './template.ts'

const notTakingPlace = 'Hello, the appointment on {day} at {time} will not take place.'
const nowOn = 'Hello, your appointment is now on {day}, {time} ({zone}){instead}.'

/** What clients are told of a move, a gap or a pause. */
export const changeWords = {
  moved: {
    facts: ['day', 'time', 'zone', 'what', 'instead', 'until', 'entry', 'stale', 'file', 'link'],
    subject: 'Your appointment, new time: {day}',
    paragraphs: [
      'Hello, your appointment is now on {day}, {time} ({zone}){what}{instead}.',
      '{entry} changes with this mail.',
      '{stale} keeps the old time until you change it.',
      'A file for your calendar: {file}',
      'You can change or cancel it free of charge until {until}.',
      'Everything else stayed as it was: {link}'
    ],
    bare: nowOn
  },
  'moved-late': {
    facts: ['day', 'time', 'zone', 'what', 'instead', 'entry', 'stale', 'file', 'link'],
    subject: 'Your appointment, new time: {day}',
    paragraphs: [
      'Hello, your appointment is now on {day}, {time} ({zone}){what}{instead}.',
      '{entry} changes with this mail.',
      '{stale} keeps the old time until you change it.',
      'A file for your calendar: {file}',
      'To cancel it is not free of charge now. The exact sums, and everything else: {link}'
    ],
    bare: nowOn
  },
  'move-asked': {
    facts: ['day', 'time', 'zone', 'what', 'old', 'link'],
    subject: 'A new time for your appointment?',
    paragraphs: [
      'Hello, would {day}, {time} ({zone}){what} suit you instead of {old}?',
      'Yes, no or another time: {link}',
      'Without an answer the appointment stays as it is.'
    ],
    bare: 'Hello, would {day}, {time} ({zone}) suit you instead of {old}? Without an answer the appointment stays as it is.'
  },
  'move-stays': {
    facts: ['day', 'time', 'zone', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment stays as it is: {day}, {time} ({zone}){what}. The other time was not possible.',
      'You can ask for another one: {link}'
    ],
    bare: 'Hello, your appointment stays as it is: {day}, {time} ({zone}).'
  },
  'make-up-stays': {
    facts: ['day', 'time', 'zone', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, another time instead of {day}, {time} ({zone}){what} was not possible.',
      'You can ask for another one: {link}'
    ],
    bare: 'Hello, another time instead of {day}, {time} ({zone}) was not possible.'
  },
  'not-free': {
    facts: ['day', 'time', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, on {day} your usual time, {time}{what}, is not free. Nothing is charged for it.',
      'If you would like another time near that day: {link}'
    ],
    bare: notTakingPlace
  },
  paused: {
    facts: ['day', 'time', 'what', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment on {day} at {time}{what} will not take place for now: there is a pause.',
      'Nothing is charged meanwhile, and what is paid stays for the times after it.',
      '{stale} stays there until you take it out.',
      'When you want to go on: {link}'
    ],
    bare: notTakingPlace
  }
} as const satisfies Record<string, TemplateFor<'client'>>
