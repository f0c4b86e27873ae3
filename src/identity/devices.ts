import type { DateTime } from 'luxon'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { problem } from '../kernel/problem.ts'
import type { Owner } from './change-address.ts'
import type { PracticeScope } from './practice.ts'
import { listFamilies, revokeFamily, revokeOthers } from './session-store.ts'

export const noSuchDevice = problem('no-such-device', 404, 'There is no such sign-in')

/** Where a person is signed in. */
export interface Device {
  id: string
  /** What the browser or program calls itself; null where it said nothing. */
  device: string | null
  trusted: boolean
  since: DateTime
  until: DateTime
  /** The one that asks. */
  current: boolean
}

export async function listDevices(
  { db, now }: Deps,
  scope: PracticeScope,
  { person, session }: Owner
): Promise<Device[]> {
  const rows = await listFamilies(db, scope, person, now())
  return rows.flatMap(({ since, until, ...row }) =>
    since && until ? [{ ...row, since, until, current: row.id === session }] : []
  )
}

/** Ends one sign-in of a person; its tokens and its page cookie stop working at once. @throws no-such-device */
export async function endDevice(deps: Deps, scope: PracticeScope, owner: Owner, id: string): Promise<void> {
  const known = await listDevices(deps, scope, owner)
  if (!known.some(device => device.id === id)) throw noSuchDevice('It has ended already, or it is somebody else’s')
  await end(deps, scope, owner, id)
}

/** Ends every sign-in of a person but the one that asks. */
export async function endOtherDevices(deps: Deps, scope: PracticeScope, owner: Owner): Promise<void> {
  await end(deps, scope, owner, undefined)
}

async function end(deps: Deps, scope: PracticeScope, { person, session }: Owner, one: string | undefined) {
  await deps.db.transaction(async tx => {
    if (one) await revokeFamily(tx, scope, one, deps.now())
    else await revokeOthers(tx, scope, person, session, deps.now())
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: `person:${person}`,
      kind: 'person.device-ended',
      subjects: { person, session: one ?? session }
    })
  })
}
