import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Choice } from './choose.ts'
import { type OpenSlot, openSlots } from './open-slots.ts'
import { loadWindow } from './store.ts'

/** The open starts nearest to one that is gone, at most `most`, soonest first: first of the same week, then of three. */
export async function nearest(
  db: Executor,
  scope: PracticeScope,
  { slug, start, therapist, place, forStaff }: Choice,
  now: number,
  most = 5
): Promise<OpenSlot[]> {
  for (const days of [7, 21]) {
    const reach = days * 86_400_000
    const asked = {
      slug,
      from: Math.max(start - reach, now),
      to: start + reach,
      therapist,
      place,
      hidden: forStaff !== undefined
    }
    const slots = openSlots(await loadWindow(db, scope, asked), asked, now)
    if (slots.length >= most || days === 21)
      return slots
        .sort((one, other) => Math.abs(one.start - start) - Math.abs(other.start - start))
        .slice(0, most)
        .sort((one, other) => one.start - other.start)
  }
  return []
}
