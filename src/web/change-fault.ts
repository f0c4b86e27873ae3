import { Problem } from '../kernel/problem.ts'
import { sentence } from './components/words.ts'

/** Refusals after which one can choose again on the same page. */
const told = new Set(['slot-taken', 'not-offered', 'too-soon', 'too-far', 'quote-over', 'wrong-state', 'no-proposal'])

/** What is said above the choice; any other refusal is thrown on, and has a page of its own. */
export function changeFault(error: unknown): string {
  if (!(error instanceof Problem) || !told.has(error.code)) throw error
  if (error.code === 'slot-taken') return 'That time has just been taken. These are free:'
  if (error.code === 'quote-over') return 'What comes back has changed meanwhile. This is how it is now:'
  return `${error.title}. ${error.code === 'wrong-state' ? sentence(error.message) : 'Choose one of these:'}`
}
