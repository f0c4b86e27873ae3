import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { PracticeScope } from './practice.ts'
import { findPerson } from './store.ts'

/** The key that seals what is personal to one person. @throws where there is no such person, or it was erased */
export async function dataKeyOf(
  { secrets }: Pick<Deps, 'secrets'>,
  db: Executor,
  scope: PracticeScope,
  person: string
): Promise<Buffer> {
  const row = await findPerson(db, scope, person)
  if (!row?.dataKey) throw new Error(`The person ${person} is not there or was erased`)
  return secrets.openDataKey({ practice: scope.practice.id, person }, row.dataKey)
}
