import type { DateTime } from 'luxon'
import { mustOffer, type Rounds } from '../catalog/run.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { loadOwn } from './load-own.ts'
import { openSlots } from './open-slots.ts'
import type { ForStaff } from './override.ts'
import { viewSlot } from './read-slots.ts'
import type { SlotsView } from './schema.ts'

interface Window {
  from: DateTime
  to: DateTime
  therapist?: string | undefined
  /** Of a session that repeats: only starts at which so many are free. */
  rounds?: Rounds | undefined
  /** The session type with a plan of its own, and which rules are set aside for it. */
  own?: ForStaff | undefined
}

/** The free starts in [from, to) for who books for others: also of a type that is not public; none of one there is not. */
export async function readStaffSlots(
  { db, now }: Deps,
  scope: PracticeScope,
  slug: string,
  { from, to, therapist, rounds, own }: Window
): Promise<SlotsView['slots']> {
  const asked = { slug, from: from.toMillis(), to: to.toMillis(), therapist, hidden: true }
  const loaded = await loadOwn(db, scope, asked, own?.type)
  const type = loaded.type && rounds ? mustOffer(loaded.type, rounds) : loaded.type
  return openSlots({ ...loaded, type }, asked, now().toMillis(), own?.override).map(viewSlot)
}
