import { readFileSync } from 'node:fs'
import postgres from 'postgres'

/** One number for all that make roles: the second waits, and finds what the first made. */
const rolesLock = 0x726f6c65

/**
 * Gives the role of the application what db/roles.sql says, and no more, after each migration. A role that is not there is
 * made, with the password of its address; one that is there keeps its own.
 * @param owner the address whose role made the tables
 * @param application the address that the processes will come by
 */
export async function grant(owner: string, application: string): Promise<void> {
  const { username, password } = new URL(application)
  const [role, word] = [decodeURIComponent(username), decodeURIComponent(password)]
  // Where it is the owner itself there is nothing to give.
  if (role === decodeURIComponent(new URL(owner).username)) return
  const client = postgres(owner, { max: 1, onnotice: () => {}, connection: { application_name: 'tandem-grant' } })
  try {
    await client.begin(async tx => {
      await tx`select pg_advisory_xact_lock(${rolesLock})`
      const [known] = await tx`select 1 from pg_roles where rolname = ${role}`
      const [text] = await tx<{ name: string; make: string }[]>`
        select format('%I', ${role}::text) as name,
          format('create role %I login password %L', ${role}::text, nullif(${word}::text, '')) as make`
      if (!text) throw new Error('The database does not answer')
      if (!known) await tx.unsafe(text.make)
      const rights = readFileSync(new URL('./roles.sql', import.meta.url), 'utf8')
      await tx.unsafe(rights.replaceAll('tandem_app', () => text.name))
    })
  } finally {
    await client.end()
  }
}
