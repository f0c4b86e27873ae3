import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { practiceYes } from './acceptance.ts'
import { answerAcceptance, findAcceptances } from './acceptance-store.ts'
import { findAppointments } from './appointment-store.ts'
import { asItIs } from './as-it-is.ts'
import { type Booking, noSuchBooking, wrongState } from './booking.ts'
import { mustHaveCalls, wantsCalls } from './calls.ts'
import { endBooking } from './end-booking.ts'
import { giveYes } from './give-yes.ts'
import { lockWithResources } from './lock-store.ts'
import { mustBeOwn } from './read-booking.ts'
import { noCalls, noteSpoken, onlyOwn } from './spoken.ts'

/** Of what nobody is asked about, or was answered already. */
const answered = { held: 'it waits for no answer', confirmed: 'it waits for no answer' }

/**
 * The practice's answer to a requested booking, side by side with the other member's where one is asked. A no ends it and
 * frees its times. Nothing was charged.
 * @param answer.spokenWithEach of what the practice itself booked or proposed: a therapist has spoken with each, in the
 * place of the calls
 * @throws invalid-input where that is said of anything else; no-such-booking; wrong-state where it was answered or its deadline is over, or does not wait for the practice;
 * calls-first where a private call with each comes first
 */
export async function approve(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  {
    approved,
    note,
    spokenWithEach
  }: { approved: boolean; note?: string | undefined; spokenWithEach?: true | undefined }
): Promise<void> {
  await mustBeOwn(deps, scope, actor, id)
  await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (!booking) throw noSuchBooking('There is no such booking')
    if (booking.state !== 'requested') throw wrongState(asItIs(booking.state, answered))
    const asked = (await findAcceptances(tx, scope, id)).find(({ by }) => by === practiceYes)
    if (!asked || asked.answer) throw wrongState('This booking does not wait for the practice')
    const now = deps.now()
    if (asked.deadline <= now) throw wrongState('The time for an answer is over: this request lapses')
    const [first] = await findAppointments(tx, scope, id)
    if (!first || first.startsAt <= now) throw wrongState('This time has begun: it can no longer be approved')
    if (spokenWithEach) await maySpeakFor(tx, scope, booking, approved)
    if (spokenWithEach) await noteSpoken(deps, tx, scope, actor, id)
    else if (approved) await mustHaveCalls(tx, scope, booking, now)
    const practice = scope.practice.id
    const audited = { practice, actor: actorName(actor), kind: approved ? 'approved' : 'declined', subjects: [id] }
    await record(tx, deps.now, { ...audited, ...(note && { why: note }) })
    if (approved) return giveYes(deps, tx, scope, actor, booking, practiceYes)
    await answerAcceptance(tx, scope, id, practiceYes, 'decline', now)
    await endBooking(deps, tx, scope, booking, 'declined', actorName(actor))
  })
}

/** @throws invalid-input where a therapist's word cannot stand in the place of the calls */
async function maySpeakFor(tx: Transaction, scope: PracticeScope, booking: Booking, approved: boolean): Promise<void> {
  if (!approved || !(await wantsCalls(tx, scope, booking))) throw noCalls()
  if (!booking.byPractice) throw onlyOwn()
}
