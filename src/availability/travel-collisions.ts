import type { DateTime } from 'luxon'
import type { Stretch } from '../../db/schema/columns.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { instantOf } from '../kernel/time.ts'
import { hoursAt } from './calendar.ts'
import { readHours } from './hours-store.ts'
import { listSoldOnTravels, type OnlyTravels, type SoldOnTravel } from './sold-store.ts'
import { isInTheWay } from './travel.ts'
import { listTravels } from './travel-store.ts'
import type { Loaded } from './window-store.ts'

type Own = Pick<Loaded, 'hours' | 'exceptions' | 'travels'>

/** What is sold ahead and would not be offered any more where its therapist is then; soonest first. Nothing is changed. */
export async function findInTheWay(
  db: Executor,
  scope: PracticeScope,
  since: DateTime,
  only: OnlyTravels
): Promise<SoldOnTravel[]> {
  const found: SoldOnTravel[] = []
  const known = new Map<string, Own>()
  for (const sold of await listSoldOnTravels(db, scope, since, only)) {
    const { therapist, home, type, place, room, edition, later } = sold
    const own = known.get(therapist) ?? (await hoursOf(db, scope, therapist))
    known.set(therapist, own)
    // Dates are laid by staff, whatever the hours; and an hour that was taken with the travel known was open, or meant.
    const hours = edition || later ? undefined : hoursAt(own, type, { therapist, zone: home, place, room })
    if (isInTheWay(sold.travel, { ...sold, inRoom: room !== null }, hours)) found.push(sold)
  }
  return found
}

/** From when to when, as instants. */
export const stretchOf = ({ start, end }: Pick<SoldOnTravel, 'start' | 'end'>): Stretch => ({
  start: instantOf(start),
  end: instantOf(end)
})

/** The dates among what is in the way, each once, from the first to the last of their blocks that are. */
export function datesOf(sold: readonly SoldOnTravel[]): (Stretch & { id: string })[] {
  return [...Map.groupBy(sold, ({ edition }) => edition)].flatMap(([id, blocks]) => {
    const [first, last] = [blocks[0], blocks.at(-1)]
    return id && first && last ? [{ id, ...stretchOf({ start: first.start, end: last.end }) }] : []
  })
}

/** A therapist's hours and travels in the shape in which times are laid. */
async function hoursOf(db: Executor, scope: PracticeScope, therapist: string): Promise<Own> {
  const { hours, exceptions } = await readHours(db, scope, therapist)
  const travels = await listTravels(db, scope, therapist, '0001-01-01')
  return {
    hours: hours.map(({ days, from, to, placeId, sessionTypes, validFrom, validTo }) => {
      return [therapist, days, from, to, placeId, sessionTypes, validFrom, validTo]
    }),
    exceptions: exceptions.map(({ date, from, to }) => [therapist, date, from, to]),
    travels: travels.map(({ zone, firstDay, lastDay, keeps, videoOnly }) => {
      return [therapist, zone, firstDay, lastDay, keeps, videoOnly]
    })
  }
}
