import { usualPlan } from '../catalog/plan.ts'
import type { Session } from './care.ts'
import type { Calendar, Offer } from './engine.ts'
import type { Hours } from './open-stretches.ts'
import { travelsAt } from './travel.ts'
import type { HoursRow, Loaded } from './window-store.ts'

type Offering = Loaded['offerings'][number]
type LoadedType = NonNullable<Loaded['type']>

/** What the engine asks of a session type. */
export function offerOf({ plan, rules }: Pick<LoadedType, 'plan' | 'rules'>): Offer {
  const { before, after, grid, notice, horizon, perDay, perWeek, minutesPerDay, minutesPerWeek, perMonth } = rules
  const { demanding, rest } = rules
  const care = { perDay, perWeek, minutesPerDay, minutesPerWeek, perMonth, demanding, rest }
  return { plan: usualPlan(plan), before, after, grid, notice, horizon, ...care }
}

/** One therapist at one place: the hours that hold there for this type, and what is taken of therapist and room. */
export function calendarOf(loaded: Loaded, { id }: LoadedType, offering: Offering): Calendar {
  const { therapist, room, care } = offering
  const { busy, sold } = byResource(loaded)
  return {
    ...hoursAt(loaded, id, offering),
    busy: [...(busy.get(therapist) ?? []), ...(busy.get(room ?? '') ?? [])],
    sold: sold.get(therapist) ?? [],
    care: care ?? undefined
  }
}

/** The hours of one therapist that hold at one place for a session type, by its id, and their travels. */
export function hoursAt(
  loaded: Pick<Loaded, 'hours' | 'exceptions' | 'travels'>,
  type: string,
  { therapist, zone, place, room }: Pick<Offering, 'therapist' | 'zone' | 'place' | 'room'>
): Hours {
  const holds = ([resource, , , , at, types]: HoursRow) =>
    resource === therapist && (at === null || at === place) && (types === null || types.includes(type))
  const replaced = new Map<string, { from: number; to: number }[]>()
  for (const [resource, date, from, to] of loaded.exceptions) {
    if (resource !== therapist) continue
    const day = replaced.get(date) ?? []
    if (from !== null && to !== null) day.push({ from, to })
    replaced.set(date, day)
  }
  return {
    zone,
    hours: loaded.hours.filter(holds).map(([, days, from, to, , , validFrom, validTo]) => ({
      days,
      from,
      to,
      validFrom: validFrom ?? undefined,
      validTo: validTo ?? undefined
    })),
    exceptions: replaced,
    travels: travelsAt(loaded.travels, therapist, room)
  }
}

/** What is taken and what is sold, by whose it is: sorted out once, however many therapists and places are asked. */
interface ByResource {
  busy: Map<string, number[]>
  sold: Map<string, Session[]>
}

const sorted = new WeakMap<Pick<Loaded, 'busy' | 'sold'>, ByResource>()

function byResource(loaded: Pick<Loaded, 'busy' | 'sold'>): ByResource {
  const known = sorted.get(loaded)
  if (known) return known
  const found: ByResource = { busy: new Map(), sold: new Map() }
  for (const [resource, start, end] of loaded.busy) listIn(found.busy, resource).push(start, end)
  for (const [resource, start, end, same, begins, demanding, rest] of loaded.sold)
    listIn(found.sold, resource).push({ start, end, same, begins, demanding, rest })
  sorted.set(loaded, found)
  return found
}

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  const known = lists.get(key)
  if (known) return known
  const made: T[] = []
  lists.set(key, made)
  return made
}
