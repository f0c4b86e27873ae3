import type { Plan } from '../catalog/plan.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { offerOf } from './calendar.ts'
import { checkEach, type Place, startsAround, type Wishes } from './check-each.ts'
import type { Moving } from './choose-move.ts'
import type { Verdict } from './engine.ts'
import type { OpenSlot } from './open-slots.ts'
import { waysOf } from './pair.ts'
import { type Loaded, loadWindow } from './window-store.ts'

/** Several appointments at new times: each free or not, and for one that is not other starts near it. */
export interface Later {
  verdict: Verdict
  laid: readonly Place[]
  offering: Loaded['offerings'][number] | undefined
  alternatives(place: Place): OpenSlot[]
}

/**
 * Whether several appointments can be laid anew, by a plan whose segments are theirs, from a start (ms) on. They do not
 * stand in their own way.
 */
export async function checkLater(
  db: Executor,
  scope: PracticeScope,
  moving: Omit<Moving, 'type'> & { type: { slug: string; plan: Plan; rules: Moving['type']['rules'] } },
  start: number,
  now: number,
  wishes: Wishes = []
): Promise<Later> {
  const { appointments, type, therapist, second, place } = moving
  const to = start + (type.plan.segments.at(-1)?.day ?? 0) * 86_400_000 + 1
  const loaded = await loadWindow(db, scope, {
    slug: type.slug,
    from: start,
    to,
    therapist,
    second,
    place,
    moving: appointments
  })
  const [way] = loaded.type ? waysOf(loaded, { ...loaded.type, rules: type.rules }, therapist) : []
  if (!loaded.type || !way) return { verdict: 'not-offered', laid: [], offering: undefined, alternatives: () => [] }
  const offer = offerOf({ ...loaded.type, plan: type.plan, rules: type.rules })
  const { offering, calendar } = way
  const { verdict, laid } = checkEach(offer, calendar, start, now, wishes)
  return {
    verdict,
    laid,
    offering,
    alternatives: one =>
      one.verdict === 'free' ? [] : startsAround(offer, calendar, laid, one, now).map(slot => ({ ...slot, offering }))
  }
}
