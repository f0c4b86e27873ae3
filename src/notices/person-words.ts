import type { TemplateFor } from './template.ts'

const signIn = {
  facts: ['code'],
  subject: 'Your code',
  paragraphs: [
    'Hello, you asked to sign in. If it was not you, ignore this mail; nothing happens without the code. It works once, for ten minutes, in the browser where you asked. We never ask for it by phone.',
    'Your code: {code}'
  ]
} as const

/** What a person is told about their sign-in. The first 140 characters hold neither a code nor an address. */
export const personWords = {
  'sign-in': {
    ...signIn,
    facts: ['code', 'link'],
    paragraphs: [...signIn.paragraphs, 'Or open this page in that same browser: {link}']
  },
  // Where somebody else reads the mailbox, no address in it opens anything.
  'sign-in-bare': signIn,
  'sign-in-ended': {
    facts: ['link'],
    subject: 'Your sign-in',
    paragraphs: [
      'Hello, one of your sign-ins was ended, because a key of it was used a second time: somebody may have copied it. Nothing else was changed.',
      'Where you are signed in, and how to end it: {link}'
    ]
  },
  'details-changed': {
    facts: ['link'],
    subject: 'Your sign-in details',
    paragraphs: [
      'Hello, your sign-in details were changed. If it was you, there is nothing to do: this address is not used any more.',
      'If it was not you, tell us: {link}'
    ]
  }
} as const satisfies Record<string, TemplateFor<'client'>>

/** About a sign-in, and about no appointment. */
export function isForSignIn(name: string): name is keyof typeof personWords {
  return Object.hasOwn(personWords, name)
}
