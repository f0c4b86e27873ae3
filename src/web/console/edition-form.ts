import type { z } from 'zod'
import { Problem } from '../../kernel/problem.ts'

/** What a form says, as the API would read it; or every sentence of what is not right. */
export function read<T extends z.ZodType>(schema: T, given: object): { read: z.output<T> } | { fault: string } {
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(stated)
  if (result.success) return { read: result.data }
  return {
    fault: result.error.issues.map(({ path, message }) => `${names[String(path[0])] ?? 'Form'}: ${message}`).join(' · ')
  }
}

const names: Readonly<Record<string, string>> = {
  day: 'First day',
  min: 'At least',
  max: 'At most',
  goNoGoOn: 'Decide by',
  entry: 'Couple',
  reason: 'Reason'
}

/** Couples, of a field that somebody filled in. */
export function wholeNumber(text: string | undefined): number | string | undefined {
  return text && /^\d+$/.test(text.trim()) ? Number(text) : text
}

/** A refusal is shown above the form; whatever else is thrown goes on. */
export function editionFault(error: unknown): { fault: string; status: number } {
  if (!(error instanceof Problem) || ![409, 422].includes(error.status)) throw error
  return { fault: `${error.title}. ${error.message}`, status: error.status }
}
