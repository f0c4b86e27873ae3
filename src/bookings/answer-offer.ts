import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { acceptPrivately } from './accept-privately.ts'
import { endProposal } from './end-proposal.ts'
import { openPayment } from './open-payment.ts'
import type { AnsweredView, OfferAnswer } from './private-proposal-schema.ts'
import { openProposalLink } from './read-offer.ts'
import { findBooking } from './store.ts'

/**
 * What the holder of a proposal's link says. An acceptance opens the payment, where one is due, after the times are safe.
 * @param id the booking's
 * @throws no-such-proposal; as acceptPrivately and endProposal
 */
export async function answerOffer(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  token: string,
  answer: OfferAnswer,
  id: string
): Promise<AnsweredView> {
  const full = await openProposalLink(deps, scope, token)
  if (answer.answer === 'decline') {
    await endProposal(deps, scope, actor.kind === 'staff' ? actor : { kind: 'anonymous' }, full, 'declined')
    return { state: 'declined' }
  }
  const { token: opens, partnerLink } = await acceptPrivately(deps, scope, full, answer, id)
  const booking = await findBooking(deps.db, scope, id)
  const payment = booking?.state === 'held' ? await openPayment(deps, scope, id) : null
  return { state: 'accepted', booking: id, token: opens, payment, ...(partnerLink && { partnerLink }) }
}
