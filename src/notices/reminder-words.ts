import { subjects, type TemplateFor } from './template.ts'

const isAhead = 'Hello, your appointment is on {day}, {time} ({zone}).'

/** What a reminder says, by what is still open when it leaves. */
export const reminderWords = {
  reminder: {
    facts: ['day', 'time', 'zone', 'what', 'link'],
    subject: subjects.appointment,
    paragraphs: ['Hello, your appointment is on {day}, {time} ({zone}){what}.', 'Where, and everything else: {link}'],
    bare: isAhead
  },
  'reminder-free': {
    facts: ['day', 'time', 'zone', 'what', 'until', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment is on {day}, {time} ({zone}){what}.',
      'If it no longer suits you, you can change or cancel it free of charge until {until}: {link}'
    ],
    bare: isAhead
  },
  'reminder-terms': {
    facts: ['day', 'time', 'zone', 'what', 'until', 'link'],
    subject: subjects.appointment,
    paragraphs: [
      'Hello, your appointment is on {day}, {time} ({zone}){what}.',
      'If it no longer suits you: what a change or a cancellation means for your payment stays the same until {until}.',
      'The exact sums, and everything else: {link}'
    ],
    bare: isAhead
  },
  'reminder-tomorrow': {
    facts: ['day', 'time', 'start', 'zone', 'what', 'until', 'link'],
    subject: 'Tomorrow, {start}',
    paragraphs: [
      'Hello, your appointment is tomorrow, {day}, {time} ({zone}){what}.',
      'Where to go, or how to join: {link}',
      'You can change or cancel it free of charge until {until}.'
    ],
    bare: 'Hello, your appointment is tomorrow, {day}, {time} ({zone}).'
  },
  'reminder-today': {
    facts: ['day', 'time', 'start', 'zone', 'what', 'until', 'link'],
    subject: 'Today, {start}',
    paragraphs: [
      'Hello, your appointment is today, {day}, {time} ({zone}){what}.',
      'Where to go, or how to join: {link}',
      'You can change or cancel it free of charge until {until}.'
    ],
    bare: 'Hello, your appointment is today, {day}, {time} ({zone}).'
  },
  choose: {
    facts: ['day', 'time', 'zone', 'what', 'until', 'link'],
    subject: 'A time to choose',
    paragraphs: [
      'Hello, besides your appointment on {day}, {time} ({zone}){what}, another time is still to be chosen.',
      'You can choose it until {until}. Times that are free: {link}'
    ],
    bare: 'Hello, besides your appointment on {day}, {time} ({zone}), another time is still to be chosen. Please write to us, or call.'
  },
  'choose-anew': {
    facts: ['day', 'time', 'zone', 'what', 'until', 'link'],
    subject: 'A time to choose',
    paragraphs: [
      'Hello, for your appointment on {day}, {time} ({zone}){what}, which does not take place, another time is still to be chosen.',
      'You can choose it until {until}. Times that are free: {link}'
    ],
    bare: 'Hello, for your appointment on {day}, {time} ({zone}), which does not take place, another time is still to be chosen.'
  }
} as const satisfies Record<string, TemplateFor<'client'>>
