import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import { record } from '../kernel/audit.ts'
import { constraintOf, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { emit } from '../kernel/events.ts'
import { practiceYes } from './acceptance.ts'
import { slotTaken } from './booking.ts'
import { layProposed } from './lay-proposed.ts'
import { isLetFall, type Locked, withAppointment, withSkipped } from './lock-appointment.ts'
import { lockWithResources } from './lock-store.ts'
import { membersAt, voiceOf } from './members.ts'
import {
  acceptProposal,
  closeProposals,
  findLapsedProposals,
  findOpenProposal,
  listProposalAnswers
} from './move-store.ts'
import { noProposal } from './moving.ts'
import { refreshBefore } from './refresh-before.ts'

/**
 * An answer to a proposed time, or to several that go together. The last yes moves what it is about if the time is still
 * free; any no leaves all as it is.
 * Minimum notice is not asked again: what was proposed in time can be accepted until its own deadline.
 * Whoever proposed may take it back by a no.
 * @throws no-proposal where none waits (any more); slot-taken with alternatives where the time has gone: it still waits
 */
export async function answerMove(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  appointmentId: string,
  accept: boolean
): Promise<'moved' | 'proposed' | 'unchanged'> {
  if (accept) await refreshBefore(deps, scope, appointmentId)
  const answer = (tx: Transaction, locked: Locked) => answerLocked(deps, tx, scope, actor, locked, accept)
  const moved = (await isLetFall(deps, scope, appointmentId))
    ? withSkipped(deps, scope, appointmentId, answer)
    : withAppointment(deps, scope, appointmentId, answer)
  return moved.catch(error => {
    if (constraintOf(error)?.startsWith('occupancy_once')) throw slotTaken('Choose another time')
    throw error
  })
}

/** The same, of an appointment that is locked. */
export async function answerLocked(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  locked: Locked,
  accept: boolean
): Promise<'moved' | 'proposed' | 'unchanged'> {
  const { booking, appointment } = locked
  const proposal = await findOpenProposal(tx, scope, appointment.id)
  const now = deps.now()
  if (!proposal || proposal.expiresAt <= now) throw noProposal('Without an answer the appointment stays as it is')
  const voice = await voiceOf(tx, scope, actor, await membersAt(tx, scope, booking.id, appointment.id))
  const own = voice === (proposal.personId ?? practiceYes)
  if (own && accept) throw noProposal('The other answers it: you can only take it back')
  const yeses = await listProposalAnswers(tx, scope, proposal.id)
  const asked = yeses.find(({ by }) => by === voice)
  if (!voice || (!own && !asked)) throw noProposal('It waits for somebody else’s answer')
  if (accept) await acceptProposal(tx, scope, proposal.id, voice, now)
  // The other clients, or the practice, are still asked: until the last yes nothing changes.
  if (accept && yeses.some(yes => yes !== asked && !yes.acceptedAt)) return 'proposed'
  const state = own ? 'withdrawn' : accept ? 'accepted' : 'declined'
  await closeProposals(tx, scope, { appointment: appointment.id }, state, now)
  const practice = scope.practice.id
  const name = actorName(actor)
  if (actor.kind === 'staff')
    await record(tx, deps.now, { practice, actor: name, kind: `move-${state}`, subjects: [booking.id] })
  if (state === 'accepted') await layProposed(deps, tx, scope, actor, locked, proposal)
  const subjects = { booking: booking.id, appointment: appointment.id, proposal: proposal.id }
  await emit(deps, tx, { practice, actor: name, kind: 'move.answered', subjects })
  return accept ? 'moved' : 'unchanged'
}

/** Ends the proposals that nobody answered in time: the appointments stay as they are. Asked each minute. */
export async function lapseMoves(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findLapsedProposals(deps.db, deps.now()), async ({ practice, appointment, booking }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(async tx => {
      await lockWithResources(tx, scope, booking)
      const proposal = await findOpenProposal(tx, scope, appointment)
      if (!proposal || proposal.expiresAt > deps.now()) return
      await closeProposals(tx, scope, { appointment }, 'lapsed', deps.now())
      const subjects = { booking, appointment, proposal: proposal.id }
      await emit(deps, tx, { practice, actor: 'system', kind: 'move.lapsed', subjects })
    })
  })
}
