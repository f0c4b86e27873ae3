import type { TemplateFor } from './template.ts'

/** What goes to an address that somebody left with an answer: that there is something to read, and nothing of it. */
export const partnerWords = {
  reply: {
    facts: ['link'],
    subject: 'A reply for you',
    paragraphs: ['Hello, there is a reply for you. Open it with your words: {link}']
  },
  note: {
    facts: ['link'],
    subject: 'A note you asked for',
    paragraphs: [
      'Hello, you asked us to write today. If you would like to look again: {link}. If not, do nothing. This is the only note; your address is now deleted.'
    ]
  }
} as const satisfies Record<string, TemplateFor<'partner'>>

export function isForPartner(name: string): name is keyof typeof partnerWords {
  return Object.hasOwn(partnerWords, name)
}
