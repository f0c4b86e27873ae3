import type { DateTime } from 'luxon'
import { mustOffer, type Rounds } from '../catalog/run.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { openSlots } from './open-slots.ts'
import { viewSlot } from './read-slots.ts'
import type { SlotsView } from './schema.ts'
import { loadWindow } from './window-store.ts'

/**
 * The free starts in [from, to) for who books for others: also of a type that is not public; none of one there is not.
 * @param rounds of a session that repeats: only starts at which so many are free
 */
export async function readStaffSlots(
  { db, now }: Deps,
  scope: PracticeScope,
  slug: string,
  {
    from,
    to,
    therapist,
    rounds
  }: { from: DateTime; to: DateTime; therapist?: string | undefined; rounds?: Rounds | undefined }
): Promise<SlotsView['slots']> {
  const asked = { slug, from: from.toMillis(), to: to.toMillis(), therapist, hidden: true }
  const loaded = await loadWindow(db, scope, asked)
  const type = loaded.type && rounds ? mustOffer(loaded.type, rounds) : loaded.type
  return openSlots({ ...loaded, type }, asked, now().toMillis()).map(viewSlot)
}
