import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { unseal } from '../kernel/secrets.ts'
import type { PracticeScope } from './practice.ts'
import { findPerson } from './store.ts'

/** A person's name, or undefined where they were erased. */
export async function findName(
  { secrets }: Pick<Deps, 'secrets'>,
  db: Executor,
  scope: PracticeScope,
  id: string
): Promise<string | undefined> {
  const row = await findPerson(db, scope, id)
  if (!row?.dataKey || !row.name) return undefined
  const practice = scope.practice.id
  const key = secrets.openDataKey({ practice, person: id }, row.dataKey)
  return unseal(key, { practice, table: 'people', column: 'name', row: id }, row.name)
}
