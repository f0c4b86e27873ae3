import type { Role } from '../../db/schema/identity.ts'
import { addStaff } from '../../src/identity/people.ts'
import { newId } from '../../src/kernel/ids.ts'
import { staffPassword } from './database.ts'
import type { open } from './open.ts'

/** Somebody more who works at the demo practice, signed in; a therapist has a calendar of their own. */
export async function colleague(house: Awaited<ReturnType<typeof open>>, slug: string, roles: Role[]) {
  const { deps, db, client, scope, signIn } = house
  const email = `${slug}@example.com`
  const person = await db.transaction(tx =>
    addStaff(deps, tx, scope, { name: slug, email, password: staffPassword, roles })
  )
  if (roles.includes('therapist'))
    await client`
      insert into resources (practice_id, id, kind, slug, name, person_id, zone)
        values (${scope.practice.id}, ${newId()}, 'therapist', ${slug}, ${slug}, ${person}, ${scope.practice.zone})`
  return { person, token: await signIn(email) }
}
