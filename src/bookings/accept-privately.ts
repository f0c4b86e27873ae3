import { overrides } from '../availability/override.ts'
import { queueFor } from '../availability/queue-store.ts'
import { isAfterCalls, type SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import { ownIds, readRecipient } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { invalid } from '../kernel/problem.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { slotTaken, termsChanged } from './booking.ts'
import { chooseFree } from './choose-free.ts'
import { giveOwnYes } from './give-own-yes.ts'
import { isOpen, proposalOver } from './private-proposal.ts'
import type { OfferAnswer } from './private-proposal-schema.ts'
import { deleteKept, type FullProposal, lockProposal, saveProposal } from './proposal-store.ts'
import { type Made, readerOf } from './resume.ts'
import { take } from './take.ts'

type Accepted = Pick<Made, 'token' | 'partnerLink'> & { id: string }

/**
 * Whoever holds the link takes one of the times, for the person it was offered to: a booking at the proposal's price, to
 * which the practice has said yes already, but where a private call with each comes first and was not held: then the other
 * of the two is asked in any case. Of two who accept at once one is first; a time that was not kept may be gone.
 * @param id the booking's
 * @returns the booking's id, the token that opens it for a day, and the other's page, where one is asked by it
 * @throws proposal-over, slot-taken, terms-changed; invalid-input where that time was not proposed
 */
export async function acceptPrivately(
  deps: PaymentDeps,
  scope: PracticeScope,
  full: FullProposal,
  { start, consent }: Extract<OfferAnswer, { answer: 'accept' }>,
  id = newId()
): Promise<Accepted> {
  const { termsVersion } = scope.practice
  if (consent.termsVersion !== termsVersion) throw termsChanged(`Read version ${termsVersion} and agree to it`)
  const { proposal, therapist, place, starts } = full
  if (!starts.some(one => one.equals(start.toUTC())))
    throw invalid([{ pointer: '/start', detail: 'Choose one of the times that were proposed' }])
  const type = await typeOf(deps, scope, full)
  const { personId } = proposal
  const { email } = await readRecipient(deps, deps.db, scope, personId)
  const booker = { id: personId, email, own: await ownIds(deps.db, scope, personId) }
  const actor = readerOf({ id, bookerId: personId })
  return deps.db
    .transaction(async tx => {
      await lockOpen(deps, tx, scope, full)
      // What was kept is kept for this.
      await deleteKept(tx, scope, proposal.id)
      const at = { slug: type.slug, start: start.toMillis(), therapist: therapist.slug, place: place.slug }
      const { chosen } = await chooseFree(
        deps,
        tx,
        scope,
        { ...at, forStaff: { override: overrides, type } },
        undefined
      )
      if (chosen.verdict !== 'free') throw slotTaken('Choose another of the times, or ask us')
      const whose = { id, holder: undefined, booker, forCaller: { pays: 'link' as const, told: false } }
      const asked = { together: isAfterCalls(type) }
      const { token, partnerLink } = await take(deps, tx, scope, actor, asked, type, chosen, whose)
      const meant = { client: proposal.clientId ?? undefined, spoken: proposal.spokenWithEach }
      await giveOwnYes(deps, tx, scope, actor, id, type, meant)
      await saveProposal(tx, scope, proposal.id, { state: 'accepted', answeredAt: deps.now(), bookingId: id })
      const happening = { practice: scope.practice.id, actor: `booking:${id}`, kind: 'proposal.accepted' }
      await emit(deps, tx, { ...happening, subjects: { proposal: proposal.id, booking: id } })
      return { id, token, partnerLink }
    })
    .catch(error => {
      if (!constraintOf(error)?.startsWith('occupancy_once')) throw error
      throw slotTaken('Choose another of the times, or ask us')
    })
}

/** The session type in the version that was proposed, at the proposal's own price. */
export async function typeOf(
  { db }: Pick<Deps, 'db'>,
  scope: PracticeScope,
  { proposal }: FullProposal
): Promise<SessionType> {
  const { sessionTypeId, version, price: amount, currency } = proposal
  const type = await findVersion(db, scope, sessionTypeId, version)
  if (!type) throw new Error(`The proposal ${proposal.id} has lost its session type`)
  return { ...type, price: { amount, currency } }
}

/** Therapist and room first, then the proposal: the one order of locks. @throws proposal-over */
export async function lockOpen(
  { now }: Pick<Deps, 'now'>,
  tx: Transaction,
  scope: PracticeScope,
  { proposal, place }: FullProposal
): Promise<void> {
  await queueFor(tx, scope, [proposal.therapistId, ...(place.roomId ? [place.roomId] : [])])
  const locked = await lockProposal(tx, scope, proposal.id)
  if (!locked || !isOpen(locked, now())) throw proposalOver('It was answered, or its time is over. Ask us, if you like')
}
