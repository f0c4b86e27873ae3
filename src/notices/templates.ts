import { bookingWords } from './booking-words.ts'
import { changeWords } from './change-words.ts'
import { partnerWords } from './partner-words.ts'
import { personWords } from './person-words.ts'
import { reminderWords } from './reminder-words.ts'
import { staffWords } from './staff-words.ts'

/** Every mail of the practice, by the name that its row keeps. */
export const templates = {
  ...bookingWords,
  ...changeWords,
  ...reminderWords,
  ...partnerWords,
  ...personWords,
  ...staffWords
} as const

export type TemplateName = keyof typeof templates

export function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(templates, name)
}

/** Staff's mails tell no name, and are never bare. */
export function isForStaff(name: TemplateName): boolean {
  return Object.hasOwn(staffWords, name)
}
