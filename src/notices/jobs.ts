import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Reaction, Reactions } from '../kernel/events.ts'
import type { NoticeDeps } from './mailer.ts'
import { remind } from './remind.ts'
import { remindToChoose } from './remind-to-choose.ts'
import { sendWaiting } from './send.ts'
import { tell, tellBooker, tellCode, tellParticipants } from './tell.ts'
import { tellCalledOff, tellCancelled, tellExpired, tellSkipped } from './tell-changes.ts'
import { tellLine, tellSeat, tellWaiting } from './tell-line.ts'
import { tellFee, tellRefunded, tellRefundedElsewhere, tellRefundFailed } from './tell-money.ts'
import { tellAnswered, tellMoved, tellProposed } from './tell-moves.ts'
import { tellPartnerAnswered, tellPartnerReplied } from './tell-partner.ts'
import { tellPrivateProposal, tellProposalEnded, tellProposalsAnew } from './tell-proposal.ts'
import { remindOfRequest, tellDeclined, tellRequested } from './tell-requested.ts'
import { tellAskedAgain, tellBoth, tellTogetherDeclined, tellYesSaid } from './tell-together.ts'

/** What is mailed when something happened to a booking. Each may run twice: a cause is told once. */
export const noticeReactions: Reactions<NoticeDeps> = {
  'booking.requested': telling((deps, scope, { booking }) => tellRequested(deps, scope, booking)),
  'booking.code-asked': telling((deps, scope, { code }) => tellCode(deps, scope, code)),
  'address.sign_in-asked': telling((deps, scope, { code }) => tellCode(deps, scope, code, 'sign-in')),
  'address.change_address-asked': telling((deps, scope, { code }) => tellCode(deps, scope, code)),
  'person.session-reused': telling((deps, scope, { person, session, event }) =>
    tell(deps, scope, [{ personId: person, template: 'sign-in-ended', subjectId: session, cause: `reused:${event}` }])
  ),
  'staff.session-reused': telling((deps, scope, { person, session, event }) =>
    tell(deps, scope, [
      { personId: person, template: 'staff-sign-in-ended', subjectId: session, cause: `reused:${event}` }
    ])
  ),
  'person.address-changed': telling(async (deps, scope, { person, told, request }) => {
    await tell(deps, scope, [
      { personId: told, template: 'details-changed', subjectId: request, cause: `details-changed:${request}` }
    ])
    await tellProposalsAnew(deps, scope, person, request)
  }),
  'booking.confirmed': telling(async (deps, scope, { booking, event }) => {
    await tellParticipants(deps, scope, booking, { client: 'confirmed', staff: 'staff-confirmed' })
    await tellSeat(deps, scope, booking, event)
    await remind(deps, scope, booking)
  }),
  'approval.prolonged': telling((deps, scope, { booking }) => remindOfRequest(deps, scope, booking)),
  'booking.approved': telling((deps, scope, { booking }) => tellBooker(deps, scope, booking, 'approved')),
  'booking.declined': telling((deps, scope, { booking }) => tellDeclined(deps, scope, booking)),
  'booking.expired': telling((deps, scope, { booking }) => tellExpired(deps, scope, booking)),
  'booking.cancelled': telling(async (deps, scope, { booking, event }) => {
    await tellCancelled(deps, scope, booking)
    await tellSeat(deps, scope, booking, event)
  }),
  'waitlist.joined': telling((deps, scope, { entry }) => tellWaiting(deps, scope, entry)),
  'waitlist.proven': telling(async (deps, scope, { entry, person }) => {
    if (person) await tellLine(deps, scope, entry, 'line-joined')
  }),
  'waitlist.closed': telling((deps, scope, { entry }) => tellLine(deps, scope, entry, 'line-closed')),
  'seat.offered': telling((deps, scope, { entry }) => tellLine(deps, scope, entry, 'line-offered')),
  'seat.lapsed': telling((deps, scope, { entry }) => tellLine(deps, scope, entry, 'line-lapsed')),
  'series.moved': telling(async (deps, scope, { booking }) => {
    await tellParticipants(deps, scope, booking, { client: 'moved', staff: 'staff-moved' })
    await remind(deps, scope, booking)
  }),
  'series.extended': telling(async (deps, scope, { booking, appointment }) => {
    await tellParticipants(deps, scope, booking, { client: 'confirmed', staff: 'staff-confirmed' }, appointment)
    await remind(deps, scope, booking)
  }),
  'series.gap': telling((deps, scope, { booking, appointment }) =>
    tellParticipants(deps, scope, booking, { client: 'not-free', staff: 'staff-not-free' }, appointment)
  ),
  'series.paused': telling((deps, scope, { booking }) =>
    tellParticipants(deps, scope, booking, { client: 'paused', staff: 'staff-paused' })
  ),
  'appointment.skipped': telling((deps, scope, { booking, appointment }) =>
    tellSkipped(deps, scope, booking, appointment)
  ),
  'step.called-off': telling(async (deps, scope, { booking, appointment }) => {
    await tellCalledOff(deps, scope, booking, appointment)
    await remind(deps, scope, booking)
  }),
  'fee.decided': telling(async (deps, scope, { booking, appointment }) => {
    await tellFee(deps, scope, booking, appointment)
    if (appointment) await remindToChoose(deps, scope, booking, appointment)
  }),
  'booking.refunded': telling((deps, scope, { booking }) => tellRefunded(deps, scope, booking)),
  'refund.external': telling((deps, scope, { booking, refund }) => tellRefundedElsewhere(deps, scope, booking, refund)),
  'refund.failed': telling((deps, scope, { booking, refund }) => tellRefundFailed(deps, scope, booking, refund)),
  'booking.payment-failed': telling((deps, scope, { booking, event }) =>
    tellBooker(deps, scope, booking, 'payment-failed', `payment-failed:${event}`)
  ),
  'appointment.moved': telling(async (deps, scope, { booking, appointment }) => {
    await tellMoved(deps, scope, booking, appointment)
    await remind(deps, scope, booking)
  }),
  'proposal.made': telling((deps, scope, { proposal }) => tellPrivateProposal(deps, scope, proposal)),
  'proposal.declined': telling((deps, scope, { proposal }) => tellProposalEnded(deps, scope, proposal, 'declined')),
  'proposal.lapsed': telling((deps, scope, { proposal }) => tellProposalEnded(deps, scope, proposal, 'lapsed')),
  'appointment.laid': telling(async (deps, scope, { booking, appointment }) => {
    await tellParticipants(deps, scope, booking, { client: 'confirmed', staff: 'staff-confirmed' }, appointment)
    await remind(deps, scope, booking)
  }),
  'move.proposed': telling((deps, scope, { proposal }) => tellProposed(deps, scope, proposal)),
  'move.answered': telling((deps, scope, { proposal }) => tellAnswered(deps, scope, proposal)),
  'partner.answered': telling((deps, scope, { answer, event, message }) =>
    tellPartnerAnswered(deps, scope, answer, event, message)
  ),
  'partner.replied': telling((deps, scope, { answer, message }) => tellPartnerReplied(deps, scope, answer, message)),
  'together.said': telling((deps, scope, { yes }) => tellYesSaid(deps, scope, yes)),
  'together.asked': telling((deps, scope, { beginning }) => tellBoth(deps, scope, beginning, 'together-asked')),
  'together.asked-again': telling((deps, scope, { yes, event }) => tellAskedAgain(deps, scope, yes, event)),
  'together.begun': telling((deps, scope, { beginning }) => tellBoth(deps, scope, beginning, 'together-begun')),
  'together.declined': telling((deps, scope, { yes }) => tellTogetherDeclined(deps, scope, yes)),
  'move.lapsed': telling((deps, scope, { proposal }) => tellAnswered(deps, scope, proposal))
}

type Tell = (deps: NoticeDeps, scope: PracticeScope, ids: Ids) => Promise<unknown>
const names = [
  'booking',
  'appointment',
  'proposal',
  'code',
  'event',
  'refund',
  'answer',
  'message',
  'told',
  'request',
  'yes',
  'beginning',
  'person',
  'session',
  'entry'
] as const
type Ids = Record<(typeof names)[number], string>

/** Writes the rows, then sends them; what cannot be sent now is tried again when the due job asks. */
function telling(tell: Tell): Reaction<NoticeDeps> {
  return async (deps, data) => {
    const scope = await practiceScopes(deps).forId(data.practice ?? '')
    await tell(deps, scope, Object.fromEntries(names.map(name => [name, data[name] ?? ''])) as Ids)
    await sendWaiting(deps, scope)
  }
}
