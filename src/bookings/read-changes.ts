import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import { practiceYes } from './acceptance.ts'
import { findAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { findCancellation } from './cancellation-store.ts'
import { membersOf, voiceOf } from './members.ts'
import { listProposalAnswers, listProposals, type Proposal } from './move-store.ts'
import { isOwn as isOwnStep, whoseOf } from './own-times.ts'
import { listProposalTimes } from './proposed-store.ts'
import { idsOf } from './standing.ts'

/** What changed of a booking, or may: what came of its cancellation, and the proposal that waits for an answer. */
export interface Changes {
  cancellation:
    | {
        by: 'client' | 'practice'
        refund: Money
        fee: Money
        /** The reader did it themselves, or on its side nobody else could have. */
        own: boolean
        /** Until when staff decide over the fee; null where there is nothing to decide (any more). */
        decideBy: DateTime | null
      }
    | undefined
  proposal:
    | (Pick<Proposal, 'appointmentId' | 'startsAt' | 'by' | 'expiresAt'> & {
        /** The reader proposed it, or is asked and has not said yes yet. */
        own: boolean
        asked: boolean
        /** Of several that go together the start of each; else its own. */
        starts: readonly DateTime[]
      })
    | undefined
}

export async function readChanges(
  { db, now }: Deps,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking
): Promise<Changes> {
  const done = await findCancellation(db, scope, booking.id)
  const money = (amount: number): Money => ({ amount, currency: booking.price.currency })
  const whose = await whoseOf(db, scope, actor, booking)
  const seen = (await findAppointments(db, scope, booking.id)).filter(({ who }) => isOwnStep(who, whose))
  // A new time that is wanted for the other's own step is theirs, as the step is.
  const open = (await listProposals(db, scope, [booking.id])).filter(
    ({ state, expiresAt, appointmentId }) =>
      state === 'open' && expiresAt > now() && seen.some(({ id }) => id === appointmentId)
  )
  const proposals = await Promise.all(
    open.map(async one => ({ ...one, ...(await askedOf(db, scope, actor, booking, one)) }))
  )
  return {
    cancellation: done && {
      by: done.by,
      refund: money(done.refund),
      fee: money(done.fee),
      own: await isOwn(db, scope, actor, booking, done.actor),
      decideBy: done.decision ? null : done.decideBy
    },
    // What the reader is asked comes first, and what others have open hides nothing of theirs.
    proposal: proposals.find(({ asked }) => asked) ?? proposals.find(({ own }) => own) ?? proposals[0]
  }
}

async function askedOf(db: Executor, scope: PracticeScope, actor: Actor, { id }: Booking, proposal: Proposal) {
  const voice = await voiceOf(db, scope, actor, await membersOf(db, scope, id))
  const yeses = await listProposalAnswers(db, scope, proposal.id)
  const times = await listProposalTimes(db, scope, proposal.id)
  return {
    starts: times.length > 1 ? times.map(({ startsAt }) => startsAt) : [proposal.startsAt],
    own: voice === (proposal.personId ?? practiceYes),
    asked: yeses.some(({ by, acceptedAt }) => by === voice && !acceptedAt)
  }
}

/** Whether a change that this name was written down for is the reader's: of two, neither is told what the other did. */
async function isOwn(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  { id, bookerId }: Booking,
  name: string
): Promise<boolean> {
  const [kind, by = ''] = name.split(':')
  if (kind === 'staff') return (await membersOf(db, scope, id)).length < 2
  const ids = await idsOf(db, scope, actor)
  return (
    ids.includes(kind === 'person' ? by : bookerId) ||
    (ids.includes(bookerId) && (await joins(db, scope, by, bookerId)))
  )
}

/** Whether the booker's history is this person's: a booking's own token says no person. */
async function joins(db: Executor, scope: PracticeScope, person: string, booker: string): Promise<boolean> {
  return (await ownIds(db, scope, person)).includes(booker)
}
