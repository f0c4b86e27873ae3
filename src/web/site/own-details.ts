import type { FastifyRequest } from 'fastify'
import { readPerson } from '../../identity/people.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Own } from './read-details.ts'

/** Who books, where they are signed in in this browser. */
export async function ownDetails(deps: Deps, { scope, actor }: FastifyRequest): Promise<Own | undefined> {
  if (actor.kind !== 'person' || !actor.stepped) return undefined
  const { name, email } = await readPerson(deps, deps.db, scope, actor.person)
  return { name, email }
}
