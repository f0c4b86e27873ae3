import { wallMinutes } from '../../catalog/plan.ts'
import type { Segment } from '../../catalog/segment.ts'
import type { Faults } from '../components/fields.tsx'
import { Typed } from './caller-form.ts'

/** So many parts can be typed, each on its day, counted from one. */
export const blockRows = [0, 1, 2, 3] as const
const parts = ['day', 'from', 'to'] as const

type BlockRow = (typeof blockRows)[number]
export type BlockField = `block-${BlockRow}-${(typeof parts)[number]}`
export type TypedBlocks = Partial<Record<BlockField, string | undefined>>

/** The fields of all parts, as a browser posts them. */
export const blockShape = Object.fromEntries(
  blockRows.flatMap(row => parts.map(part => [`block-${row}-${part}`, Typed]))
) as Record<BlockField, typeof Typed>

/** The day of a part where nothing else was typed: each on the one after the one before. */
export const usualDay = (row: BlockRow) => String(row + 1)

/**
 * The parts that were typed, of those that have an hour, or a sentence for each field that is not right.
 * @param who comes to each
 * @param gap minutes between two of them, at least
 */
export function readBlocks(
  typed: TypedBlocks,
  who: Segment['who'],
  gap: number
): { blocks: Segment[]; faults: Faults } {
  const blocks: Segment[] = []
  const faults: Record<string, string> = {}
  let before: number | undefined
  for (const row of blockRows) {
    const [day = '', from = '', to = ''] = parts.map(part => typed[`block-${row}-${part}`]?.trim())
    if (!from && !to) continue
    const say = (part: (typeof parts)[number], sentence: string) => {
      faults[`block-${row}-${part}`] = sentence
    }
    const [start, end] = [timeOf(from), timeOf(to)]
    const days = dayOf(day)
    if (days === undefined) say('day', 'Give a whole number: 1 is the first day')
    else if (before === undefined && days > 0) say('day', 'Begin on day 1: it is the one that is chosen')
    if (start === undefined) say('from', 'Give a time such as 09:00')
    if (end === undefined) say('to', 'Give a time such as 17:00')
    else if (start !== undefined && end - start < shortest) say('to', 'End it later, on the same day')
    if (days === undefined || start === undefined || end === undefined) continue
    const begins = days * 1440 + start
    if (before !== undefined && begins < before)
      say(days * 1440 < before - (before % 1440) ? 'day' : 'from', 'Begin it after the part above has ended')
    else if (before !== undefined && begins < before + gap)
      say('from', `Leave ${gap} minutes after the part above: they are kept free`)
    before = days * 1440 + end
    blocks.push({ minutes: end - start, who, day: days, at: from })
  }
  return { blocks, faults }
}

/** A part is no shorter, in minutes. */
const shortest = 5

function timeOf(text: string): number | undefined {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? wallMinutes(text) : undefined
}

/** Local days after the first: as far ahead as a plan may reach. */
function dayOf(text: string): number | undefined {
  return /^[1-9]\d{0,2}$/.test(text) && Number(text) <= 730 ? Number(text) - 1 : undefined
}
