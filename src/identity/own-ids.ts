import type { Executor } from '../kernel/database.ts'
import type { PracticeScope } from './practice.ts'
import { findJoined } from './store.ts'

/** Under which ids a person's own things stand: theirs, and those whose history they joined to it by their own yes. */
export async function ownIds(db: Executor, scope: PracticeScope, person: string): Promise<string[]> {
  return [person, ...(await findJoined(db, scope, person))]
}
