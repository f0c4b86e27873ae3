import type { DateTime } from 'luxon'
import { hasOpenSteps, type Plan, standsAlone } from '../catalog/plan.ts'
import type { CancellationPolicy } from '../catalog/rules.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { findAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { givingWay, policyOfStep } from './calling-off.ts'
import { mustBeAhead } from './quote-cancellation.ts'
import { notSkippable } from './skipping.ts'
import { findBooked } from './store.ts'

type Appointment = Awaited<ReturnType<typeof findAppointments>>[number]

/** A step that can be called off: what is kept of it by which notice, and what gives way with it. */
export interface Callable {
  step: Appointment
  policy: CancellationPolicy
  gives: Appointment[]
}

/** @throws wrong-state, not-skippable */
export async function findCallable(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  id: string,
  now: DateTime
): Promise<Callable> {
  const type = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  const booked = await findBooked(db, scope, booking.id)
  const all = await findAppointments(db, scope, booking.id)
  const step = all.find(one => one.id === id)
  mustBeAhead(booking, step?.state === 'planned' ? step.startsAt : undefined, now)
  if (!type || !booked || !step || !isCallable(booked.plan, step))
    throw notSkippable('These times are no steps: change, skip or cancel them')
  return { step, policy: policyOfStep({ ...type, plan: booked.plan }), gives: givingWay(booked.plan, all, step, now) }
}

/** Of a booking's appointments those that are called off by themselves, by their ids. */
export async function listCallable(db: Executor, scope: PracticeScope, bookingId: string): Promise<Set<string>> {
  const plan = (await findBooked(db, scope, bookingId))?.plan
  const all = plan && hasOpenSteps(plan) ? await findAppointments(db, scope, bookingId) : []
  return new Set(all.flatMap(one => (plan && isCallable(plan, one) ? [one.id] : [])))
}

/** A step of a programme, or one beside what belongs together: it has a share of the price. */
function isCallable(plan: Plan, { ordinal, price }: Pick<Appointment, 'ordinal' | 'price'>): boolean {
  return hasOpenSteps(plan) && standsAlone(plan, ordinal) && price !== null
}
