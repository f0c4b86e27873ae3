import type { SessionType } from '../catalog/session-type.ts'
import { leadOf, spanOf } from '../catalog/span.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { type Asked, type Loaded, loadWindow } from './window-store.ts'

/**
 * A window as a session type with a plan of its own needs it, which may reach further than the one that the catalogue has.
 * Without one it is the catalogue's.
 */
export async function loadOwn(
  db: Executor,
  scope: PracticeScope,
  asked: Asked,
  own: SessionType | undefined
): Promise<Loaded> {
  if (!own) return loadWindow(db, scope, asked)
  const from = asked.from - leadOf(own.plan) * 86_400_000
  const to = asked.to + spanOf(own.plan) * 86_400_000
  const loaded = await loadWindow(db, scope, { ...asked, from, to })
  return { ...loaded, type: loaded.type && own }
}
