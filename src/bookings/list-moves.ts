import type { DateTime } from 'luxon'
import { type Moving, openMoves } from '../availability/choose-move.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { Beside } from '../availability/refit-steps.ts'
import type { SlotsView } from '../availability/schema.ts'
import { hasOpenSteps, isWholeWithSteps, type Plan, standsAlone } from '../catalog/plan.ts'
import { aloneOf } from '../catalog/run.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { findAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { findBooked } from './store.ts'

/** What is moved with one appointment, and by which plan and rules. */
export interface Movable {
  type: SessionType
  /** In order: the appointment alone where it stands apart, else all of its booking. */
  moved: Awaited<ReturnType<typeof findAppointments>>
  moving: Moving
  /** Of what has steps beside it: its plan with those that were taken along, and those that are still to come. They follow where they must. */
  beside?: { plan: Plan; steps: Beside[] } | undefined
}

/** A later appointment of several may lie as far ahead as any, in days … */
const laterHorizon = 730
/** … and asks for a day's notice, in minutes: the longer one is asked of the first start only. */
const laterNotice = 24 * 60

/** The rules by which an appointment gets another time, or a step its first. A step beside whole days has none of theirs. */
export function movingRules({ plan, rules }: Pick<SessionType, 'plan' | 'rules'>, ordinal = 0): SessionType['rules'] {
  if (!plan.apart && standsAlone(plan, ordinal)) return stepRules(rules)
  return plan.apart ? { ...rules, horizon: laterHorizon, notice: Math.min(rules.notice, laterNotice) } : rules
}

/** When a step lies beside what belongs together changes nothing of what is kept of it: nobody need agree for that. */
const keepsNothing: SessionType['policy'] = { bands: [{ notice: { hours: 0 }, keep: { fixed: 0 } }] }

function stepRules(rules: SessionType['rules']): SessionType['rules'] {
  const { perDay, perWeek, minutesPerDay, minutesPerWeek, perMonth, demanding, rest, ...kept } = rules
  return { ...kept, approval: false, horizon: laterHorizon, notice: Math.min(rules.notice, laterNotice) }
}

/** @param appointmentId one of the booking's */
export async function findMoving(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  appointmentId: string
): Promise<Movable> {
  const booked = await findBooked(db, scope, booking.id)
  const whole = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  const all = await findAppointments(db, scope, booking.id)
  const one = all.find(({ id }) => id === appointmentId)
  if (!booked || !whole || !one) throw new Error(`The booking ${booking.id} has lost its session type, or its times`)
  const { ordinal } = one
  const { plan } = booked
  const isAlone = standsAlone(plan, ordinal)
  const terms = isAlone && !plan.apart ? { ...whole, policy: keepsNothing } : whole
  const type = { ...terms, plan: aloneOf(plan, ordinal), rules: movingRules(whole, ordinal) }
  const moved = isAlone ? [one] : all.filter(other => !standsAlone(plan, other.ordinal))
  const beside = isAlone || !isWholeWithSteps(plan) ? undefined : { plan, steps: besideOf(plan, all) }
  const between = isAlone ? betweenOf(plan, all, ordinal) : undefined
  const moving = {
    between,
    appointments: moved.map(({ id }) => id),
    beside: beside?.steps.map(({ id }) => id),
    type,
    therapist: booked.therapistSlug,
    second: booked.secondSlug ?? undefined,
    place: booked.place.slug
  }
  return { type, moved, moving, beside }
}

/** The starts in [from, to) to which an appointment can be moved; its own start is among them. */
export async function listMoves(
  { db, now }: Deps,
  scope: PracticeScope,
  booking: Booking,
  appointmentId: string,
  from: DateTime,
  to: DateTime
): Promise<SlotsView['slots']> {
  if (booking.editionId) return []
  const { moving } = await findMoving(db, scope, booking, appointmentId)
  const window = { from: Math.max(from.toMillis(), now().toMillis()), to: to.toMillis() }
  if (window.from >= window.to) return []
  return (await openMoves(db, scope, moving, window, now().toMillis())).map(viewSlot)
}

/** The steps before and after one, of a plan whose steps keep an order. */
export function betweenOf(plan: Plan, all: Movable['moved'], ordinal: number): Moving['between'] {
  if (!hasOpenSteps(plan)) return undefined
  const others = all.filter(one => one.ordinal !== ordinal && one.state !== 'cancelled')
  const laid = others.map(({ ordinal, startsAt, endsAt }) => ({
    ordinal,
    start: startsAt.toMillis(),
    end: endsAt.toMillis()
  }))
  return { plan, ordinal, laid }
}

/** The steps beside what belongs together that have a time. */
function besideOf(plan: Plan, all: Movable['moved']): Beside[] {
  return all
    .filter(({ ordinal, state }) => state === 'planned' && standsAlone(plan, ordinal))
    .map(({ id, ordinal, startsAt, endsAt }) => ({
      id,
      ordinal,
      start: startsAt.toMillis(),
      end: endsAt.toMillis()
    }))
}
