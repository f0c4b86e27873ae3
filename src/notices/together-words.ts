import type { TemplateFor } from './template.ts'

const read = 'Hello, there is something for you to read, when it suits you.'

/** What the practice writes to two people about beginning together: to each alone, and to both the same. */
export const togetherWords = {
  'together-asked': {
    facts: ['link'],
    subject: 'Something for you to read',
    paragraphs: [read, 'After sign-in: {link}']
  },
  'together-begun': {
    facts: ['link'],
    subject: 'Something for you to read',
    paragraphs: [read, 'After sign-in: {link}']
  },
  // The one standard text, whatever the reason and whoever said no; also after the calls that come before a longer form.
  'together-declined': {
    facts: ['link'],
    subject: 'A note from us',
    paragraphs: [
      'Hello, thank you for your time. We do not think this form is the right one at present, and would rather say so now than later. If you paid anything, it comes back.',
      'Each of you can talk with us alone: {link}'
    ]
  }
} as const satisfies Record<string, TemplateFor<'client'>>

export function isAboutTogether(name: string): name is keyof typeof togetherWords {
  return Object.hasOwn(togetherWords, name)
}

/** Where such a mail leads, below the practice's discreet address. */
export const togetherPaths: Readonly<Record<keyof typeof togetherWords, string>> = {
  'together-asked': '/me/start',
  'together-begun': '/me/start',
  'together-declined': '/contact'
}
