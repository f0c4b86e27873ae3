import { usualPlan } from '../catalog/plan.ts'
import type { Calendar, Offer } from './engine.ts'
import type { HoursRow, Loaded } from './store.ts'
import { travelsAt } from './travel.ts'

type Offering = Loaded['offerings'][number]
type LoadedType = NonNullable<Loaded['type']>

/** What the engine asks of a session type. */
export function offerOf({ plan, rules }: Pick<LoadedType, 'plan' | 'rules'>): Offer {
  const { before, after, grid, notice, horizon, perDay, perWeek } = rules
  return { plan: usualPlan(plan), before, after, grid, notice, horizon, perDay, perWeek }
}

/** One therapist at one place: the hours that hold there for this type, and what is taken of therapist and room. */
export function calendarOf(loaded: Loaded, { id }: LoadedType, { therapist, zone, place, room }: Offering): Calendar {
  const holds = ([resource, , , , at, types]: HoursRow) =>
    resource === therapist && (at === null || at === place) && (types === null || types.includes(id))
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
    travels: travelsAt(loaded.travels, therapist, room),
    busy: loaded.busy.flatMap(([resource, start, end]) =>
      resource === therapist || resource === room ? [start, end] : []
    ),
    sold: loaded.sold.flatMap(([resource, start]) => (resource === therapist ? [start] : []))
  }
}
