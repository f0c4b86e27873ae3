import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import { dataKeyOf } from '../identity/data-key.ts'
import { findName } from '../identity/find-name.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { unseal } from '../kernel/secrets.ts'
import { wasSeenAlone } from './known-store.ts'
import { whoAsks, whomSpot } from './say-yes.ts'
import { findBeginning, findYes, listYesesOf, type Yes } from './together-store.ts'
import { hashOf, wordsToAgreeTo } from './together-texts.ts'

/** What somebody may know of beginning together: what they said, and what they are asked. Nothing of the other's yes. */
export interface OwnYes {
  /** Whether the practice has chosen how two begin; nobody begins before. */
  open: boolean
  /** They had sessions of their own, and are asked whether the other may read that. */
  asksOneFact: boolean
  /** The practice does not know what they go by. */
  asksName: boolean
  said: { at: DateTime; whom: string; mayTell: boolean | null } | undefined
  /** The practice got in touch: what they are asked to agree to, and the hash by which they say that they read it. */
  question: { words: string[]; hash: string } | undefined
}

export async function readYes(deps: Deps, scope: PracticeScope, actor: Actor): Promise<OwnYes> {
  const { db } = deps
  const person = whoAsks(actor)
  const { secrets, conversion } = scope.practice.policies
  const asksOneFact = await wasSeenAlone(db, scope, await ownIds(db, scope, person), deps.now())
  const asksName = (await findName(deps, db, scope, person)) === undefined
  const yes = await findYes(db, scope, person)
  const open = secrets !== undefined && conversion !== undefined
  if (!yes) return { open, asksOneFact, asksName, said: undefined, question: undefined }
  const whom = unseal(await dataKeyOf(deps, db, scope, person), whomSpot(scope, yes.id), yes.whom)
  const words = yes.agreed === null ? await wordsFor(deps, db, scope, yes) : undefined
  return {
    open,
    asksOneFact,
    asksName,
    said: { at: yes.saidAt, whom, mayTell: yes.mayTell },
    question: words && { words, hash: hashOf(words).toString('hex') }
  }
}

/** What this member of a beginning is asked to agree to; undefined while nobody put their yes beside another. */
export async function wordsFor(
  deps: Pick<Deps, 'secrets'>,
  db: Executor,
  scope: PracticeScope,
  yes: Pick<Yes, 'id' | 'beginningId'>
): Promise<string[] | undefined> {
  const beginning = yes.beginningId ? await findBeginning(db, scope, yes.beginningId) : undefined
  if (beginning?.state !== 'asked') return undefined
  const other = (await listYesesOf(db, scope, beginning.id)).find(({ id }) => id !== yes.id)
  const therapist = (await findName(deps, db, scope, beginning.therapistId)) ?? 'your therapist'
  return wordsToAgreeTo(scope.practice, therapist, other?.told === true)
}
