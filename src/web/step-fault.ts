import { alreadySetUp, changedInConsole, lastSecondStep, stepNeeded, wrongSecondStep } from '../identity/second-step.ts'
import { invalidInput, notFound, Problem } from '../kernel/problem.ts'

const told = new Set(
  [alreadySetUp, changedInConsole, lastSecondStep, stepNeeded, wrongSecondStep, notFound, invalidInput].map(
    make => make().code
  )
)

/** What is said on the page of whoever changes second steps; any other refusal is thrown on, and has a page of its own. */
export function stepFault(error: unknown): string {
  if (error instanceof Problem && told.has(error.code)) return `${error.title}. ${error.message}.`
  throw error
}
