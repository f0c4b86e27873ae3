import type { DateTime } from 'luxon'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { practiceYes } from './acceptance.ts'
import type { Locked } from './lock-appointment.ts'
import { findOpenProposal, insertProposal, insertProposalAnswers, listProposalAnswers } from './move-store.ts'
import { answerBy } from './moving.ts'
import { insertProposalTimes, type KeptStretch, listProposalTimes, type ProposedTime } from './proposed-store.ts'
import { byOf } from './quote-cancellation.ts'
import { findResources } from './store.ts'

/** Who proposes a new time, and whose yes it waits for. */
export interface Asking {
  /** The client, by their person's id; undefined for the practice. */
  proposer: string | undefined
  yeses: readonly string[]
  /** The old times besides the appointment's own that must not come before the answer. */
  old: readonly DateTime[]
}

/** New times that go together, and what each takes. They are kept until the answer. */
export type Together = readonly (ProposedTime & { during: KeptStretch['during'] })[]

/** Writes down that a new time is wanted, and whose yes it waits for: each of them is told. */
export async function proposeMove(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  { booking, appointment }: Pick<Locked, 'booking' | 'appointment'>,
  start: DateTime,
  { proposer, yeses, old }: Asking,
  together: Together = []
): Promise<void> {
  const now = deps.now()
  const { practice } = scope
  const id = newId()
  const starts = [...old, start, ...together.map(({ startsAt }) => startsAt)]
  await insertProposal(tx, {
    practiceId: practice.id,
    id,
    bookingId: booking.id,
    appointmentId: appointment.id,
    startsAt: start,
    by: byOf(actor),
    personId: proposer ?? null,
    actor: actorName(actor),
    createdAt: now,
    expiresAt: answerBy(yeses, now, starts, practice.zone),
    state: 'open'
  })
  await insertProposalAnswers(tx, scope, id, yeses)
  if (together.length > 0) {
    const resources = await findResources(tx, scope, booking.id)
    const times = together.map(({ appointmentId, startsAt }) => ({ appointmentId, startsAt }))
    const kept = together.flatMap(({ during }) => resources.map(resourceId => ({ resourceId, during })))
    await insertProposalTimes(tx, scope, id, times, kept)
  }
  const subjects = { booking: booking.id, appointment: appointment.id, proposal: id }
  await emit(deps, tx, { practice: practice.id, actor: actorName(actor), kind: 'move.proposed', subjects })
}

/**
 * Whether the same times wait for an answer already, as this voice's own wish or for its yes.
 * @param together the times that go with it; none where it is moved by itself
 */
export async function wishFor(
  { now }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  appointment: string,
  start: DateTime,
  voice: string | undefined,
  together: readonly ProposedTime[] = []
): Promise<'own' | 'asked' | undefined> {
  const waiting = await findOpenProposal(tx, scope, appointment)
  if (!waiting?.startsAt.equals(start.toUTC()) || waiting.expiresAt <= now()) return undefined
  if (!isSame(await listProposalTimes(tx, scope, waiting.id), together)) return undefined
  if (voice === (waiting.personId ?? practiceYes)) return 'own'
  return (await listProposalAnswers(tx, scope, waiting.id)).some(({ by }) => by === voice) ? 'asked' : undefined
}

function isSame(some: readonly ProposedTime[], others: readonly ProposedTime[]): boolean {
  const text = (times: readonly ProposedTime[]) =>
    times
      .map(({ appointmentId, startsAt }) => `${appointmentId} ${startsAt.toMillis()}`)
      .sort()
      .join()
  return text(some) === text(others)
}
