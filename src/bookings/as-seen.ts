import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { shows } from '../identity/sight.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import type { Booking } from './booking.ts'
import { sightOfBooking } from './see-booking.ts'
import { seesPayment } from './standing.ts'

/** The notice is for who pays and for staff: of two, the other does not learn what may be due. Sums are for those who see amounts. */
export async function asSeen<
  T extends { refund: Money; fee: Money; owed?: Money | undefined; band: string; decideBy?: DateTime | undefined }
>(deps: Deps, scope: PracticeScope, actor: Actor, booking: Booking, { refund, fee, owed, band, decideBy, ...rest }: T) {
  if (!(await seesPayment(deps.db, scope, actor, booking))) return rest
  const sums = shows(await sightOfBooking(deps, scope, actor, booking.id), 'amounts')
  return { ...rest, band, ...(sums && { refund, fee, ...(owed && { owed }), ...(decideBy && { decideBy }) }) }
}
