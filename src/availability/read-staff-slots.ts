import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { openSlots } from './open-slots.ts'
import { viewSlot } from './read-slots.ts'
import type { SlotsView } from './schema.ts'
import { loadWindow } from './store.ts'

/** The free starts in [from, to) for who books for others: also of a type that is not public; none of one there is not. */
export async function readStaffSlots(
  { db, now }: Deps,
  scope: PracticeScope,
  slug: string,
  { from, to, therapist }: { from: DateTime; to: DateTime; therapist?: string | undefined }
): Promise<SlotsView['slots']> {
  const asked = { slug, from: from.toMillis(), to: to.toMillis(), therapist, hidden: true }
  return openSlots(await loadWindow(db, scope, asked), asked, now().toMillis()).map(viewSlot)
}
