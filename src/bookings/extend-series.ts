import type { DateTime } from 'luxon'
import { checkLater } from '../availability/choose-later.ts'
import { occupied } from '../catalog/lay.ts'
import { aloneOf, openDays, runOf, sharesOf } from '../catalog/run.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { instantOf } from '../kernel/time.ts'
import { listParticipants } from './acceptance-store.ts'
import type { Booking } from './booking.ts'
import { movingRules } from './list-moves.ts'
import { lockWithResources } from './lock-booking.ts'
import { patternOf, startOfRound } from './pattern.ts'
import { findToExtend, insertDue, insertRound } from './series-store.ts'
import { insertSkip, setShare } from './skip-store.ts'
import { findAppointments, findBooked, findResources } from './store.ts'
import { newUid } from './uid.ts'

/** How a round is marked whose time was not free when it was to be laid. */
export const notFree = 'not-free'

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
  const moving = { appointments: [], type, therapist: booked.therapistSlug, place: booked.place.slug }
  const { verdict } = await checkLater(tx, scope, moving, start, deps.now().toMillis())
  const free = planned !== undefined && verdict === 'free'
  await write(
    deps,
    tx,
    scope,
    booking,
    { ordinal: round, start, minutes: segment.minutes, who: segment.who, zone, free },
    type
  )
  return true
}

async function write(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  round: {
    ordinal: number
    start: number
    minutes: number
    who: 'both' | 'first' | 'second' | 'nobody'
    zone: string
    free: boolean
  },
  type: NonNullable<Awaited<ReturnType<typeof findVersion>>>
): Promise<void> {
  const { ordinal, start, minutes, who, zone, free } = round
  const practiceId = scope.practice.id
  const now = deps.now()
  const id = newId()
  const times = { start, end: start + minutes * 60_000 }
  const [startsAt, endsAt] = [instantOf(times.start), instantOf(times.end)]
  const price = await shareOfRound(tx, scope, booking)
  const people = new Set((await listParticipants(tx, scope, booking.id)).map(({ personId }) => personId))
  const { before, after } = type.rules
  const [wide] = occupied(type.plan, [times], { before, after }, zone)
  if (!wide) throw new Error('A round takes its time')
  const during = { start: instantOf(wide.start), end: instantOf(wide.end) }
  const resources = free ? await findResources(tx, scope, booking.id) : []
  await insertRound(
    tx,
    {
      practiceId,
      id,
      bookingId: booking.id,
      ordinal,
      who,
      startsAt,
      endsAt,
      zone,
      placeId: booking.placeId,
      state: free ? 'planned' : 'skipped',
      price: free ? price : 0
    },
    [...people].map(personId => ({
      practiceId,
      appointmentId: id,
      personId,
      uid: newUid(deps.settings),
      sequence: 0,
      revisedAt: now,
      response: 'needs_action' as const
    })),
    resources.map(resourceId => ({ practiceId, appointmentId: id, resourceId, during })),
    free && price > 0 ? dueOf(scope, booking, id, price, startsAt) : undefined
  )
  const written = {
    practiceId,
    appointmentId: id,
    bookingId: booking.id,
    by: 'practice' as const,
    actor: 'system',
    at: now
  }
  if (!free)
    await insertSkip(tx, { ...written, startsAt, band: notFree, counted: false, refund: 0, fee: 0, decideBy: null })
  const subjects = { booking: booking.id, appointment: id }
  await emit(deps, tx, {
    practice: practiceId,
    actor: 'system',
    kind: free ? 'series.extended' : 'series.gap',
    subjects
  })
}

/** What one round costs by the version that was booked. */
async function shareOfRound(tx: Transaction, scope: PracticeScope, booking: Booking): Promise<number> {
  const whole = await findVersion(tx, scope, booking.sessionTypeId, booking.version)
  const run = whole && runOf(whole)
  return (run && sharesOf(run)?.get(0)) ?? 0
}

/** What is owed for a round that found another time after all. */
export async function oweRound(tx: Transaction, scope: PracticeScope, booking: Booking, id: string, dueAt: DateTime) {
  const amount = await shareOfRound(tx, scope, booking)
  if (amount === 0) return
  await setShare(tx, scope, id, amount)
  await insertDue(tx, dueOf(scope, booking, id, amount, dueAt))
}

function dueOf({ practice }: PracticeScope, booking: Booking, appointmentId: string, amount: number, dueAt: DateTime) {
  return {
    practiceId: practice.id,
    id: newId(),
    bookingId: booking.id,
    appointmentId,
    payerId: booking.bookerId,
    reason: 'session' as const,
    amount,
    currency: booking.price.currency,
    dueAt,
    required: false,
    state: 'scheduled' as const
  }
}
