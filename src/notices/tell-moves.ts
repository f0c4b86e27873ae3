import { practiceYes } from '../bookings/acceptance.ts'
import { findAppointment } from '../bookings/appointment-store.ts'
import { listProposalAnswers } from '../bookings/move-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { askTheOther } from './ask-the-other.ts'
import { findBooking, findProposal, type ProposalFacts, therapistsOf } from './store.ts'
import { tell, tellParticipants } from './tell.ts'
import type { TemplateName } from './templates.ts'

/** An appointment has a new time: everybody there hears it, and their calendars with them. */
export async function tellMoved(deps: Deps, scope: PracticeScope, booking: string, appointment: string): Promise<void> {
  await tellParticipants(deps, scope, booking, { client: 'moved', staff: 'staff-moved' }, appointment)
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
  const booking = await findBooking(deps.db, scope, proposal.bookingId)
  await tellAbout(deps, scope, proposal, template, booking ? therapistsOf(booking) : [])
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
