import { checkLater } from '../availability/choose-later.ts'
import { aloneOf, openDays } from '../catalog/run.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { findAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { movingRules } from './list-moves.ts'
import { lockWithResources } from './lock-store.ts'
import { patternOf, startOfRound } from './pattern.ts'
import { isProposed } from './proposed-store.ts'
import { findToExtend } from './series-store.ts'
import { findBooked } from './store.ts'
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
    // Where all later ones may soon lie elsewhere, the next is laid when that is decided.
    if (await isProposed(tx, scope, id)) return
    const until = deps.now().plus({ days: openDays }).toMillis()
    while (await layNext(deps, tx, scope, booking, until));
  })
}

/**
 * The next appointment: at the hour of those of its place in a round where that is free, with what is owed for it on its
 * day. Where it is not free it is written down as one that does not take place, so that both sides see it and can find it
 * another time; it is never left out silently. A round that has begun is laid whole.
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
  if (!whole || !booked || !last) return false
  const { segments } = whole.plan
  const ordinal = last.ordinal + 1
  const place = ordinal % segments.length
  const segment = segments[place]
  const alike = laid.filter(one => one.ordinal % segments.length === place)
  const { zone } = last
  const roundOf = (number: number) => Math.floor(number / segments.length)
  const pattern = patternOf(
    alike.map(one => ({ round: roundOf(one.ordinal), start: one.startsAt.toMillis() })),
    every,
    zone
  )
  if (!pattern || !segment) return false
  const round = roundOf(ordinal)
  const planned = startOfRound(pattern, round, every, zone)
  const start = planned ?? startOfRound({ ...pattern, minutes: pattern.minutes + 60 }, round, every, zone)
  if (start === undefined || (place === 0 && start > until)) return false
  const type = { ...whole, plan: aloneOf(whole.plan, ordinal), rules: movingRules(whole) }
  const { therapistSlug: therapist, secondSlug } = booked
  const moving = { appointments: [], type, therapist, second: secondSlug ?? undefined, place: booked.place.slug }
  const { verdict } = await checkLater(tx, scope, moving, start, deps.now().toMillis())
  const free = planned !== undefined && verdict === 'free'
  await writeRound(
    deps,
    tx,
    scope,
    booking,
    { ordinal, start, minutes: segment.minutes, who: segment.who, zone, free, alike: alike.map(({ id }) => id) },
    type
  )
  return true
}
