import { type Refit, refitSteps } from '../availability/refit-steps.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Booking } from './booking.ts'
import type { Movable } from './list-moves.ts'
import { isOwn, whoseOf } from './own-times.ts'

/** What follows a move, as one of the people of a booking may know it. */
export interface Follows {
  /** The steps that they take part in: those that must go elsewhere, and where. */
  own: Refit[]
  /** There is a step of the other's own. Whether it must go elsewhere would tell when it is. */
  others: boolean
}

/** What would follow if that to which steps belong were laid at another start. Nothing is taken. */
export async function listFollows(
  { db, now }: Deps,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  { moving, beside }: Movable,
  start: Booking['createdAt']
): Promise<Follows> {
  if (!beside) return { own: [], others: false }
  const whose = await whoseOf(db, scope, actor, booking)
  const { segments } = beside.plan
  const isTheirs = (ordinal: number) => isOwn(segments[ordinal]?.who ?? 'both', whose)
  const refits = await refitSteps(db, scope, moving, beside, start.toMillis(), now().toMillis())
  return {
    own: refits.filter(({ step }) => isTheirs(step.ordinal)),
    others: booking.steps.some(ordinal => !isTheirs(ordinal))
  }
}
