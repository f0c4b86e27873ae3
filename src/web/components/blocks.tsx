import type { DateTime } from 'luxon'
import { dayText } from '../../notices/wording.ts'
import { timeText, zoneMark } from './words.ts'

interface Block {
  start: DateTime
  end: DateTime
}

/** `Thu 10 Jun – Sat 12 Jun`, by the wall clock of `zone`. */
export function daysText(blocks: readonly Block[], zone: string): string {
  const [first, last] = [blocks[0], blocks.at(-1)]
  if (!first || !last) return ''
  const [from, to] = [dayText(first.start.setZone(zone)), dayText(last.end.setZone(zone))]
  return from === to ? from : `${from} – ${to}`
}

/**
 * Blocks day by day: each day once, with its hours, and once the zone by which they are read; with each day where the
 * clocks change between them.
 */
export const Blocks = ({ blocks, zone }: { blocks: readonly Block[]; zone: string }) => {
  const days = Map.groupBy(blocks, ({ start }) => dayText(start.setZone(zone)))
  const marks = [...new Set(blocks.map(({ start }) => zoneMark(start.setZone(zone))))]
  return (
    <>
      <dl class="facts figures">
        {[...days].map(([day, those]) => (
          <>
            <dt safe>{day}</dt>
            <dd safe>
              {`${those.map(({ start, end }) => timeText(start.setZone(zone), end.setZone(zone))).join(', ')}${marks.length > 1 && those[0] ? ` ${zoneMark(those[0].start.setZone(zone))}` : ''}`}
            </dd>
          </>
        ))}
      </dl>
      {marks.length === 1 && <p class="quiet small" safe>{`Times in ${marks[0]}`}</p>}
    </>
  )
}
