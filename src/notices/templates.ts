import { bookingWords } from './booking-words.ts'
import { cancelWords } from './cancel-words.ts'
import { changeWords } from './change-words.ts'
import { jointWords } from './joint-words.ts'
import { lineWords } from './line-words.ts'
import { isForPartner, partnerWords } from './partner-words.ts'
import { personWords } from './person-words.ts'
import { proposalWords } from './proposal-words.ts'
import { reminderWords } from './reminder-words.ts'
import { staffWords } from './staff-words.ts'
import type { Recipient, Template } from './template.ts'
import { togetherWords } from './together-words.ts'

const written = {
  ...bookingWords,
  ...changeWords,
  ...cancelWords,
  ...jointWords,
  ...lineWords,
  ...reminderWords,
  ...partnerWords,
  ...personWords,
  ...togetherWords,
  ...proposalWords,
  ...staffWords
} as const

/** The placeholders of a text. */
type AskedBy<Text extends string> = Text extends `${string}{${infer Fact}}${infer Rest}` ? Fact | AskedBy<Rest> : never

/** Everything that a template's words ask for. */
type Asked<T extends Template> =
  | AskedBy<T['subject'] | T['paragraphs'][number]>
  | (T extends { several: infer Several extends string } ? AskedBy<Several> : never)
  | (T extends { bare: infer Bare extends string } ? AskedBy<Bare> : never)

/** Each template as it is, or, where its words ask for what it does not declare, what that is: then this does not compile. */
type Declared<All extends Record<string, Template>> = {
  [Name in keyof All]: Asked<All[Name]> extends All[Name]['facts'][number]
    ? All[Name]
    : { 'asks for what it does not declare': Exclude<Asked<All[Name]>, All[Name]['facts'][number]> }
}

/** Every mail of the practice, by the name that its row keeps. */
export const templates: Declared<typeof written> = written

export type TemplateName = keyof typeof templates

export function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(templates, name)
}

/** For whom a mail is: who asks for a code or signs in is a client as well. */
export function recipientOf(name: TemplateName): Recipient {
  if (isForStaff(name)) return 'staff'
  return isForPartner(name) ? 'partner' : 'client'
}

/** Staff's mails tell no name, and are never bare. */
export function isForStaff(name: TemplateName): boolean {
  return Object.hasOwn(staffWords, name)
}
