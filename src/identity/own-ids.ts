import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { type Person, readPerson } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { findJoined, findPerson } from './store.ts'

/** Under which ids a person's own things stand: theirs, and those whose history they joined to it by their own yes. */
export async function ownIds(db: Executor, scope: PracticeScope, person: string): Promise<string[]> {
  return [person, ...(await findJoined(db, scope, person))]
}

/** The same of a person who may be one whose history was joined to another's: every id of the one who they are by now. */
export async function allIds(db: Executor, scope: PracticeScope, person: string): Promise<string[]> {
  return ownIds(db, scope, (await findPerson(db, scope, person))?.joinedTo ?? person)
}

/** Who is written to for a person: the proven one to whose history this one was joined, or this one. @throws as readPerson */
export async function readRecipient(
  deps: Pick<Deps, 'secrets'>,
  db: Executor,
  scope: PracticeScope,
  person: string
): Promise<Person> {
  const row = await findPerson(db, scope, person)
  return readPerson(deps, db, scope, row?.joinedTo ?? person)
}
