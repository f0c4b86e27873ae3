import type { Stretch } from '../../db/schema/columns.ts'
import { flatTimes, inAll } from '../availability/suits-both.ts'
import { listSigningIn, listTimes } from '../availability/times-store.ts'
import { type Actor, actorName, notAllowed } from '../identity/actor.ts'
import { findName } from '../identity/find-name.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { cellsOf } from '../identity/sight.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import { isTherapistOf } from './client-store.ts'
import { ownClient, personOf } from './read-clients.ts'

/** When it would suit each member of a client, and, of two, when it would suit both. */
export interface PossibleTimes {
  members: { person: string; name: string; windows: Stretch[] }[]
  both: Stretch[]
}

/**
 * For the client's own therapist, to whom it was said, and nobody else. The look is written down.
 * @throws no-such-client, not-allowed
 */
export async function readPossibleTimes(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  clientId: string
): Promise<PossibleTimes> {
  if (!(await mayReadTimes(deps, scope, actor, clientId)))
    throw notAllowed('What a client says of their times is for their own therapist')
  const [practice, name] = [scope.practice.id, actorName(actor)]
  await record(deps.db, deps.now, { practice, actor: name, kind: 'read-possible-times', subjects: [clientId] })
  const members: PossibleTimes['members'] = []
  for (const person of await listSigningIn(deps.db, scope, clientId))
    members.push({
      person,
      name: (await findName(deps, deps.db, scope, person)) ?? '',
      windows: await listTimes(deps.db, scope, person, deps.now())
    })
  const both = members.length === 2 ? inAll(members.map(({ windows }) => flatTimes(windows))) : []
  return { members, both: pairs(both) }
}

/** Whether this reader may know of them. @throws no-such-client */
export async function mayReadTimes(deps: Deps, scope: PracticeScope, actor: Actor, clientId: string): Promise<boolean> {
  const { kind } = await ownClient(deps.db, scope, actor, clientId)
  const therapist = (await isTherapistOf(deps.db, scope, personOf(actor), clientId)) ? personOf(actor) : null
  const cells = cellsOf('partner’s answers', actor, { joint: kind === 'couple', therapist })
  return cells.includes('what was addressed to the therapist')
}

function pairs(flat: readonly number[]): Stretch[] {
  return flat.flatMap((start, index) =>
    index % 2 === 0 ? [{ start: instantOf(start), end: instantOf(flat[index + 1] ?? start) }] : []
  )
}
