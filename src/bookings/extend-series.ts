import { checkLater } from '../availability/choose-later.ts'
import { aloneOf, openDays } from '../catalog/run.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import type { Booking } from './booking.ts'
import { movingRules } from './list-moves.ts'
import { lockWithResources } from './lock-booking.ts'
import { patternOf, startOfRound } from './pattern.ts'
import { findToExtend } from './series-store.ts'
import { findAppointments, findBooked } from './store.ts'
import { writeRound } from './write-round.ts'

/** Lays series without an end as far ahead as they are to be. Asked each minute: rows, and not the queue, hold the times. */
export async function extendDue(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findToExtend(deps.db, deps.now().plus({ days: openDays })), async ({ practice, booking }) =>
    extendSeries(deps, await scopes.forId(practice), booking)
  )
}

/** Lays the rounds that are missing up to twelve weeks ahead, each by itself. */
export async function extendSeries(deps: Deps, scope: PracticeScope, id: string): Promise<void> {
  await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (booking?.state !== 'confirmed' || !booking.openEnded || booking.pausedFrom) return
    const until = deps.now().plus({ days: openDays }).toMillis()
    while (await layNext(deps, tx, scope, booking, until));
  })
}

/**
 * The next round: at its hour where that is free, with what is owed for it on its day. Where it is not free it is written
 * down as one that does not take place, so that both sides see it and can find it another time; it is never left out silently.
 * @returns whether there was one to lay
 */
async function layNext(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  until: number
): Promise<boolean> {
  const whole = await findVersion(tx, scope, booking.sessionTypeId, booking.version)
  const booked = await findBooked(tx, scope, booking.id)
  const laid = await findAppointments(tx, scope, booking.id)
  const last = laid.at(-1)
  const every = booking.every ?? 7
  const [segment] = whole?.plan.segments ?? []
  if (!whole || !booked || !last || !segment || whole.plan.segments.length !== 1) return false
  const { zone } = last
  const rounds = laid.map(({ ordinal, startsAt }) => ({ round: ordinal, start: startsAt.toMillis() }))
  const pattern = patternOf(rounds, every, zone)
  if (!pattern) return false
  const round = last.ordinal + 1
  const planned = startOfRound(pattern, round, every, zone)
  const start = planned ?? startOfRound({ ...pattern, minutes: pattern.minutes + 60 }, round, every, zone)
  if (start === undefined || start > until) return false
  const type = { ...whole, plan: aloneOf(whole.plan, 0), rules: movingRules(whole) }
  const second = booked.secondSlug ?? undefined
  const moving = { appointments: [], type, therapist: booked.therapistSlug, second, place: booked.place.slug }
  const { verdict } = await checkLater(tx, scope, moving, start, deps.now().toMillis())
  const free = planned !== undefined && verdict === 'free'
  await writeRound(
    deps,
    tx,
    scope,
    booking,
    { ordinal: round, start, minutes: segment.minutes, who: segment.who, zone, free },
    type
  )
  return true
}
