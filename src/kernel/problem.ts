/** A refusal that was expected. RFC 9457; everything else that is thrown is a bug and answered by a bare 500. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(code: string, status: number, title: string, detail?: string, extensions: Record<string, unknown> = {}) {
    super(detail ?? title)
    this.name = 'Problem'
    this.code = code
    this.status = status
    this.title = title
    this.extensions = extensions
  }
}

/** Makes a refusal out of the detail for this case (what is wrong and what would be right) and its extensions. */
export type MakeProblem = (detail?: string, extensions?: Record<string, unknown>) => Problem

/** Declares a refusal once: its stable code, HTTP status and public sentence. */
export function problem(code: string, status: number, title: string): MakeProblem {
  const make = (detail?: string, extensions?: Record<string, unknown>) =>
    new Problem(code, status, title, detail, extensions)
  return Object.assign(make, { code, status, title })
}

export const notFound = problem('not-found', 404, 'There is nothing here')
export const invalidInput = problem('invalid-input', 422, 'Something in the request is not right')
export const changedMeanwhile = problem('changed-meanwhile', 412, 'This was changed meanwhile')

/** One fault of an input: a JSON pointer (RFC 6901) and a sentence that says what would be right. */
export interface Fault {
  pointer: string
  detail: string
}

/** Refuses an input with every fault named. */
export function invalid(errors: readonly Fault[]): Problem {
  return invalidInput(errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join(' · '), { errors })
}
