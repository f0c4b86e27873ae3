import type { TemplateFor } from './template.ts'

const talk = 'If you would like to talk with us: {link}'

/** What is written to whoever waits for dates: a day and a time, and not for what. */
export const lineWords = {
  'line-asked': {
    facts: ['day', 'time', 'link'],
    subject: 'Your wish for {day}',
    paragraphs: [
      'Hello, somebody gave this address with a wish for {day}, {time}. If it was you, say so here: {link}',
      'It counts from when you asked. If it was not you, do nothing: in three days it is forgotten.'
    ],
    bare: 'Hello, somebody gave this address with a wish for {day}, {time}. If it was you, please write to us, or call.'
  },
  'line-joined': {
    facts: ['day', 'time', 'link'],
    subject: 'Noted: {day}',
    paragraphs: [
      'Hello, thank you. Your wish for {day}, {time} is noted. If it becomes possible, we write to you.',
      'To look, or to take it back: {link}'
    ],
    bare: 'Hello, thank you. Your wish for {day}, {time} is noted.'
  },
  'line-offered': {
    facts: ['day', 'time', 'zone', 'until', 'link'],
    subject: 'A time for you: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) is kept for you until {until}: {link}',
      'If it does not suit you, do nothing, or say so there.'
    ],
    bare: 'Hello, {day}, {time} ({zone}) is kept for you until {until}. Please write to us, or call.'
  },
  'line-lapsed': {
    facts: ['day', 'time', 'link'],
    subject: 'A note on {day}',
    paragraphs: ['Hello, {day}, {time} is no longer kept for you. Nothing was charged.', talk],
    bare: 'Hello, {day}, {time} is no longer kept for you.'
  },
  'line-closed': {
    facts: ['day', 'time', 'link'],
    subject: 'A note on {day}',
    paragraphs: [
      'Hello, what you asked for on {day}, {time} will not take place. There is nothing for you to do.',
      talk
    ],
    bare: 'Hello, what you asked for on {day}, {time} will not take place.'
  }
} as const satisfies Record<string, TemplateFor<'client'>>

export function isAboutLine(name: string): name is keyof typeof lineWords {
  return Object.hasOwn(lineWords, name)
}
