import type { Session } from './care.ts'
import { cursor, merged } from './stretches.ts'

type Stretch = { start: number; end: number }

/**
 * Rest after what asks for it: nothing begins or goes on in the rest of what is sold, and nothing that is sold lies in the
 * rest of what is asked for (minutes). Segments of one plan do not disturb each other. Undefined where nobody rests.
 */
export function restCheck(
  sold: readonly Session[],
  rest = 0
): ((intervals: readonly Stretch[]) => boolean) | undefined {
  const rests = sold.flatMap(session => (session.rest > 0 ? [session.end, session.end + session.rest * 60_000] : []))
  if (rests.length === 0 && (rest === 0 || sold.length === 0)) return undefined
  const resting = cursor(merged(rests))
  const busy = cursor(rest === 0 ? [] : merged(sold.flatMap(({ start, end }) => [start, end])))
  return intervals =>
    intervals.every(
      ({ start, end }) =>
        resting.collision(start, end) === undefined && busy.collision(end, end + rest * 60_000) === undefined
    )
}
