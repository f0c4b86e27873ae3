import { hasOpenSteps, isWholeWithSteps, standsAlone } from '../catalog/plan.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { offerOf } from './calendar.ts'
import { type Place, startsAround } from './check-each.ts'
import { type Choice, type Chosen, choose, nearest } from './choose.ts'
import type { OpenSlot } from './open-slots.ts'
import { otherStarts } from './propose.ts'
import { otherStartsAround } from './starts-beside.ts'

/** For one appointment of a choice, other starts: of a step those that its gap allows, else of its day, then of its week. */
export function alternativesTo(
  { type, offering, calendar, laid, open }: Chosen & { type: SessionType },
  place: Place,
  now: number
): OpenSlot[] {
  if (!offering || !calendar) return []
  const offer = offerOf(type)
  const taken = [...laid, ...open].map(({ ordinal }) => ordinal)
  const starts = isWholeWithSteps(type.plan)
    ? otherStartsAround(offer, calendar, { laid, taken }, place, now + offer.notice * 60_000)
    : hasOpenSteps(type.plan)
      ? otherStarts(offer, calendar, { laid: [...laid] }, place, now)
      : place.verdict === 'free'
        ? []
        : startsAround(offer, calendar, laid, place, now)
  return starts.map(slot => ({ ...slot, offering }))
}

/**
 * What can be had instead of a choice that cannot be had: where appointments stand apart, other starts for the first that
 * is gone; else the nearest starts of all of it.
 */
export async function instead(
  db: Executor,
  scope: PracticeScope,
  choice: Choice,
  now: number
): Promise<{ at: number; slots: OpenSlot[] }> {
  const chosen = await choose(db, scope, choice, now)
  const { plan } = chosen.type
  const gone = chosen.laid.find(({ verdict, ordinal }) => verdict !== 'free' && standsAlone(plan, ordinal))
  if (gone) return { at: gone.start, slots: alternativesTo(chosen, gone, now) }
  return { at: choice.start, slots: await nearest(db, scope, choice, now) }
}
