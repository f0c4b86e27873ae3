import { and, desc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { proposalAnswers, proposals, proposalTimes } from '../../db/schema/moves.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { practiceYes } from './acceptance.ts'
import { deleteKeptFor } from './proposed-store.ts'

export type Proposal = typeof proposals.$inferSelect

export async function insertProposal(tx: Transaction, row: typeof proposals.$inferInsert): Promise<void> {
  await tx.insert(proposals).values(row)
}

/** Whose yes a proposal waits for. */
export async function insertProposalAnswers(
  tx: Transaction,
  { practice }: PracticeScope,
  proposalId: string,
  yeses: readonly string[]
): Promise<void> {
  await tx.insert(proposalAnswers).values(yeses.map(by => ({ practiceId: practice.id, proposalId, by })))
}

/** The yeses that a proposal waits for, or waited for, and those that came. */
export async function listProposalAnswers(db: Executor, { practice }: PracticeScope, proposalId: string) {
  return db
    .select({ by: proposalAnswers.by, acceptedAt: proposalAnswers.acceptedAt })
    .from(proposalAnswers)
    .where(and(eq(proposalAnswers.practiceId, practice.id), eq(proposalAnswers.proposalId, proposalId)))
}

export async function acceptProposal(
  tx: Transaction,
  { practice }: PracticeScope,
  proposalId: string,
  by: string,
  acceptedAt: DateTime
): Promise<void> {
  await tx
    .update(proposalAnswers)
    .set({ acceptedAt })
    .where(
      and(
        eq(proposalAnswers.practiceId, practice.id),
        eq(proposalAnswers.proposalId, proposalId),
        eq(proposalAnswers.by, by)
      )
    )
}

/** The proposal for an appointment, by itself or with others, that waits for an answer, if there is one. */
export async function findOpenProposal(
  db: Executor,
  scope: PracticeScope,
  appointmentId: string
): Promise<Proposal | undefined> {
  const [row] = await db
    .select()
    .from(proposals)
    .where(
      and(
        eq(proposals.practiceId, scope.practice.id),
        ofAppointment(db, scope, appointmentId),
        eq(proposals.state, 'open')
      )
    )
  return row
}

function ofAppointment(db: Executor, { practice }: PracticeScope, id: string) {
  const among = db
    .select({ id: proposalTimes.proposalId })
    .from(proposalTimes)
    .where(and(eq(proposalTimes.practiceId, practice.id), eq(proposalTimes.appointmentId, id)))
  return or(eq(proposals.appointmentId, id), inArray(proposals.id, among))
}

/** Every proposal for a booking's appointments, the newest first. */
export async function listProposals(
  db: Executor,
  { practice }: PracticeScope,
  bookingIds: readonly string[]
): Promise<Proposal[]> {
  if (bookingIds.length === 0) return []
  return db
    .select()
    .from(proposals)
    .where(and(eq(proposals.practiceId, practice.id), inArray(proposals.bookingId, [...bookingIds])))
    .orderBy(desc(proposals.id))
}

/** Bookings of which a client asked for another time, and waits for the practice. */
export async function listAskedMoves(db: Executor, { practice }: PracticeScope, now: DateTime): Promise<string[]> {
  const rows = await db
    .selectDistinct({ booking: proposals.bookingId })
    .from(proposals)
    .innerJoin(
      proposalAnswers,
      and(eq(proposalAnswers.practiceId, proposals.practiceId), eq(proposalAnswers.proposalId, proposals.id))
    )
    .where(
      and(
        eq(proposals.practiceId, practice.id),
        eq(proposals.state, 'open'),
        eq(proposals.by, 'client'),
        eq(proposalAnswers.by, practiceYes),
        isNull(proposalAnswers.acceptedAt),
        gt(proposals.expiresAt, now)
      )
    )
  return rows.map(({ booking }) => booking)
}

/** Ends the open proposals of a booking, or the one that an appointment is part of; what was kept for them is free. */
export async function closeProposals(
  tx: Transaction,
  scope: PracticeScope,
  of: { booking: string } | { appointment: string },
  state: Exclude<Proposal['state'], 'open'>,
  answeredAt: DateTime
): Promise<void> {
  const whose = 'booking' in of ? eq(proposals.bookingId, of.booking) : ofAppointment(tx, scope, of.appointment)
  const closed = await tx
    .update(proposals)
    .set({ state, answeredAt })
    .where(and(eq(proposals.practiceId, scope.practice.id), whose, eq(proposals.state, 'open')))
    .returning({ id: proposals.id })
  await deleteKeptFor(
    tx,
    scope,
    closed.map(({ id }) => id)
  )
}

/** Open proposals of all practices whose time for an answer is over at `now`. */
export async function findLapsedProposals(db: Executor, now: DateTime) {
  return db
    .select({ practice: proposals.practiceId, appointment: proposals.appointmentId, booking: proposals.bookingId })
    .from(proposals)
    .where(and(eq(proposals.state, 'open'), lte(proposals.expiresAt, now)))
    .limit(200)
}
