import { subjects, type TemplateFor } from './template.ts'

const aQuestion = 'Hello, there is a question about your appointment on {day}, {time} ({zone}).'

/** What clients are told until a booking stands, and of its payment. */
export const bookingWords = {
  confirmed: {
    facts: ['day', 'time', 'zone', 'what', 'until', 'file', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment is confirmed: {day}, {time} ({zone}){what}.',
      'Where, and everything else: {link}',
      'You can change or cancel it free of charge until {until}.',
      'A file for your calendar: {file}'
    ],
    several: 'Hello, your appointments are confirmed: {day}, {time} ({zone}){what}.',
    bare: 'Hello, your appointment is confirmed: {day}, {time} ({zone}).'
  },
  requested: {
    facts: ['day', 'time', 'zone', 'what', 'deadline', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, thank you. We are keeping {day}, {time} ({zone}){what} for you. You will hear from us by {deadline}.',
      'Until then nothing is charged: {link}'
    ],
    bare: 'Hello, thank you. We are keeping {day}, {time} ({zone}) for you. You will hear from us by {deadline}.'
  },
  'requested-calls': {
    facts: ['day', 'time', 'zone', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, thank you. We are keeping {day}, {time} ({zone}){what} for you. You will hear from us when it can be confirmed, or if it cannot.',
      'Until then nothing is charged: {link}'
    ],
    bare: 'Hello, thank you. We are keeping {day}, {time} ({zone}) for you. You will hear from us when it can be confirmed.'
  },
  approved: {
    facts: ['day', 'time', 'zone', 'what', 'until', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment on {day}, {time} ({zone}){what} can be confirmed now. Your time is kept until {until}: {link}'
    ],
    bare: 'Hello, your appointment on {day}, {time} ({zone}) can be confirmed now. Your time is kept until {until}.'
  },
  lapsed: {
    facts: ['day', 'time', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, the time on {day} at {time}{what} was not confirmed and is free again. Nothing was charged.',
      'Other times: {link}'
    ],
    bare: 'Hello, the time on {day} at {time} was not confirmed and is free again.'
  },
  withdrawn: {
    facts: ['day', 'time', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, the time on {day} at {time}{what} is withdrawn, as you asked. It is free again, and nothing is charged.',
      'Other times: {link}'
    ],
    bare: 'Hello, the time on {day} at {time} is withdrawn, as you asked.'
  },
  declined: {
    facts: ['day', 'time', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, thank you for your time. The appointment on {day} at {time}{what} will not take place. Nothing was charged.',
      'We do not think it is the right one at present, and would rather say so now than later. You can talk with us: {link}'
    ],
    bare: 'Hello, the appointment on {day} at {time} will not take place.'
  },
  'payment-failed': {
    facts: ['day', 'time', 'zone', 'until', 'link'],
    subject: subjects.question,
    paragraphs: ['Hello, your payment did not go through. Your time is kept until {until}: {link}'],
    bare: aQuestion
  },
  refunded: {
    facts: ['day', 'time', 'zone', 'what', 'link'],
    subject: subjects.question,
    paragraphs: [
      'Hello, your payment came after the time on {day} at {time}{what} was free again, and it has been taken since. The payment comes back to you in full.',
      'Other times: {link}'
    ],
    bare: aQuestion
  },
  'refunded-own': {
    facts: ['day', 'time', 'zone', 'what', 'link'],
    subject: subjects.question,
    paragraphs: [
      'Hello, you gave the time on {day} at {time}{what} back, and your payment reached us all the same. It comes back to you in full.',
      'Other times: {link}'
    ],
    bare: aQuestion
  },
  code: {
    facts: ['code'],
    subject: 'Your code',
    paragraphs: [
      'Hello, you asked for a code. If it was not you, ignore this mail; nothing happens without the code. It works once, for ten minutes, in the browser where you asked. We never ask for it by phone.',
      'Your code: {code}'
    ]
  }
} as const satisfies Record<string, TemplateFor<'client'>>
