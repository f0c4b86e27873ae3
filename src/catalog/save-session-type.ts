import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf, type Executor, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { changedMeanwhile, invalid } from '../kernel/problem.ts'
import { saveVersion } from './save-version.ts'
import { noSuchType, type SessionType } from './session-type.ts'
import { findSessionType, listOfferings } from './store.ts'
import { checkType } from './type-faults.ts'
import type { NewSessionType, SessionTypeChange } from './type-schema.ts'
import {
  hasSessionType,
  insertSessionType,
  lockSessionType,
  replaceOfferings,
  updateSessionType
} from './type-store.ts'

/** A session type with everything that can be set of it, and the ETag that a later change must name. */
export interface TypeSettings {
  type: SessionType
  offerings: { therapist: string; place: string }[]
  etag: string
}

/** @throws no-such-session-type */
export async function readTypeSettings(db: Executor, scope: PracticeScope, slug: string): Promise<TypeSettings> {
  const type = await findSessionType(db, scope, slug)
  if (!type) throw noSuchType(`There is no session type “${slug}”`)
  const offerings = (await listOfferings(db, scope, type.id)).map(({ therapist, place }) => ({
    therapist: therapist.slug,
    place: place.slug
  }))
  const etag = createHash('sha256')
    .update(JSON.stringify([type, offerings]))
    .digest('base64url')
    .slice(0, 22)
  return { type, offerings, etag: `"${etag}"` }
}

/**
 * A session type more.
 * @param id the type's: one that is there already was made by an earlier run of the same request
 * @throws invalid-input with every fault named
 */
export async function addSessionType(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  given: NewSessionType,
  id = newId()
): Promise<TypeSettings> {
  const { slug, kind, public: open } = given
  const taken = () => invalid([{ pointer: '/slug', detail: `There is a session type “${slug}” already` }])
  return deps.db
    .transaction(async tx => {
      if (await hasSessionType(tx, scope, id)) return readTypeSettings(tx, scope, slug)
      if (await findSessionType(tx, scope, slug)) throw taken()
      const offered = await checkType(tx, scope, given)
      await insertSessionType(tx, scope, { id, slug, kind, public: open, version: 1 })
      await writeVersion(deps, tx, scope, id, 1, given)
      await replaceOfferings(tx, scope, id, offered)
      await told(deps, tx, scope, actor, id)
      return readTypeSettings(tx, scope, slug)
    })
    .catch(error => {
      if (constraintOf(error)?.startsWith('session_types_slug')) throw taken()
      throw error
    })
}

/**
 * Changes a session type. Whatever clients agree to when they book makes a new version, and what is booked keeps its own;
 * who may see it and by whom it is offered is no part of that.
 * @param ifMatch the ETag that was read, or undefined to change whatever is there
 * @throws no-such-session-type; changed-meanwhile; invalid-input with every fault named
 */
export async function changeSessionType(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  change: SessionTypeChange,
  ifMatch?: string
): Promise<TypeSettings> {
  return deps.db.transaction(async tx => {
    const locked = await lockSessionType(tx, scope, slug)
    const before = await readTypeSettings(tx, scope, slug)
    if (!locked) throw noSuchType(`There is no session type “${slug}”`)
    if (ifMatch !== undefined && !ifMatch.split(',').some(given => ['*', before.etag].includes(given.trim())))
      throw changedMeanwhile('Somebody changed this session type after you read it. Read it again, then change it')
    const { type, offerings } = before
    const { kind, public: open, name, description, price, plan, policy, rules } = type
    const kept = { slug, kind, public: open, name, description, price, plan, policy, rules, offerings }
    const next: NewSessionType = { ...kept, ...change }
    const offered = await checkType(tx, scope, next)
    const isNew = !isDeepStrictEqual(agreedTo(next), agreedTo(kept))
    const version = isNew ? type.version + 1 : type.version
    if (isNew) await writeVersion(deps, tx, scope, type.id, version, next)
    await updateSessionType(tx, scope, type.id, { public: next.public, version })
    if (change.offerings) await replaceOfferings(tx, scope, type.id, offered)
    await told(deps, tx, scope, actor, type.id)
    return readTypeSettings(tx, scope, slug)
  })
}

/** What makes a version, as the database keeps it: without what is left out. */
function agreedTo({ name, description, price, plan, policy, rules }: NewSessionType): unknown {
  return JSON.parse(JSON.stringify({ name, description, price, plan, policy, rules }))
}

async function writeVersion(
  { now }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  sessionTypeId: string,
  version: number,
  { name, description, price: { amount: price, currency }, plan, policy, rules }: NewSessionType
): Promise<void> {
  const terms = { name, description, price, currency, plan, policy, rules }
  await saveVersion(tx, scope, { sessionTypeId, version, ...terms, createdAt: now() })
}

async function told(deps: Deps, tx: Transaction, scope: PracticeScope, actor: Actor, sessionType: string) {
  const by = { practice: scope.practice.id, actor: actorName(actor) }
  await emit(deps, tx, { ...by, kind: 'session-type.saved', subjects: { sessionType } })
}
