import type { TemplateFor } from './template.ts'

const console = 'After sign-in: {console}'

/** What staff are told of a series. */
export const seriesStaffWords = {
  'staff-not-free': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'Not free: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) is the usual time of a series and is not free. It is not laid; the client can choose another. Reference {reference}.',
      console
    ]
  },
  'staff-paused': {
    facts: ['day', 'time', 'zone', 'reference', 'console'],
    subject: 'A pause: {day}',
    paragraphs: [
      'Hello, {day}, {time} ({zone}) will not take place for now: there is a pause. Reference {reference}.',
      console
    ]
  }
} as const satisfies Record<string, TemplateFor<'staff'>>
