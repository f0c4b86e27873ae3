import { awaitsCode, practiceYes } from '../bookings/acceptance.ts'
import { findAcceptances } from '../bookings/acceptance-store.ts'
import { findAppointment } from '../bookings/appointment-store.ts'
import { findCancellation } from '../bookings/cancellation-store.ts'
import { listProposalAnswers } from '../bookings/move-store.ts'
import { findSkip } from '../bookings/skip-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { askTheOther } from './ask-the-other.ts'
import { cancellerOf, isBookers } from './canceller.ts'
import { findBooking, findDeadline, findProposal, type ProposalFacts } from './store.ts'
import { tell, tellBooker, tellParticipants, tellTherapist } from './tell.ts'
import { tellOthers } from './tell-requested.ts'
import type { TemplateName } from './templates.ts'

/** An appointment has a new time: everybody there hears it, and their calendars with them. */
export async function tellMoved(deps: Deps, scope: PracticeScope, booking: string, appointment: string): Promise<void> {
  await tellParticipants(deps, scope, booking, { client: 'moved', staff: 'staff-moved' }, appointment)
}

/**
 * A booking is cancelled: whoever did it hears what it means, anybody else that it will not take place, and neither who
 * nor why. Of a late fee of two the therapist hears that it is theirs to decide.
 */
export async function tellCancelled(deps: Deps, scope: PracticeScope, booking: string): Promise<void> {
  const cancellation = await findCancellation(deps.db, scope, booking)
  const staff = 'staff-cancelled' as const
  if (cancellation?.by === 'practice') await tellParticipants(deps, scope, booking, { client: 'cancelled', staff })
  if (cancellation?.by !== 'client') return
  const { actor, decideBy } = cancellation
  const who = await cancellerOf(deps, scope, booking, actor)
  const own = who && { people: who, template: 'cancelled-mine' as const }
  const booker = who ? 'cancelled-other' : 'cancelled-own'
  await tellParticipants(deps, scope, booking, { booker, own, client: 'cancelled-other', staff })
  if (decideBy) await tellTherapist(deps, scope, booking, 'staff-fee')
}

/**
 * One appointment of several was let fall: as after a cancellation whoever did it hears what it means, and anybody else
 * that it will not take place, neither who nor why.
 */
export async function tellSkipped(
  deps: Deps,
  scope: PracticeScope,
  booking: string,
  appointment: string
): Promise<void> {
  const skip = await findSkip(deps.db, scope, appointment)
  if (!skip) return
  const staff = 'staff-cancelled' as const
  if (skip.by === 'practice')
    return tellParticipants(deps, scope, booking, { client: 'cancelled-one', staff }, appointment)
  const who = await cancellerOf(deps, scope, booking, skip.actor)
  const own = who && { people: who, template: 'cancelled-mine' as const }
  const booker = who ? 'cancelled-other' : 'cancelled-own'
  await tellParticipants(deps, scope, booking, { booker, own, client: 'cancelled-other', staff }, appointment)
  const therapist = skip.decideBy && (await findBooking(deps.db, scope, booking))?.therapistPersonId
  const cause = `staff-fee:${appointment}`
  if (therapist)
    await tell(deps, scope, [{ personId: therapist, template: 'staff-fee', subjectId: appointment, cause }])
}

/**
 * A step was called off, and others gave way with it: each hears of all that was theirs in one mail, and neither who nor why.
 * Of a late one that staff decide on the therapist hears.
 */
export async function tellCalledOff(deps: Deps, scope: PracticeScope, bookingId: string, id: string): Promise<void> {
  const booking = await findBooking(deps.db, scope, bookingId)
  const skip = await findSkip(deps.db, scope, id)
  if (!booking || !skip) return
  const client = skip.by === 'practice' ? ('step-cancelled-by-us' as const) : ('step-cancelled' as const)
  await tellParticipants(deps, scope, bookingId, { client, staff: 'staff-cancelled' }, id)
  const { therapistPersonId: personId } = booking
  const told = { template: 'staff-fee', subjectId: id, cause: `staff-fee:${id}:${skip.at.toMillis()}` } as const
  if (skip.decideBy && personId) await tell(deps, scope, [{ ...told, personId }])
}

/**
 * A time that was never confirmed is free again. Only where a yes was waited for anybody hears of it, for an unpaid hold
 * simply runs out: whoever gave it back that it was done, else that no yes came; and the therapist who was asked that it
 * was withdrawn. Who had paid in that moment hears of their payment instead, for something was charged.
 */
export async function tellExpired(deps: Deps, scope: PracticeScope, booking: string): Promise<void> {
  if (!(await findDeadline(deps.db, scope, booking))) return
  const letGo = await findCancellation(deps.db, scope, booking)
  const isOwn = letGo !== undefined && (await isBookers(deps, scope, booking, letGo))
  const yeses = await findAcceptances(deps.db, scope, booking)
  // Who never gave the code is written to no more: nobody knows whose address it is.
  if (!letGo?.refund && !awaitsCode(yeses)) await tellBooker(deps, scope, booking, isOwn ? 'withdrawn' : 'lapsed')
  await tellOthers(deps, scope, booking, 'lapsed')
  const asked = yeses.some(({ by }) => by === practiceYes) && !awaitsCode(yeses)
  if (letGo && asked) await tellTherapist(deps, scope, booking, 'staff-withdrawn')
}

/** A new time waits for answers: each who is asked hears of it, once; of what one of two wants, the other not without end. */
export async function tellProposed(deps: Deps, scope: PracticeScope, proposalId: string): Promise<void> {
  const proposal = await findProposal(deps.db, scope, proposalId)
  if (!proposal) return
  const asked = (await listProposalAnswers(deps.db, scope, proposalId)).map(({ by }) => by)
  const people = asked.filter(by => by !== practiceYes)
  if (proposal.by === 'practice') await tellAbout(deps, scope, proposal, 'move-asked', people)
  else
    for (const personId of people) {
      const cause = `move-asked:${proposalId}:${personId}`
      await askTheOther(deps, scope, { personId, template: 'move-asked', subjectId: proposalId, cause })
    }
  if (people.length < asked.length) await tellProposalsTherapist(deps, scope, proposal, 'staff-move-asked')
}

/**
 * What came of a proposal: who proposed, or has said yes, hears that it stays, and not whose answer it was. A last yes is told by the move itself, and what
 * was taken back by nobody.
 */
export async function tellAnswered(deps: Deps, scope: PracticeScope, proposalId: string): Promise<void> {
  const proposal = await findProposal(deps.db, scope, proposalId)
  if (proposal?.state !== 'declined' && proposal?.state !== 'lapsed') return
  if (proposal.by === 'practice') await tellProposalsTherapist(deps, scope, proposal, `staff-move-${proposal.state}`)
  const yeses = (await listProposalAnswers(deps.db, scope, proposalId)).filter(({ acceptedAt }) => acceptedAt)
  const hopeful = [...yeses.map(({ by }) => by), ...(proposal.personId ? [proposal.personId] : [])]
  const people = hopeful.filter(by => by !== practiceYes)
  const skipped = (await findAppointment(deps.db, scope, proposal.appointmentId))?.state === 'skipped'
  await tellAbout(deps, scope, proposal, skipped ? 'make-up-stays' : 'move-stays', people)
}

async function tellProposalsTherapist(
  deps: Deps,
  scope: PracticeScope,
  proposal: ProposalFacts,
  template: TemplateName
): Promise<void> {
  const therapist = (await findBooking(deps.db, scope, proposal.bookingId))?.therapistPersonId
  await tellAbout(deps, scope, proposal, template, therapist ? [therapist] : [])
}

async function tellAbout(
  deps: Deps,
  scope: PracticeScope,
  { id }: ProposalFacts,
  template: TemplateName,
  people: readonly string[]
): Promise<void> {
  await tell(
    deps,
    scope,
    people.map(personId => ({ personId, template, subjectId: id, cause: `${template}:${id}:${personId}` }))
  )
}
