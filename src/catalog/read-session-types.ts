import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { noSuchPublicType, type SessionType } from './session-type.ts'
import { findSessionType, listSessionTypes } from './store.ts'

/** What everybody may book, in the practice's order. */
export async function listPublicTypes({ db }: Deps, scope: PracticeScope): Promise<SessionType[]> {
  return (await listSessionTypes(db, scope)).filter(type => type.public)
}

/** @throws no-such-session-type also for one that is not public: nothing tells that it exists. */
export async function findPublicType(
  { db }: { db: Executor },
  scope: PracticeScope,
  slug: string
): Promise<SessionType> {
  const type = await findSessionType(db, scope, slug)
  if (!type?.public) throw noSuchPublicType(slug)
  return type
}
