import { DateTime } from 'luxon'
import { quote } from '../../bookings/quote.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { findPublicType } from '../../catalog/read-session-types.ts'
import { leastOf } from '../../catalog/run.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { isoUtc } from '../../kernel/time.ts'
import { type Choice, startOf } from '../choice.ts'
import { priceText } from '../components/words.ts'

/** What was said of an appointment: as planned, left out, or another start. */
export const asPlanned = 'planned'
export const leftOut = 'left'

/** An appointment of a series before it is booked: where it would lie, what else there is, and what was said of it. */
export interface Row {
  start: DateTime
  end: DateTime
  free: boolean
  alternatives: readonly { start: DateTime; end: DateTime }[]
  /** `planned`, `left`, or the start that is wanted; nothing where nothing was said yet. */
  said: string | undefined
  /** What was said cannot be had (any more). */
  gone: boolean
}

export interface Each {
  type: { slug: string; name: string }
  rows: readonly Row[]
  /** The price of what is wanted so far, and how many that are. */
  price: string
  count: number
  /** How many it must be at least, where it is fewer. */
  least: number | undefined
  /** Everything was said, and can be had: where each is wanted, in minutes after the start. */
  occurrences: (number | null)[] | undefined
}

/**
 * Every appointment of a choice, free or not, with the nearest other starts, and what is said of each: by the reader, or
 * by the choice itself, or as planned where that is free.
 * @param said by the appointment's number; undefined where the reader has said nothing yet
 * @throws what `quote` throws of the first start
 */
export async function readEach(
  deps: Deps,
  scope: PracticeScope,
  choice: Choice,
  said?: readonly (string | undefined)[]
): Promise<Each> {
  const { slug, name, plan: offered } = await findPublicType(deps, scope, choice.type)
  const { occurrences: chosen, ...plan } = choice
  const start = DateTime.fromISO(choice.start, { zone: 'utc' })
  const minutesTo = (at: DateTime) => at.diff(start).as('minutes')
  const planned = await quote(deps, scope, slug, startOf(plan))
  const rows = timesOf(planned.appointments).map(({ start, end, free, alternatives }, index) => {
    const wish = chosen?.[index]
    const before =
      wish === null
        ? leftOut
        : wish === minutesTo(start)
          ? asPlanned
          : startText(choice, typeof wish === 'number' ? wish : undefined)
    return {
      start,
      end,
      free,
      alternatives: alternatives.map(slot => ({ start: utc(slot.start), end: utc(slot.end) })),
      said: said ? said[index] : chosen ? before : free ? asPlanned : undefined,
      gone: false
    }
  })
  const wanted = rows.map(row => minutesOf(row, minutesTo))
  const count = wanted.filter(wish => wish !== null).length
  const fewest = leastOf(offered, plan)
  const least = count < fewest ? fewest : undefined
  if (count === 0 || least) return { type: { slug, name }, rows, price: '', count, least, occurrences: undefined }
  const asked = await quote(deps, scope, slug, startOf({ ...plan, occurrences: wanted }))
  const free = timesOf(asked.appointments).map(one => one.free)
  const checked = rows.map((row, index) => ({ ...row, gone: wanted[index] !== null && free.shift() === false }))
  const settled = checked.every(({ said, gone }) => said !== undefined && !gone)
  return {
    type: { slug, name },
    rows: checked,
    price: priceText(asked.price),
    count,
    least,
    occurrences: settled ? wanted : undefined
  }
}

/** Where a row is wanted; null where it is left out, or nothing that can be read was said. */
function minutesOf({ said, start }: Row, minutesTo: (at: DateTime) => number): number | null {
  if (said === undefined || said === leftOut) return null
  const minutes = minutesTo(said === asPlanned ? start : utc(said))
  return Number.isInteger(minutes) ? minutes : null
}

function startText({ start }: Choice, minutes: number | undefined): string | undefined {
  return minutes === undefined ? undefined : isoUtc(utc(start).plus({ minutes }))
}

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
