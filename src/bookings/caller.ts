import { listMembers } from '../clients/client-store.ts'
import { ownClient } from '../clients/read-clients.ts'
import type { Actor } from '../identity/actor.ts'
import { ownIds, readRecipient } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { invalid } from '../kernel/problem.ts'
import type { Booker } from './booker.ts'
import type { Caller } from './caller-schema.ts'

/**
 * Who calls: somebody of a client that this member of staff may know of, or somebody new. Whoever is new stays unproven,
 * whatever address they say: by it nobody is ever joined to one whom we know.
 * @throws no-such-client; invalid-input where both or neither is named, or nobody of the client is there any more
 */
export async function callerOf(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { client, caller, person }: Caller
): Promise<Booker> {
  if (person && !client && !caller) return { id: newId(), email: person.email.trim(), given: person, own: [] }
  if (!client || person)
    throw invalid([{ pointer: '/client', detail: 'Name either a client, or a person who is new here' }])
  const row = await ownClient(deps.db, scope, actor, client)
  const there = (await listMembers(deps.db, scope, client)).filter(({ leftAt }) => leftAt === null)
  const id = caller ? there.find(({ personId }) => personId === caller)?.personId : there[0]?.personId
  if (row.closedAt || !id)
    throw invalid([
      caller && !row.closedAt
        ? { pointer: '/caller', detail: 'Name one of the client’s members, as GET /api/clients/:id lists them' }
        : { pointer: '/client', detail: 'This has ended: book for one of them alone, or for somebody new' }
    ])
  const { email } = await readRecipient(deps, deps.db, scope, id)
  return { id, email, own: await ownIds(deps.db, scope, id) }
}
