import { lay, occupied } from '../catalog/lay.ts'
import { type Plan, wholeOf } from '../catalog/plan.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { layAround } from './around.ts'
import { calendarOf, offerOf } from './calendar.ts'
import type { Place } from './check-each.ts'
import { loadFor, type Moving } from './choose-move.ts'
import { fitsBetween, reachOf } from './step-windows.ts'
import { stepsWanted } from './wanted.ts'

/** A step that has a time, beside what is moved. */
export interface Beside extends Pick<Place, 'ordinal' | 'start' | 'end'> {
  id: string
}

/** A step that must follow, and where it goes: nowhere where there is no time for it. */
export interface Refit {
  step: Beside
  to: Pick<Place, 'start' | 'end'> | undefined
}

/** No step is laid anew within a day from now. */
const leastNotice = 86_400_000

/**
 * What follows when that to which these steps belong is laid at another start (ms): those that do not lie in their windows any
 * more, or stand in its way, each with the earliest time that there is for it. The others stay. For a move: under its locks.
 * @param beside the plan as it was booked, and the steps of it that have a time: those that are still to come may follow
 */
export async function refitSteps(
  db: Executor,
  scope: PracticeScope,
  moving: Moving,
  { plan, steps: all }: { plan: Plan; steps: readonly Beside[] },
  start: number,
  now: number
): Promise<Refit[]> {
  const steps = all.filter(step => step.start > now)
  if (steps.length === 0) return []
  const days = Math.max(0, ...plan.segments.map(({ before }) => before?.days ?? 0))
  const from = Math.min(start, Math.max(now, start - (days + 1) * 86_400_000))
  const to = start + (reachOf(plan) + 2) * 86_400_000
  const loaded = await loadFor(db, scope, { ...moving, beside: steps.map(({ id }) => id) }, from, to)
  const { type, offerings } = loaded
  const [offering, second] = offerings
  if (!type || !offering) throw new Error(`Nobody offers ${moving.type.slug}, which is moved`)
  const { zone } = offering
  const whole = lay(wholeOf(plan), start, zone) ?? []
  const { before, after } = moving.type.rules
  const taken = occupied(wholeOf(plan), whole, { before, after }, zone)
  const stays = (step: Beside) =>
    fitsBetween(plan, zone, [...whole, ...steps], step) &&
    !taken.some(one => one.start < step.end + after * 60_000 && step.start - before * 60_000 < one.end)
  const gone = steps.filter(step => !stays(step))
  if (gone.length === 0) return []
  const kept = new Map(steps.filter(stays).map(step => [step.ordinal, step.start]))
  const offer = { ...offerOf({ plan, rules: moving.type.rules }), plan }
  const calendar = calendarOf(loaded, type, offering)
  const both = second ? { ...calendar, second: calendarOf(loaded, type, second) } : calendar
  // A step that has no time gets none here: its gap is left for it.
  const follows = (ordinal: number) => gone.some(step => step.ordinal === ordinal)
  const laid = layAround(offer, both, whole, {
    wanted: stepsWanted(plan),
    wishes: plan.segments.map((_, ordinal) => kept.get(ordinal) ?? (follows(ordinal) ? undefined : 'open')),
    earliest: now + leastNotice
  })
  return gone.map(step => ({ step, to: laid.find(({ ordinal }) => ordinal === step.ordinal) }))
}
