import { setTimeout } from 'node:timers/promises'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { listAges } from './store.ts'
import { syncCalendar } from './sync-calendar.ts'

/** What was read longer ago is read again before a time is sold. */
const oldMinutes = 10
/** One that could not be had is not tried again for every booking: nobody waits for a dead server twice. */
const restMinutes = 2
/** Whoever books waits no longer; what comes later still counts for the next. */
const mostSeconds = 3
/** Which calendars a practice has is not asked for each booking. */
const rememberedSeconds = 30

interface Remembered {
  at: number
  ages: Awaited<ReturnType<typeof listAges>>
}

const remembered = new WeakMap<Deps['db'], Map<string, Remembered>>()

/**
 * Before a time is sold: reads again what was read too long ago of these therapists' calendars outside, or of
 * everybody's where nobody is named. Never inside a transaction. What cannot be had in 3 s is left as it was last
 * known.
 * @param therapists slugs
 */
export async function refreshCalendars(
  deps: Deps,
  scope: PracticeScope,
  therapists: readonly string[] | undefined
): Promise<void> {
  const ages = await agesOf(deps, scope)
  if (ages.length === 0) return
  const now = deps.now()
  const [old, rested] = [now.minus({ minutes: oldMinutes }), now.minus({ minutes: restMinutes })]
  const due = ages.filter(
    ({ therapist: whose, syncedAt, askedAt }) =>
      (therapists === undefined || therapists.includes(whose)) &&
      (syncedAt === null || syncedAt < old) &&
      (askedAt === null || askedAt < rested)
  )
  if (due.length === 0) return
  const all = Promise.all(due.map(({ id }) => syncCalendar(deps, scope, id))).catch((error: unknown) =>
    deps.log.error({ err: error }, 'What a calendar outside says could not be taken over')
  )
  remembered.get(deps.db)?.delete(scope.practice.id)
  const ended = new AbortController()
  await Promise.race([
    all,
    setTimeout(mostSeconds * 1000, undefined, { signal: ended.signal, ref: false }).catch(() => {})
  ])
  ended.abort()
}

async function agesOf({ db, now }: Deps, scope: PracticeScope): Promise<Remembered['ages']> {
  const own = remembered.get(db) ?? new Map<string, Remembered>()
  remembered.set(db, own)
  const at = now().toMillis()
  const known = own.get(scope.practice.id)
  if (known && at >= known.at && at - known.at < rememberedSeconds * 1000) return known.ages
  const ages = await listAges(db, scope)
  own.set(scope.practice.id, { at, ages })
  return ages
}
