import { DateTime } from 'luxon'
import { z } from 'zod'
import type { GivenAnswer } from '../../clients/answer-invitation.ts'
import { AnswerRequest, Windows } from '../../clients/partner-schema.ts'

const Text = z.string().max(4000).optional()
const Many = z.union([z.string(), z.array(z.string())]).optional()

/** What the page's forms send: every field is a text, and what was left empty is not said. */
export const AnswerForm = z.object({
  kind: z.string().max(20),
  concern: Text,
  words: Text,
  audience: Text,
  noteOn: Text,
  address: Text,
  from: Many,
  to: Many,
  sure: Text
})
export type AnswerForm = z.output<typeof AnswerForm>

/** The same answer as a program gives it, or a sentence for each thing that is not right. Times are the practice's own. */
export function readAnswer(form: AnswerForm, zone: string): { given: GivenAnswer } | { sentences: string[] } {
  const { from, to, sure: _, audience, ...texts } = form
  const said = Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === 'string' && text.trim()))
  const windows = windowsIn({ from, to }, zone)
  const isConcern = form.kind === 'concern'
  const read = AnswerRequest.safeParse({
    ...said,
    ...(isConcern && audience && { audience }),
    ...(form.kind === 'times' && { windows })
  })
  if (read.success) return { given: read.data }
  return { sentences: [...new Set(read.error.issues.map(({ message, path }) => sentenceOf(path[0], message)))] }
}

/** The stretches that a form's fields say, as a program gives them; what is not whole has an empty instant. */
function windowsIn({ from, to }: Pick<AnswerForm, 'from' | 'to'>, zone: string): { start: string; end: string }[] {
  const [starts, ends] = [listOf(from), listOf(to)]
  return starts.flatMap((start, index) => {
    const end = ends[index] ?? ''
    return start || end ? [{ start: instant(start, zone), end: instant(end, zone) }] : []
  })
}

/** The stretches of a form alone, or a sentence for what is not right. */
export function readWindows(form: Pick<AnswerForm, 'from' | 'to'>, zone: string) {
  const read = Windows.safeParse(windowsIn(form, zone))
  return read.success ? { windows: read.data, sentence: undefined } : { windows: [], sentence: notWhole }
}

const notWhole = 'Give each stretch of time a start and an end'

function sentenceOf(field: PropertyKey | undefined, message: string): string {
  return field === 'windows' ? notWhole : message
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat()
}

function instant(local: string, zone: string): string {
  return DateTime.fromISO(local, { zone }).toISO() ?? ''
}
