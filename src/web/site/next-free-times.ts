import type { SlotsView } from '../../availability/schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { dayOf, readFrom } from './free-times.ts'
import { reachOf } from './month.ts'

type Slot = SlotsView['slots'][number]

/** The next free times: at most two a day, so that they show different days, and six in all. */
export async function nextFreeTimes(
  deps: Deps,
  scope: PracticeScope,
  type: SessionType,
  zone: string
): Promise<Slot[]> {
  const reach = reachOf(deps.now(), type.rules, zone)
  const { slots } = await readFrom(deps, scope, type, zone, reach.first, reach)
  const days = Map.groupBy(slots, slot => dayOf(slot, zone))
  return [...days.values()].flatMap(slots => spread(slots)).slice(0, 6)
}

/** A day's first time and one of its afternoon, or its second. */
function spread(slots: Slot[]): Slot[] {
  const [first] = slots
  const other = slots[Math.floor(slots.length / 2)]
  return first && other && other !== first ? [first, other] : slots.slice(0, 1)
}
