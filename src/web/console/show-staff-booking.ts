import type { DateTime } from 'luxon'
import { findAppointments } from '../../bookings/appointment-store.ts'
import { type Booking, noSuchBooking } from '../../bookings/booking.ts'
import { listCallable } from '../../bookings/callable.ts'
import { listAbsences, listConflicts } from '../../bookings/conflict-store.ts'
import { findUndecidedSkip } from '../../bookings/decide-fee.ts'
import { findEdition } from '../../bookings/edition-store.ts'
import { readNotMeet } from '../../bookings/not-meet.ts'
import { readBooking } from '../../bookings/read-booking.ts'
import { readBookingCalls } from '../../bookings/read-calls.ts'
import { readChanges } from '../../bookings/read-changes.ts'
import { sightOfBooking } from '../../bookings/see-booking.ts'
import { findBooking } from '../../bookings/store.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { hasOpenSteps } from '../../catalog/plan.ts'
import { findVersion } from '../../catalog/store.ts'
import { type Actor, may } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { shows } from '../../identity/sight.ts'
import type { Deps } from '../../kernel/deps.ts'
import { moneyText } from '../../kernel/money.ts'
import { priceText, untilText } from '../components/words.ts'
import { tiedIn } from '../site/tied.ts'
import { cameTo } from './came-to.ts'
import { viewer } from './read-agenda.ts'
import { sumsOf } from './show-amounts.ts'
import type { StaffBooking } from './staff-booking.ts'
import { aloneText, comersOf, openStepsOf } from './whose.ts'

/** States in which somebody was expected. */
const attended = new Set(['confirmed', 'completed', 'no_show'])

/** A booking as this member of staff may see it; the look is written down. @throws no-such-booking */
export async function showStaffBooking(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  which?: string
): Promise<StaffBooking> {
  const view = await readBooking(deps, scope, actor, id)
  const booking = await findBooking(deps.db, scope, id)
  const now = deps.now()
  const plan = view.sessionType !== undefined && booking ? await planOf(deps, scope, booking) : undefined
  const hasSteps = plan !== undefined && hasOpenSteps(plan)
  const stepwise = hasSteps && plan.apart === true
  const standing = timesOf(view.appointments)
  // Where every step was called off, the first is told by the time that it had.
  const times = standing.length > 0 || !stepwise || !booking ? standing : await formerTimes(deps, scope, booking)
  const repeats = typeof booking?.every === 'number' && times.length > 1
  const isSeries = repeats || hasSteps
  const isAhead = ({ state, start }: (typeof times)[number]) => state === 'planned' && start > now
  const next = isSeries ? (times.find(({ state, end }) => state === 'planned' && end > now) ?? times[0]) : times[0]
  const first = (isSeries && times.find(one => one.id === which)) || next
  const entry = (await viewer(deps, scope, actor))([{ ...view, appointments: times }]).find(
    ({ appointment }) => appointment === first?.id
  )
  if (!booking || !first || !entry) throw noSuchBooking('There is no such booking')
  const sight = await sightOfBooking(deps, scope, actor, id)
  // To another therapist it is busy time; sums are for those who read the price.
  const acts = shows(sight, 'changes')
  const changed = acts || shows(sight, 'amounts') ? await readChanges(deps, scope, actor, booking) : undefined
  const proposal = acts ? changed?.proposal : undefined
  const cancellation = changed?.cancellation
  const callable = await listCallable(deps.db, scope, id)
  const conflicts = acts ? await listConflicts(deps.db, scope, now, { booking: id, asked: true }) : []
  const tied = plan ? tiedIn(plan, await findAppointments(deps.db, scope, id)) : new Set<string>()
  const absences = acts && isSeries ? await listAbsences(deps.db, scope, now, undefined) : []
  return {
    ...entry,
    alone: aloneText(view, first.who),
    times: isSeries ? [first] : times,
    link: standing.find(({ link }) => link)?.link,
    byPractice: booking.byPractice,
    series: isSeries
      ? bySoonest(times).map(one => ({
          ...one,
          off: one.state === 'skipped' || one.state === 'cancelled',
          ahead: isAhead(one),
          alone: aloneText(view, one.who),
          tied: tied.has(one.id),
          callable: callable.has(one.id),
          conflict: conflicts.some(({ appointment }) => appointment === one.id)
        }))
      : [],
    openSteps: openStepsOf(view),
    calls: acts && entry.mayAnswer ? await readBookingCalls(deps, scope, actor, id) : [],
    repeats,
    paused: acts && !!booking.pausedFrom && view.state === 'confirmed' && may(actor, 'act on a booking'),
    away: conflicts.length > 0 && (!isSeries || view.state === 'requested'),
    absent: absences.some(absence => absence.booking === id),
    amount: view.price && priceText(view.price),
    suggestion: proposal,
    cancelled: cancellation && { by: cancellation.by, sums: view.price && sumsOf(cancellation) },
    client: may(actor, 'read clients') ? view.client : undefined,
    people: await cameTo(deps, scope, first.id, id, view.people),
    yeses: view.yeses ?? [],
    otherTimes: view.otherTimes ?? [],
    notMeet: await notMeetOf(deps, scope, actor, booking),
    attendable:
      acts && attended.has(view.state) && first.start <= deps.now() && may(actor, 'record attendance')
        ? comersOf(view.people, first.who)
        : [],
    fee: acts && may(actor, 'decide on fees') ? await feeOf(deps, scope, booking, cancellation) : undefined,
    mayVerify: may(actor, 'approve bookings'),
    changeable:
      acts &&
      view.state === 'confirmed' &&
      (isSeries
        ? times.some(isAhead) || stepwise || view.appointments.some(one => 'open' in one)
        : first.start > now) &&
      may(actor, 'act on a booking')
  }
}

/** What only whoever leads the dates reads of a seat. */
async function notMeetOf(deps: Deps, scope: PracticeScope, actor: Actor, { editionId, clientId }: Booking) {
  const edition = editionId ? await findEdition(deps.db, scope, editionId) : undefined
  return edition && (await readNotMeet(deps, scope, actor, edition)).get(clientId)
}

async function planOf({ db }: Deps, scope: PracticeScope, { sessionTypeId, version }: Booking) {
  return (await findVersion(db, scope, sessionTypeId, version))?.plan
}

async function formerTimes({ db }: Deps, scope: PracticeScope, { id }: Booking) {
  const rows = await findAppointments(db, scope, id)
  return rows.map(({ id, startsAt, endsAt, state, who }) => ({ id, start: startsAt, end: endsAt, state, who }))
}

/** The late fee that waits for a word: of all of it, or of one appointment that was skipped. */
async function feeOf(
  { db, now }: Deps,
  scope: PracticeScope,
  { id, price }: Booking,
  cancellation: Awaited<ReturnType<typeof readChanges>>['cancellation']
): Promise<StaffBooking['fee']> {
  const skip = await findUndecidedSkip(db, scope, id)
  const open = cancellation?.decideBy
    ? cancellation
    : skip && { fee: { ...price, amount: skip.fee }, decideBy: skip.decideBy }
  if (!open?.decideBy || open.decideBy <= now()) return undefined
  return { sum: moneyText(open.fee), until: untilText(open.decideBy, scope.practice.zone) }
}

/** Steps before private days have numbers after theirs: staff reads them in the order of the calendar. */
function bySoonest<Time extends { start: DateTime }>(times: readonly Time[]): Time[] {
  return times.toSorted((one, other) => one.start.toMillis() - other.start.toMillis())
}
