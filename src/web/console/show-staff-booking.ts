import { noSuchBooking } from '../../bookings/booking.ts'
import { readBooking } from '../../bookings/read-booking.ts'
import { readChanges } from '../../bookings/read-changes.ts'
import { sightOfBooking } from '../../bookings/see-booking.ts'
import { findBooking } from '../../bookings/store.ts'
import { type Actor, may } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { shows } from '../../identity/sight.ts'
import type { Deps } from '../../kernel/deps.ts'
import { moneyText } from '../../kernel/money.ts'
import { priceText } from '../components/words.ts'
import type { StaffBooking } from './booking.tsx'
import { viewer } from './read-agenda.ts'

/** A booking as this member of staff may see it; the look is written down. @throws no-such-booking */
export async function showStaffBooking(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string
): Promise<StaffBooking> {
  const view = await readBooking(deps, scope, actor, id)
  const booking = await findBooking(deps.db, scope, id)
  const [first] = view.appointments
  const [entry] = (await viewer(deps, scope, actor))([view])
  if (!booking || !first || !entry) throw noSuchBooking('There is no such booking')
  const sight = await sightOfBooking(deps, scope, actor, id)
  const changed =
    shows(sight, 'changes') || shows(sight, 'amounts') ? await readChanges(deps, scope, booking) : undefined
  const proposal = shows(sight, 'changes') ? changed?.proposal : undefined
  const cancellation = changed?.cancellation
  return {
    ...entry,
    appointment: first.id,
    amount: view.price && priceText(view.price),
    suggestion: proposal && { start: proposal.startsAt, by: proposal.by, expiresAt: proposal.expiresAt },
    cancelled: cancellation && {
      by: cancellation.by,
      sums: view.price && `${moneyText(cancellation.refund)} back, ${moneyText(cancellation.fee)} kept`
    },
    changeable:
      shows(sight, 'changes') &&
      view.state === 'confirmed' &&
      first.start > deps.now() &&
      may(actor, 'act on a booking')
  }
}
