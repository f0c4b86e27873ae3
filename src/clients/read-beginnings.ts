import type { DateTime } from 'luxon'
import { type Actor, actorName } from '../identity/actor.ts'
import { dataKeyOf } from '../identity/data-key.ts'
import { findName } from '../identity/find-name.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { unseal } from '../kernel/secrets.ts'
import { hasCome, wasSeenAlone } from './known-store.ts'
import { personOf } from './read-clients.ts'
import { whomSpot } from './say-yes.ts'
import { listYeses, type Yes } from './together-store.ts'

/** A yes as the therapist reads it in whose list it stands. */
export interface ListedYes {
  id: string
  person: string
  name: string
  whom: string
  saidAt: DateTime
  /** Seen alone by this very therapist: then nothing begins without the one fact. */
  seenAlone: boolean
  mayTell: boolean | null
  /** Came to an appointment with this therapist; of anybody else only the address is known. */
  met: boolean
  /** Other yeses of this list that hold the same page. Whoever made it holds it too: a hint, and no proof. */
  samePage: string[]
  /** Put beside another: waits for what both answer. */
  beginning: string | undefined
  agreed: boolean | null
}

/** A therapist's list of who would begin together, the oldest first. The look is written down. @throws not-allowed */
export async function readBeginnings(deps: Deps, scope: PracticeScope, actor: Actor): Promise<ListedYes[]> {
  const therapist = personOf(actor)
  const rows = await listYeses(deps.db, scope, therapist)
  const items: ListedYes[] = []
  for (const row of rows) items.push(await listed(deps, scope, therapist, row, rows))
  if (rows.length)
    await record(deps.db, deps.now, {
      practice: scope.practice.id,
      actor: actorName(actor),
      kind: 'read-beginnings',
      subjects: rows.map(({ id }) => id)
    })
  return items
}

async function listed(deps: Deps, scope: PracticeScope, therapist: string, row: Yes, all: Yes[]): Promise<ListedYes> {
  const { db } = deps
  const { id, personId, saidAt, mayTell, agreed, beginningId, invitationId } = row
  const key = await dataKeyOf(deps, db, scope, personId)
  const own = await ownIds(db, scope, personId)
  return {
    id,
    person: personId,
    name: (await findName(deps, db, scope, personId)) ?? '',
    whom: unseal(key, whomSpot(scope, id), row.whom),
    saidAt,
    seenAlone: await wasSeenAlone(db, scope, own, deps.now(), therapist),
    mayTell,
    met: await hasCome(db, scope, own, therapist),
    samePage: all
      .filter(other => other.id !== id && invitationId !== null && other.invitationId === invitationId)
      .map(other => other.id),
    beginning: beginningId ?? undefined,
    agreed
  }
}
