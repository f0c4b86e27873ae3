import { z } from 'zod'
import { tells } from '../kernel/telling.ts'

/** One paragraph: lines that were broken to fit a field are one line. */
const paragraph = z
  .string()
  .overwrite(text => text.replace(/\s+/g, ' ').trim())
  .regex(/^[^\p{Cc}]*$/u, { error: 'Leave out control characters' })
  .meta({ pattern: undefined })

const called = 'Write 20 to 600 characters: whom to call where you are, such as 911 or 988'
const replied = 'Write 3 to 60 characters, such as “two working days”: it stands after “within”'

/** Whom to call in danger: on every page, in the practice's own words and for its own country. */
export const emergencyWords = paragraph.min(20, { error: called }).max(600, { error: called })

/** How soon the practice replies, as it stands after “within” on pages and in mails. */
export const replyWithinWords = paragraph
  .min(3, { error: replied })
  .max(60, { error: replied })
  .refine(text => !tells(text), { error: 'It says what it is about, and stands in mails: choose other words' })
