import { lockClient } from '../clients/client-store.ts'
import { allIds, readRecipient } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { newId } from '../kernel/ids.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { answered, mustAgree } from './book.ts'
import { laySeat, oneSeatEach } from './choose-seat.ts'
import { isOffered, noSuchEdition } from './edition.ts'
import { lockEdition } from './edition-store.ts'
import { theEntry } from './leave-waitlist.ts'
import { acceptedRows, findOpenOffer } from './offer-store.ts'
import { type Made, resume } from './resume.ts'
import type { BookedView } from './schema.ts'
import { take } from './take.ts'
import { notMeetOf } from './unmet-store.ts'
import { moveEntry, noSuchEntry, offerOver } from './waitlist.ts'
import type { OfferAcceptance } from './waitlist-schema.ts'
import { findEntry } from './waitlist-store.ts'
import { mustHaveNoSeat } from './where-there.ts'

/**
 * Takes the seat that is kept for whoever waits: a booking as any other, paid at once where the practice has said yes
 * before, else a request. What is asked of everybody else, how soon and how far ahead, is not asked of a seat that was
 * offered.
 * @param id the booking's: one that is there already was made by an earlier run of the same request, and is answered
 * @throws no-such-waitlist-entry, no-such-edition; offer-over where the deadline has passed, even by an instant, or there
 * was no offer; terms-changed, already-coming
 */
export async function acceptOffer(
  deps: PaymentDeps,
  scope: PracticeScope,
  token: string,
  request: OfferAcceptance,
  { id = newId() }: { id?: string | undefined } = {}
): Promise<BookedView> {
  const { id: entryId, editionId, personId } = await theEntry(deps, scope, token)
  const { email } = await readRecipient(deps, deps.db, scope, personId)
  const made = await deps.db
    .transaction<Made>(async tx => {
      const edition = await lockEdition(tx, scope, editionId)
      const entry = await findEntry(tx, scope, entryId)
      if (!entry) throw noSuchEntry('There is no such place in line')
      // Dates that were closed meanwhile take nobody new; what was offered before is kept until its deadline.
      if (!edition || !(isOffered(edition) || edition.state === 'closed'))
        throw noSuchEdition('These dates are not offered any more')
      const offer = await findOpenOffer(tx, scope, entryId)
      if (!offer || offer.expiresAt <= deps.now()) throw offerOver('Nothing was charged. You can ask to wait again')
      // A couple that has ended waits for nothing: who leaves it in this moment waits, or was first.
      if ((await lockClient(tx, scope, entry.clientId))?.closedAt) throw offerOver('You can ask to wait again')
      const seat = await laySeat(tx, scope, edition)
      mustAgree(scope, request, seat.type)
      const booker = { id: personId, email, own: await allIds(tx, scope, personId) }
      await mustHaveNoSeat(tx, scope, editionId, booker.own)
      const accepted = { ...moveEntry(entry, 'accepted'), endedAt: deps.now(), bookingId: id }
      const whose = { id, holder: undefined, booker, edition: editionId, approved: entry.approvedAt !== null }
      return take(deps, tx, scope, { kind: 'anonymous' }, request, seat.type, seat, {
        ...whose,
        also: clientId => [...acceptedRows(scope, accepted), ...notMeetOf(scope, entry, booker.own, clientId)]
      })
    })
    .catch(async error => {
      const earlier = await resume(deps, scope, id)
      return earlier ?? oneSeatEach(error)
    })
  return answered(deps, scope, made)
}
