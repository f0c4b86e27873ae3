import type { Role } from '../../../db/schema/identity.ts'
import { addStaff } from '../../../src/identity/people.ts'
import { newId } from '../../../src/kernel/ids.ts'
import { staffPassword } from '../database.ts'
import type { House } from './world.ts'

/** Who is hired, and for which role alone. */
const hired = {
  owner: 'owner',
  'other therapist': 'therapist',
  assistant: 'assistant',
  billing: 'billing'
} as const satisfies Record<string, Role>
type Hired = keyof typeof hired

/**
 * One member of staff for each role, with no other role; the demo's own is the therapist of every booking, and no owner.
 * @returns their addresses
 */
export async function hire({ deps, scope, client, db }: House): Promise<Record<Hired, string>> {
  await client`update staff set roles = '{therapist}'`
  const hire = async (name: Hired): Promise<string> => {
    const email = `${name.replace(' ', '.')}@example.com`
    const given = { name, email, password: staffPassword, roles: [hired[name]] }
    const person = await db.transaction(tx => addStaff(deps, tx, scope, given))
    if (name === 'other therapist')
      await client`
        insert into resources (practice_id, id, kind, slug, name, person_id, zone)
        values (${scope.practice.id}, ${newId()}, 'therapist', 'robin', 'Robin', ${person}, 'America/New_York')`
    return email
  }
  return {
    owner: await hire('owner'),
    'other therapist': await hire('other therapist'),
    assistant: await hire('assistant'),
    billing: await hire('billing')
  }
}
