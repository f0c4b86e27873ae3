import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { lockClient, updateClient } from './client-store.ts'
import { noSuchClient, ownClient } from './read-clients.ts'

/** Whether a client may come more often than a session type allows a client in a week. @throws no-such-client */
export async function setFrequency(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  oftener: boolean
): Promise<void> {
  await ownClient(deps.db, scope, actor, id)
  await deps.db.transaction(async tx => {
    const client = await lockClient(tx, scope, id)
    if (!client) throw noSuchClient('There is no such client')
    if (client.oftener === oftener) return
    await updateClient(tx, scope, id, { oftener })
    const kind = oftener ? 'may-come-oftener' : 'comes-as-usual'
    await record(tx, deps.now, { practice: scope.practice.id, actor: actorName(actor), kind, subjects: [id] })
  })
}
