import type { TemplateFor } from './template.ts'

const console = 'After sign-in: {console}'

/** What whoever proposed something is told of its end. */
export const proposalStaffWords = {
  'staff-proposal-declined': {
    facts: ['console'],
    subject: 'An answer for you',
    paragraphs: ['Hello, the answer to what you proposed is no. Its times are free again.', console]
  },
  'staff-proposal-lapsed': {
    facts: ['console'],
    subject: 'No answer came',
    paragraphs: [
      'Hello, what you proposed was not answered in time. It is over, and its times are free again.',
      console
    ]
  }
} as const satisfies Record<string, TemplateFor<'staff'>>
