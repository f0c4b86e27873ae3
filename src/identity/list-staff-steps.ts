import type { Deps } from '../kernel/deps.ts'
import { readPerson } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { listActiveStaff } from './store.ts'

/** Who works here, by name, and whether they have a second step. */
export async function listStaffSteps(
  deps: Pick<Deps, 'db' | 'secrets'>,
  scope: PracticeScope
): Promise<{ person: string; name: string; hasSecondStep: boolean }[]> {
  const members = await listActiveStaff(deps.db, scope)
  return Promise.all(
    members.map(async ({ person, hasSecondStep }) => {
      const { name } = await readPerson(deps, deps.db, scope, person)
      return { person, name: name ?? '', hasSecondStep }
    })
  )
}
