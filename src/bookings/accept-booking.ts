import { type Actor, actorName, signInNeeded } from '../identity/actor.ts'
import { isSameMailbox } from '../identity/address-store.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { stepNeeded } from '../identity/second-step.ts'
import type { Transaction } from '../kernel/database.ts'
import { emit } from '../kernel/events.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { answeredAlready, linkYes, otherAddress, ownAddress } from './acceptance.ts'
import { openAcceptanceLink } from './acceptance-link.ts'
import { noSuchBooking } from './booking.ts'
import { giveYes } from './give-yes.ts'
import { joinBooking } from './join-booking.ts'
import { lockWithResources } from './lock-store.ts'
import { membersOf } from './members.ts'
import { type Answerable, lockAnswerable } from './refuse-acceptance.ts'
import { findBooked } from './store.ts'

/**
 * The other's yes to a suggested time. It is given by a person who has proven an address, and never by a link alone: whoever
 * suggested the time holds the link as well. From then on they take part: an own calendar entry, own mails, own words.
 * @param link what brings somebody to it who is not of the couple yet
 * @throws sign-in-needed; no-such-booking where they are not asked; own-address-needed where it is the booker's;
 * answered-already where somebody else was faster, here or at another time of the same two; nothing-to-answer where it is
 * over, or too late
 */
export async function acceptBooking(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  bookingId: string,
  link: string | undefined
): Promise<void> {
  if (actor.kind !== 'person') throw signInNeeded('Prove an address of your own by a mailed code, then say yes')
  if (!actor.stepped) throw stepNeeded('Give your PIN or use your passkey, then say yes')
  const { person } = actor
  const token = link?.split('/').at(-1)
  const linked = token === undefined ? undefined : await openAcceptanceLink(deps, scope, token)
  await deps.db.transaction(async tx => {
    const ids = await ownIds(tx, scope, person)
    const known = await lockWithResources(tx, scope, bookingId)
    const others = (await membersOf(tx, scope, bookingId)).filter(member => member !== known?.bookerId)
    if (others.some(member => ids.includes(member))) return // They have said so already, whatever came of it.
    const answerable = await lockAnswerable(deps, tx, scope, bookingId)
    await mustBeAsked(tx, scope, answerable, ids, linked)
    if (answerable.yes.answer) throw answeredAlready(otherAddress)
    const { booking, yes } = answerable
    await joinBooking(deps, tx, scope, booking, person)
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: actorName(actor),
      kind: 'booking.accepted',
      subjects: { booking: bookingId, person }
    })
    await giveYes(deps, tx, scope, actor, booking, yes.by)
  })
}

/** By the link, anybody but whoever booked or shares their mailbox, and no therapist of it; else the one member who is asked. */
async function mustBeAsked(
  tx: Transaction,
  scope: PracticeScope,
  { booking, yes }: Answerable,
  ids: readonly string[],
  linked: string | undefined
): Promise<void> {
  const invited = yes.by === linkYes ? linked === booking.id : ids.includes(yes.by)
  if (!invited) throw noSuchBooking('There is no such booking')
  const booked = await findBooked(tx, scope, booking.id)
  const isBooker = ids.includes(booking.bookerId) || (await isSameMailbox(tx, scope, ids, booking.bookerId))
  if (isBooker || [booked?.therapistPerson, booked?.secondPerson].some(person => person && ids.includes(person)))
    throw ownAddress('Each of you says yes with an address of their own: sign in with another one')
}
