import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { lineAsItIs } from './as-it-is.ts'
import { noSuchBooking, wrongState } from './booking.ts'
import { cancel } from './cancel.ts'
import type { By, Cancellation } from './cancellation.ts'
import { noSuchEdition } from './edition.ts'
import { lockEdition } from './edition-store.ts'
import { keepEdition } from './keep-edition.ts'
import { mustLead } from './lead-together.ts'
import { listSeatBookings } from './seat-store.ts'
import { findBooking } from './store.ts'
import { noSuchEntry, notInLine } from './waitlist.ts'
import { findEnds, findEntry, saveEntry } from './waitlist-store.ts'

/**
 * Staff give a couple's seat to another couple that they know. The other goes to the head of the line first, so that
 * nothing that happens in between gives the seat to somebody else; then the seat's booking is cancelled, and the seat is
 * offered like any. Safe to repeat.
 * @param by who cancels: the client, whose bands count then, or the practice, with everything back
 * @throws no-such-booking, no-such-waitlist-entry, not-allowed; not-in-line where the other does not wait, or is not
 * approved; wrong-state where the seat is nobody’s any more
 */
export async function transferSeat(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  bookingId: string,
  { entry: entryId, by, reason }: { entry: string; by: By; reason: string }
): Promise<Cancellation> {
  const booking = await findBooking(deps.db, scope, bookingId)
  const editionId = booking?.editionId
  if (!booking) throw noSuchBooking('There is no such booking')
  if (!editionId) throw wrongState('This booking has no seat of an edition')
  await deps.db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, editionId)
    const entry = await findEntry(tx, scope, entryId)
    if (!edition) throw noSuchEdition('There is no such edition')
    if (entry?.editionId !== editionId) throw noSuchEntry('Nobody of that id waits for these dates')
    mustLead(actor, edition)
    const seats = await listSeatBookings(tx, scope, editionId)
    if (!seats.some(({ id }) => id === bookingId))
      throw wrongState('This seat is free already, and goes to who is next')
    if (entry.state !== 'waiting') throw notInLine(`${lineAsItIs(entry.state)}. Choose a couple that waits`)
    if (!entry.approvedAt) throw notInLine('Approve the couple first: a seat goes to couples that you know')
    const { first } = await findEnds(tx, scope, editionId)
    if (entry.position > first) await saveEntry(tx, scope, entryId, { position: first - 1 })
    const practice = scope.practice.id
    const subjects = [bookingId, entryId]
    await record(tx, deps.now, { practice, actor: actorName(actor), kind: 'seat.transferred', subjects, why: reason })
  })
  const outcome = await cancel(deps, scope, actor, bookingId, { by })
  await keepEdition(deps, scope, editionId)
  return outcome
}
