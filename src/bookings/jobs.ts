import { practiceScopes } from '../identity/scope.ts'
import type { Reaction, Reactions } from '../kernel/events.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { prolongAwaiting } from './await-calls.ts'
import { cancelSeats } from './cancel-edition.ts'
import { keepEdition } from './keep-edition.ts'
import { cancelAhead } from './leave-couple.ts'
import { refillSeats } from './refill-seats.ts'
import { settle } from './settle.ts'
import { findBooking } from './store.ts'
import { findEntry } from './waitlist-store.ts'
import { walkBulkChange } from './walk-bulk-change.ts'

/** A seat that came free is offered to whoever is next in line. */
const seatFreed: Reaction<PaymentDeps> = async (deps, { practice = '', booking = '' }) => {
  const scope = await practiceScopes(deps).forId(practice)
  const edition = (await findBooking(deps.db, scope, booking))?.editionId
  if (edition) await keepEdition(deps, scope, edition)
}

const refill: Reaction<PaymentDeps> = async (deps, { practice = '', booking = '' }) =>
  refillSeats(deps, await practiceScopes(deps).forId(practice), booking)

/** What happens to a private call keeps the request alive that waits for it. */
const callHappened: Reaction<PaymentDeps> = async (deps, { practice = '', booking = '' }) =>
  prolongAwaiting(deps, await practiceScopes(deps).forId(practice), booking)

export const bookingReactions: Reactions<PaymentDeps> = {
  'checkout.changed': async (deps, { practice = '', attempt = '' }) => {
    await settle(deps, await practiceScopes(deps).forId(practice), attempt)
  },
  'bulk-change.begun': async (deps, { practice = '', change = '' }) => {
    await walkBulkChange(deps, await practiceScopes(deps).forId(practice), change)
  },
  // The process may have died after a couple ended and before all that it kept was cancelled.
  'couple.ended': async (deps, { practice = '', client = '', person = '' }) => {
    const actor = { kind: 'person', person, session: '', stepped: true } as const
    await cancelAhead(deps, await practiceScopes(deps).forId(practice), actor, client)
  },
  'booking.cancelled': async (deps, data) => {
    await seatFreed(deps, data)
    await callHappened(deps, data)
  },
  'booking.expired': seatFreed,
  'booking.declined': seatFreed,
  'booking.confirmed': async (deps, data) => {
    await refill(deps, data)
    await callHappened(deps, data)
  },
  'appointment.moved': callHappened,
  'appointment.attended': callHappened,
  'fee.decided': refill,
  'waitlist.joined': async (deps, { practice = '', entry = '' }) => {
    const scope = await practiceScopes(deps).forId(practice)
    const joined = await findEntry(deps.db, scope, entry)
    if (joined) await keepEdition(deps, scope, joined.editionId)
  },
  'edition.cancelled': async (deps, { practice = '', edition = '' }) =>
    cancelSeats(deps, await practiceScopes(deps).forId(practice), edition)
}
