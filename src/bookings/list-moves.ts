import type { DateTime } from 'luxon'
import { type Moving, openMoves } from '../availability/choose-move.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { SlotsView } from '../availability/schema.ts'
import { hasOpenSteps, type Plan } from '../catalog/plan.ts'
import { aloneOf } from '../catalog/run.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Booking } from './booking.ts'
import { findAppointments, findBooked } from './store.ts'

/** What is moved with one appointment, and by which plan and rules. */
export interface Movable {
  type: SessionType
  /** In order: the appointment alone where it stands apart, else all of its booking. */
  moved: Awaited<ReturnType<typeof findAppointments>>
  moving: Moving
}

/** A later appointment of several may lie as far ahead as any, in days … */
const laterHorizon = 730
/** … and asks for a day's notice, in minutes: the longer one is asked of the first start only. */
const laterNotice = 24 * 60

/** The rules by which an appointment gets another time, or a step its first. */
export function movingRules({ plan, rules }: Pick<SessionType, 'plan' | 'rules'>): SessionType['rules'] {
  return plan.apart ? { ...rules, horizon: laterHorizon, notice: Math.min(rules.notice, laterNotice) } : rules
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
  const { apart } = whole.plan
  const type = { ...whole, plan: aloneOf(whole.plan, one.ordinal), rules: movingRules(whole) }
  const moved = apart ? [one] : all
  const between = betweenOf(whole.plan, all, one.ordinal)
  const moving = {
    between,
    appointments: moved.map(({ id }) => id),
    type,
    therapist: booked.therapistSlug,
    second: booked.secondSlug ?? undefined,
    place: booked.place.slug
  }
  return { type, moved, moving }
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
