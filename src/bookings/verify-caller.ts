import { listPartnerCalls, setSpoken } from '../clients/call-store.ts'
import { type Actor, actorName, mustMay } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { noSuchBooking } from './booking.ts'
import { mustBeOwn } from './read-booking.ts'
import { findBooking } from './store.ts'

/**
 * The practice has spoken with whoever booked from a partner's page, and knows who it is. Safe to repeat.
 * @throws no-such-booking, also where it was not made from such a page; not-allowed
 */
export async function verifyCaller(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  mustMay(actor, 'approve bookings')
  await mustBeOwn(deps, scope, actor, id)
  await deps.db.transaction(async tx => {
    const booking = await findBooking(tx, scope, id)
    const [call] = booking ? await listPartnerCalls(tx, scope, [booking.clientId]) : []
    if (!call) throw noSuchBooking('There is no booking from a partner’s page by this id')
    if (call.spokenAt) return
    await setSpoken(tx, scope, call.clientId, deps.now())
    const line = { practice: scope.practice.id, actor: actorName(actor), kind: 'verify', subjects: [id, call.clientId] }
    await record(tx, deps.now, line)
  })
}
