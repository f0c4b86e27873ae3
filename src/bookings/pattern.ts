import { instantsOf, localDayOf, piecesOf } from '../kernel/wall-clock.ts'

/** Where the rounds of a series lie: the local day of its round 0, and the minutes of that day. */
export interface Pattern {
  day: number
  minutes: number
}

/** So many of the last appointments say where a series lies: single ones of them may have been moved. */
const lately = 4

/**
 * Where a series lies by its last appointments: what most of them have in common, and of as many the later one's.
 * @param laid soonest round first; starts in epoch milliseconds
 */
export function patternOf(
  laid: readonly { round: number; start: number }[],
  every: number,
  zone: string
): Pattern | undefined {
  const found = laid.slice(-lately).map(({ round, start }) => {
    const local = localDayOf(zone, start)
    const offset = piecesOf(zone, local).find(piece => piece.start <= start && start < piece.end)?.offset ?? 0
    return { day: local - round * every, minutes: (start + offset - local * 86_400_000) / 60_000 }
  })
  const votes = (one: Pattern) => found.filter(({ day, minutes }) => day === one.day && minutes === one.minutes).length
  return found.reduce<Pattern | undefined>((best, one) => (best && votes(best) > votes(one) ? best : one), undefined)
}

/** The start of a round (ms); undefined where its hour does not exist on its day. */
export function startOfRound(
  { day, minutes }: Pattern,
  round: number,
  every: number,
  zone: string
): number | undefined {
  return instantsOf(zone, day + round * every, minutes)[0]
}
