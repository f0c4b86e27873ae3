import { codeSpent, wrongCode } from '../../identity/codes.ts'
import { Problem } from '../../kernel/problem.ts'

const told = new Set([wrongCode, codeSpent].map(make => make().code))

/** What is said at the field of a mailed code; any other refusal is thrown on, and has a page of its own. */
export function codeFault(error: unknown): string {
  if (error instanceof Problem && told.has(error.code)) return `${error.title}. ${error.message}`
  throw error
}
