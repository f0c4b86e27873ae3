import { instead } from '../availability/alternatives.ts'
import type { Choice } from '../availability/choose.ts'
import type { Verdict } from '../availability/engine.ts'
import type { OpenSlot } from '../availability/open-slots.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Problem } from '../kernel/problem.ts'
import { instantOf, isoUtc } from '../kernel/time.ts'
import { notOffered, slotTaken, tooFar, tooSoon } from './booking.ts'

/**
 * The refusal of a start, with what would be right: the nearest free times, or from when to when one can book.
 * @param other what else can be had, and instead of which start
 */
export async function refusalOf(
  { db, now }: Deps,
  scope: PracticeScope,
  { rules }: Pick<SessionType, 'rules'>,
  choice: Choice,
  verdict: Verdict,
  other: () => Promise<{ at: number; slots: OpenSlot[] }> = () => instead(db, scope, choice, now().toMillis())
): Promise<Problem> {
  const first = isoUtc(now().plus({ minutes: rules.notice }).startOf('minute').plus({ minutes: 1 }))
  if (verdict === 'too-soon') return tooSoon(`Book ${rules.notice / 60} hours ahead or more: from ${first}`)
  if (verdict === 'too-far') return tooFar(`Times open ${rules.horizon} days ahead`)
  const { at: gone, slots } = await other()
  const alternatives = slots.map(viewSlot)
  const at = isoUtc(instantOf(gone))
  if (verdict === 'taken')
    return slotTaken(`${at} is not free any more. The nearest free times are in “alternatives”`, { alternatives })
  if (alternatives.length === 0 && (choice.therapist ?? choice.place) !== undefined)
    return notOffered('This session is not offered there: leave therapist and place out, or name those of a slot', {
      alternatives
    })
  return notOffered(`${at} is not a start of this session. The nearest are in “alternatives”`, { alternatives })
}
