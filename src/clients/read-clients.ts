import { type Actor, actorName, may, notAllowed } from '../identity/actor.ts'
import { findName } from '../identity/find-name.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { cellsOf, seesOthers } from '../identity/sight.ts'
import { record } from '../kernel/audit.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { problem } from '../kernel/problem.ts'
import { type ClientRow, findClient, isFlagged, isTherapistOf, listClients, listMembers } from './client-store.ts'

export const noSuchClient = problem('no-such-client', 404, 'There is no such client')

/** A client as staff may see it. */
export interface Client extends Omit<ClientRow, 'practiceId'> {
  members: { person: string; name: string; since: ClientRow['createdAt']; until: ClientRow['closedAt'] }[]
  /** Only for who may know of it: the client's own therapist and the owner. For nobody else is it said to be there or not. */
  safetyFlag?: boolean
}

/** Clients for staff, the newest first; who sees no names of others’ clients reads their own alone. The look is written down. */
export async function readClients(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { after, limit }: { after?: string | undefined; limit: number }
): Promise<{ items: Client[]; next: string | null }> {
  const therapist = seesOthers(actor, 'names') ? undefined : personOf(actor)
  const rows = await listClients(deps.db, scope, { therapist, after, limit })
  const page = rows.slice(0, limit)
  const items: Client[] = []
  for (const row of page) items.push(await clientFor(deps, scope, actor, row))
  if (page.length) await note(deps, scope, actor, 'read-clients', page)
  return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** One client. @throws no-such-client, also where it is another therapist's */
export async function readClient(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Client> {
  const row = await ownClient(deps.db, scope, actor, id)
  await note(deps, scope, actor, 'read-client', [row])
  return clientFor(deps, scope, actor, row)
}

/** A client that this reader may know of. @throws no-such-client */
export async function ownClient(db: Executor, scope: PracticeScope, actor: Actor, id: string): Promise<ClientRow> {
  const row = await findClient(db, scope, id)
  const isOthers = row && !seesOthers(actor, 'names') && !(await isTherapistOf(db, scope, personOf(actor), id))
  if (!row || isOthers) throw noSuchClient('There is no such client')
  return row
}

/** The member of staff who asks. @throws not-allowed */
export function personOf(actor: Actor): string {
  if (actor.kind !== 'staff') throw notAllowed('This is for staff')
  return actor.person
}

async function clientFor(deps: Deps, scope: PracticeScope, actor: Actor, row: ClientRow): Promise<Client> {
  const { practiceId: _, ...client } = row
  const members: Client['members'] = []
  for (const { personId, joinedAt, leftAt } of await listMembers(deps.db, scope, row.id))
    members.push({
      person: personId,
      name: (await findName(deps, deps.db, scope, personId)) ?? '',
      since: joinedAt,
      until: leftAt
    })
  const therapist = (await isTherapistOf(deps.db, scope, personOf(actor), row.id)) ? personOf(actor) : null
  const cells = cellsOf('cancellation reason, safety flag', actor, { joint: row.kind === 'couple', therapist })
  const knows = may(actor, 'read a safety flag') && cells.includes('full')
  return { ...client, members, ...(knows && { safetyFlag: await isFlagged(deps.db, scope, row.id) }) }
}

async function note(deps: Deps, scope: PracticeScope, actor: Actor, kind: string, rows: ClientRow[]): Promise<void> {
  const subjects = rows.map(({ id }) => id)
  await record(deps.db, deps.now, { practice: scope.practice.id, actor: actorName(actor), kind, subjects })
}
