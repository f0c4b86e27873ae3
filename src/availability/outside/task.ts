import type { Access } from './access.ts'
import type { Validators } from './fetch-text.ts'
import type { Question } from './read-busy.ts'
import type { Fault } from './unreadable.ts'

/** What a thread is asked: to fetch one calendar and to read it. */
export interface Task {
  access: Access
  /** What was said of the bytes that are known already; nothing where they must be read anew. */
  known: Validators
  question: Question
  /** Whether this machine may be asked, too: for tests and demonstrations. */
  loopback: boolean
}

/** What came of it. */
export type Outcome =
  | { kind: 'unchanged' }
  | ({ kind: 'read'; busy: Float64Array<ArrayBuffer>; skipped: number } & Validators)
  | { kind: 'fault'; fault: Fault }

/** What a thread says: first that it is there, then what came of it. */
export type Said = 'ready' | Outcome
