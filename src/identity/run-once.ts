import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { seal, unseal } from '../kernel/secrets.ts'
import { idempotencyMismatch, type Keyed } from './idempotency.ts'
import { deleteExpiredKeys, dropKey, findKey, freeKey, keepAnswer, type Run, takeKey } from './idempotency-store.ts'
import type { PracticeScope } from './practice.ts'

/** What a caller was answered: the body as the bytes that were sent, in base64. */
const Answer = z.object({
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.base64().nullable()
})
export type Answer = z.infer<typeof Answer> & { status: number }

/** After this a run that gave no answer is taken for dead. One that lives longer does no harm: see docs/decisions/007. */
export const runSeconds = 60
/** For so long an answer is given again. */
const keptHours = 24

/**
 * Begins the run of a request under its key, or finds what came of it before.
 * @returns `running` where somebody else runs it now
 * @throws idempotency-mismatch where the key belongs to another request
 */
export async function beginRun(
  { db, now }: Deps,
  scope: PracticeScope,
  keyed: Keyed
): Promise<{ run: Run } | { answer: Answer } | 'running'> {
  const at = now()
  const term = { now: at, runningUntil: at.plus({ seconds: runSeconds }), expiresAt: at.plus({ hours: keptHours }) }
  const run = await takeKey(db, scope, keyed, term)
  if (run) return { run }
  const row = await findKey(db, scope, keyed)
  // Gone or over since then: whoever asks again takes it.
  if (!row || row.expiresAt <= at) return 'running'
  if (!row.requestHash.equals(keyed.requestHash))
    throw idempotencyMismatch('Give every request a key of its own; the same key only to the very same request')
  if (row.status === null || row.answer === null) return 'running'
  const answer = Answer.parse(JSON.parse(unseal(keyed.answerKey, spotOf(scope, keyed), row.answer)))
  return { answer: { ...answer, status: row.status } }
}

/** Ends a run with its answer, which is given again from now on. */
export async function keepRun({ db, now }: Deps, run: Run, { status, ...answer }: Answer): Promise<void> {
  const sealed = seal(run.keyed.answerKey, spotOf(run.scope, run.keyed), JSON.stringify(answer))
  await keepAnswer(db, run, { status, answer: sealed, expiresAt: now().plus({ hours: keptHours }) })
}

/** Ends a run that failed: it may have made something, so that only the same request runs again, and finds it by its id. */
export async function failRun({ db, now }: Deps, run: Run): Promise<void> {
  await freeKey(db, run, now())
}

/** Ends a run that was refused and made nothing: the key may be used for anything. */
export async function forgetRun({ db }: Deps, run: Run): Promise<void> {
  await dropKey(db, run)
}

/** Deletes the answers that are over. Asked each minute. */
export async function forgetAnswers({ db, now }: Deps): Promise<void> {
  await deleteExpiredKeys(db, now())
}

function spotOf({ practice }: PracticeScope, { actor, key }: Keyed) {
  return { practice: practice.id, table: 'idempotency_keys', column: 'answer', row: `${actor}\n${key}` }
}
