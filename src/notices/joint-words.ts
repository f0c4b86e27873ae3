import { subjects, type TemplateFor } from './template.ts'

const isFree = 'Hello, the time on {day} at {time} was not confirmed and is free again.'

/** What the other of two is told. Nothing of it names a payment, who did what, or why. */
export const jointWords = {
  'acceptance-asked': {
    facts: ['day', 'time', 'zone', 'what', 'deadline', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, a time was suggested: {day}, {time} ({zone}){what}. It takes place only if it suits you.',
      'Yes, another time, or rather not: {link}',
      'You need not give a reason. Without an answer by {deadline} the time is free again.'
    ],
    bare: 'Hello, a time was suggested: {day}, {time} ({zone}).'
  },
  'lapsed-other': {
    facts: ['day', 'time', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, the time on {day} at {time}{what} was not confirmed and is free again.',
      'Other times: {link}'
    ],
    bare: isFree
  },
  'declined-other': {
    facts: ['day', 'time', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, thank you for your time. The appointment on {day} at {time}{what} will not take place.',
      'We do not think it is the right one at present, and would rather say so now than later. You can talk with us: {link}'
    ],
    bare: 'Hello, the appointment on {day} at {time} will not take place.'
  },
  'cancelled-mine': {
    facts: ['day', 'time', 'what', 'stale', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment on {day} at {time}{what} is cancelled, as you asked.',
      '{stale} stays there until you take it out.',
      'If you would like another time: {link}'
    ],
    bare: 'Hello, the appointment on {day} at {time} will not take place.'
  },
  'refunded-other': {
    facts: ['day', 'time', 'zone', 'what', 'link'],
    subject: subjects.question,
    paragraphs: [
      'Hello, the time on {day} at {time}{what} is free again, and your payment reached us all the same. It comes back to you in full.',
      'Other times: {link}'
    ],
    bare: 'Hello, there is a question about your appointment on {day}, {time} ({zone}).'
  },
  'fee-kept': {
    facts: ['day', 'time', 'zone', 'what', 'link'],
    subject: subjects.question,
    paragraphs: [
      'Hello, this is about the appointment on {day} at {time}{what}, which did not take place. What it means for your payment: {link}'
    ],
    bare: 'Hello, there is a question about your appointment on {day}, {time} ({zone}).'
  },
  'fee-waived': {
    facts: ['day', 'time', 'zone', 'what', 'link'],
    subject: subjects.question,
    paragraphs: [
      'Hello, this is about the appointment on {day} at {time}{what}, which did not take place. What you paid for it comes back in full.',
      'Another time: {link}'
    ],
    bare: 'Hello, there is a question about your appointment on {day}, {time} ({zone}).'
  }
} as const satisfies Record<string, TemplateFor<'client'>>
