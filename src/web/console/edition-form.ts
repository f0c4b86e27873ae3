import { z } from 'zod'
import { Problem } from '../../kernel/problem.ts'
import { minutesOf } from '../../kernel/time.ts'
import { Slug } from '../../kernel/wire.ts'
import { faultsIn } from '../faults-in.ts'

const Text = z.string().max(500).optional()
const Blocks = z.string().max(2000).optional()
export const NewForm = z.object({
  type: Slug,
  offering: z.string().max(200),
  with: Text,
  day: Text,
  min: Text,
  max: Text,
  goNoGoOn: Text,
  blocks: Blocks,
  state: z.enum(['draft', 'open'])
})
export const ChangeForm = z.object({
  with: Text,
  day: Text,
  agreed: Text,
  min: Text,
  max: Text,
  goNoGoOn: Text,
  blocks: Blocks,
  state: Text,
  decision: Text,
  reason: Text
})
export const TransferForm = z.object({ entry: Text, by: Text, reason: Text })

/** What a form says, as the API would read it; or every sentence of what is not right. */
export function read<T extends z.ZodType>(schema: T, given: object): { read: z.output<T> } | { fault: string } {
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(stated)
  if (result.success) return { read: result.data }
  return {
    fault: result.error.issues.map(({ path, message }) => faultText(String(path[0]), message)).join(' · ')
  }
}

/** A fault by the name that its field has on the page. */
const faultText = (field: string | undefined, words: string) => `${names[field ?? ''] ?? 'Form'}: ${words}`

const names: Readonly<Record<string, string>> = {
  day: 'First day',
  with: 'Together with',
  min: 'At least',
  max: 'At most',
  goNoGoOn: 'Decide by',
  blocks: 'Other hours',
  entry: 'Couple',
  reason: 'Reason'
}

/** Couples, of a field that somebody filled in. */
export function wholeNumber(text: string | undefined): number | string | undefined {
  return text && /^\d+$/.test(text.trim()) ? Number(text) : text
}

/** The practice's yes to a couple in line, and whether each of the two was spoken with. */
export const ApprovalForm = z.object({ spokenWithEach: z.literal('yes').optional() }).nullish()

/** A refusal is shown above the form; whatever else is thrown goes on. */
export function editionFault(error: unknown): { fault: string; status: number } {
  if (!(error instanceof Problem) || ![409, 422].includes(error.status)) throw error
  const faults = faultsIn(error).map(({ pointer, detail }) => faultText(pointer.split('/')[1], detail))
  return { fault: faults.join(' · ') || `${error.title}. ${error.message}`, status: error.status }
}

/** `1 14:00-18:00` a line, or `4 rest`: the days of an edition counted from one, with their hours. */
export function blocksFrom(text: string | undefined): object[] | string | undefined {
  const lines = (text ?? '').split('\n').map(line => line.trim())
  const blocks = lines.filter(line => line).map(blockOf)
  if (blocks.length === 0) return undefined
  return blocks.some(block => block === undefined) ? text : blocks.filter(block => block !== undefined)
}

/** Hours may be copied from a page, which keeps them together by a mark that nobody sees. */
function blockOf(line: string): object | undefined {
  const [, day = '', from, to] =
    /^(?:day )?(\d{1,2})[ :,]+(?:rest|(\d\d:\d\d) ?[-–]\u2060? ?(\d\d:\d\d))$/i.exec(line) ?? []
  if (!day) return undefined
  if (!from || !to) return { day: Number(day) - 1, at: '09:00', minutes: 480, who: 'nobody' }
  return { day: Number(day) - 1, at: from, minutes: minutesOf(to) - minutesOf(from) }
}
