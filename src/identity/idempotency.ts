import { createHmac } from 'node:crypto'
import type { DateTime } from 'luxon'
import { z } from 'zod'
import { idFrom } from '../kernel/ids.ts'
import { invalid, problem } from '../kernel/problem.ts'
import type { Secrets } from '../kernel/secrets.ts'
import { type Actor, actorName } from './actor.ts'
import type { PracticeScope } from './practice.ts'

export const idempotencyMismatch = problem('idempotency-mismatch', 422, 'This key belongs to another request')
export const stillRunning = problem('still-running', 409, 'The first request with this key is still running')

/** What a request is, so that one that comes again is known: compared exactly, but for the order of members. */
export interface Asked {
  method: string
  /** The address with its query. */
  url: string
  /** As it was parsed, before it was checked. */
  body: unknown
  /** The network address from which it comes. */
  from: string
}

/** One request under its key. What stands in the database tells neither the key nor the request. */
export interface Keyed {
  actor: string
  /** The key as its row knows it. */
  key: string
  requestHash: Buffer
  /** Seals the answer: it opens only for whoever brings the key again. */
  answerKey: Buffer
  /** The id for what is made, whichever run of the request makes it. */
  idFor(createdAt: DateTime): string
}

/** A caller's key as it comes: what goes through every proxy unchanged. */
export const IdempotencyKey = z
  .string()
  .min(1, { error: 'Give a key, such as a random UUID, or leave the header out' })
  .max(255, { error: 'Give a key of at most 255 characters' })
  .regex(/^[\x20-\x7e]*$/, { error: 'Give a key of printable ASCII characters' })

/**
 * Whoever is not signed in proves by the key alone that an answer is theirs. One that is shorter than this could be
 * guessed: it counts only from the network address that used it first.
 */
const leastUnknown = 16

/** @throws invalid-input that names `pointer` */
export function readKey(given: unknown, pointer: string): string {
  const read = IdempotencyKey.safeParse(given)
  if (!read.success) throw invalid(read.error.issues.map(({ message }) => ({ pointer, detail: message })))
  return read.data
}

/** Of a practice, an actor and a key: another's row is never met, and no row opens with another's key. */
export function keyed(
  { derive }: Pick<Secrets, 'derive'>,
  { practice }: PracticeScope,
  actor: Actor,
  key: string,
  { method, url, body, from }: Asked
): Keyed {
  // A booking's two tokens are allowed different things, so that neither is given the other's answers.
  const owner = actor.kind === 'booking' ? `${actorName(actor)}:${actor.purpose}` : actorName(actor)
  const place = actor.kind === 'anonymous' && key.length < leastUnknown ? from : ''
  const secret = derive('idempotency')
  const hash = (purpose: string, text = '') =>
    createHmac('sha256', secret)
      .update(JSON.stringify([purpose, practice.id, owner, place, key, text]))
      .digest()
  return {
    actor: owner,
    key: hash('row').toString('base64url'),
    requestHash: hash('request', `${method} ${url} ${JSON.stringify(body, inOrder)}`),
    answerKey: hash('answer'),
    idFor: createdAt => idFrom(createdAt, hash('id', String(createdAt.toMillis())).subarray(0, 16))
  }
}

/** For JSON.stringify: the members of an object by name, because their order means nothing (RFC 8259, 4). */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}
