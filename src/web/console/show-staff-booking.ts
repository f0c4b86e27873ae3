import { noSuchBooking } from '../../bookings/booking.ts'
import { readBooking } from '../../bookings/read-booking.ts'
import { readChanges } from '../../bookings/read-changes.ts'
import { sightOfBooking } from '../../bookings/see-booking.ts'
import { findBooking } from '../../bookings/store.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { type Actor, may } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { shows } from '../../identity/sight.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type Money, moneyText } from '../../kernel/money.ts'
import { priceText, untilText } from '../components/words.ts'
import type { StaffBooking } from './booking.tsx'
import { viewer } from './read-agenda.ts'

/** States in which somebody was expected. */
const attended = new Set(['confirmed', 'completed', 'no_show'])

/** A booking as this member of staff may see it; the look is written down. @throws no-such-booking */
export async function showStaffBooking(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string
): Promise<StaffBooking> {
  const view = await readBooking(deps, scope, actor, id)
  const booking = await findBooking(deps.db, scope, id)
  const [first] = timesOf(view.appointments)
  const [entry] = (await viewer(deps, scope, actor))([view])
  if (!booking || !first || !entry) throw noSuchBooking('There is no such booking')
  const sight = await sightOfBooking(deps, scope, actor, id)
  // To another therapist it is busy time; sums are for those who read the price.
  const acts = shows(sight, 'changes')
  const changed = acts || shows(sight, 'amounts') ? await readChanges(deps, scope, actor, booking) : undefined
  const proposal = acts ? changed?.proposal : undefined
  const cancellation = changed?.cancellation
  return {
    ...entry,
    appointment: first.id,
    amount: view.price && priceText(view.price),
    suggestion: proposal && { ...proposal, start: proposal.startsAt },
    cancelled: cancellation && { by: cancellation.by, sums: view.price && sumsOf(cancellation) },
    client: may(actor, 'read clients') ? view.client : undefined,
    people: view.people ?? [],
    yeses: view.yeses ?? [],
    otherTimes: view.otherTimes ?? [],
    attendable: acts && attended.has(view.state) && first.start <= deps.now() && may(actor, 'record attendance'),
    fee:
      acts && cancellation?.decideBy && cancellation.decideBy > deps.now() && may(actor, 'decide on fees')
        ? { sum: moneyText(cancellation.fee), until: untilText(cancellation.decideBy, scope.practice.zone) }
        : undefined,
    mayVerify: may(actor, 'approve bookings'),
    changeable: acts && view.state === 'confirmed' && first.start > deps.now() && may(actor, 'act on a booking')
  }
}

/** The same for who sees what it costs, and no time. @throws no-such-booking */
export async function showAmounts(deps: Deps, scope: PracticeScope, actor: Actor, id: string) {
  const view = await readBooking(deps, scope, actor, id)
  const booking = await findBooking(deps.db, scope, id)
  const cancellation = view.price && booking && (await readChanges(deps, scope, actor, booking)).cancellation
  return { booking: view, cancelled: cancellation && `Cancelled: ${sumsOf(cancellation)}` }
}

function sumsOf({ refund, fee }: { refund: Money; fee: Money }): string {
  return `${moneyText(refund)} back, ${moneyText(fee)} kept`
}
