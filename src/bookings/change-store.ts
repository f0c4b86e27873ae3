import { and, desc, eq, gt, inArray, isNull, lte, max, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { occupancy } from '../../db/schema/availability.ts'
import {
  appointments,
  bookings,
  cancellationQuotes,
  cancellations,
  participants,
  proposalAnswers,
  proposals,
  proposalTimes
} from '../../db/schema/bookings.ts'
import { dues, ledger } from '../../db/schema/payments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { statement } from '../kernel/statement.ts'
import { practiceYes } from './acceptance.ts'
import { deleteKeptFor } from './proposed-store.ts'

export type Proposal = typeof proposals.$inferSelect

/** Since when what this reader was shown of a cancellation holds; a new quote where the last is over. */
export async function keepQuote(
  db: Executor,
  { practice }: PracticeScope,
  bookingId: string,
  reader: string,
  quotedAt: DateTime,
  validUntil: DateTime
): Promise<{ quotedAt: DateTime; validUntil: DateTime }> {
  const quote = { quotedAt, validUntil }
  await db
    .insert(cancellationQuotes)
    .values({ practiceId: practice.id, bookingId, reader, ...quote })
    .onConflictDoUpdate({
      target: [cancellationQuotes.practiceId, cancellationQuotes.bookingId, cancellationQuotes.reader],
      set: quote,
      setWhere: lte(cancellationQuotes.validUntil, quotedAt)
    })
  return (await findQuote(db, { practice }, bookingId, reader)) ?? quote
}

export async function findQuote(
  db: Executor,
  { practice }: Pick<PracticeScope, 'practice'>,
  bookingId: string,
  reader: string
): Promise<{ quotedAt: DateTime; validUntil: DateTime } | undefined> {
  const [row] = await db
    .select({ quotedAt: cancellationQuotes.quotedAt, validUntil: cancellationQuotes.validUntil })
    .from(cancellationQuotes)
    .where(
      and(
        eq(cancellationQuotes.practiceId, practice.id),
        eq(cancellationQuotes.bookingId, bookingId),
        eq(cancellationQuotes.reader, reader)
      )
    )
  return row
}

export async function insertCancellation(tx: Transaction, row: typeof cancellations.$inferInsert): Promise<void> {
  await tx.insert(cancellations).values(row)
}

export async function findCancellation(db: Executor, { practice }: PracticeScope, bookingId: string) {
  const [row] = await selectCancellation(db, { practice: practice.id, bookingId })
  return row
}

/** Whether a booking was let go, and whether a payment is in the ledger: asked under the booking's lock. */
export async function findSettled(
  tx: Transaction,
  { practice }: PracticeScope,
  bookingId: string,
  payment: string | null
): Promise<{ letGo: boolean; charged: boolean }> {
  const [row] = await selectSettled(tx, { practice: practice.id, bookingId, payment })
  return row ?? { letGo: false, charged: false }
}

const selectSettled = statement(['practice', 'bookingId', 'payment'], (db, { practice, bookingId, payment }) => {
  const ended = and(eq(cancellations.practiceId, practice), eq(cancellations.bookingId, bookingId))
  const paid = and(eq(ledger.practiceId, practice), eq(ledger.entry, 'charge'), eq(ledger.stripeId, payment))
  return db
    .select({
      letGo: sql<boolean>`exists (select from ${cancellations} where ${ended})`,
      charged: sql<boolean>`exists (select from ${ledger} where ${paid})`
    })
    .from(bookings)
    .where(and(eq(bookings.practiceId, practice), eq(bookings.id, bookingId)))
    .prepare('find_settled')
})

const selectCancellation = statement(['practice', 'bookingId'], (db, { practice, bookingId }) =>
  db
    .select()
    .from(cancellations)
    .where(and(eq(cancellations.practiceId, practice), eq(cancellations.bookingId, bookingId)))
    .prepare('find_cancellation')
)

/** Cancellations of all practices whose fee nobody decided on by `now`. */
export async function findUndecided(db: Executor, now: DateTime): Promise<{ practice: string; booking: string }[]> {
  return db
    .select({ practice: cancellations.practiceId, booking: cancellations.bookingId })
    .from(cancellations)
    .where(and(isNull(cancellations.decision), lte(cancellations.decideBy, now)))
    .limit(200)
}

/** Writes down what became of a late fee; what of it goes back is none any more. */
export async function saveDecision(
  tx: Transaction,
  { practice }: PracticeScope,
  bookingId: string,
  decision: NonNullable<(typeof cancellations.$inferSelect)['decision']>,
  back: number,
  decidedAt: DateTime
): Promise<void> {
  await tx
    .update(cancellations)
    .set({
      decision,
      decidedAt,
      refund: sql`${cancellations.refund} + ${back}`,
      fee: sql`${cancellations.fee} - ${back}`
    })
    .where(and(eq(cancellations.practiceId, practice.id), eq(cancellations.bookingId, bookingId)))
}

/** What comes back after all of a booking that was let go. */
export async function addRefund(tx: Transaction, { practice }: PracticeScope, bookingId: string, amount: number) {
  await tx
    .update(cancellations)
    .set({ refund: sql`${cancellations.refund} + ${amount}` })
    .where(and(eq(cancellations.practiceId, practice.id), eq(cancellations.bookingId, bookingId)))
}

/** So much of what was kept goes back after all. */
export async function addBack(tx: Transaction, { practice }: PracticeScope, bookingId: string, back: number) {
  await tx
    .update(cancellations)
    .set({ refund: sql`${cancellations.refund} + ${back}`, fee: sql`${cancellations.fee} - ${back}` })
    .where(and(eq(cancellations.practiceId, practice.id), eq(cancellations.bookingId, bookingId)))
}

/** A change that calendars must hear of: everybody who takes part in these appointments gets a higher SEQUENCE. */
export async function reviseParticipants(
  tx: Transaction,
  { practice }: PracticeScope,
  appointmentIds: readonly string[],
  revisedAt: DateTime
): Promise<void> {
  await tx
    .update(participants)
    .set({ sequence: sql`${participants.sequence} + 1`, revisedAt })
    .where(
      and(
        eq(participants.practiceId, practice.id),
        inArray(participants.appointmentId, [...appointmentIds]),
        isNull(participants.removedAt)
      )
    )
}

/** Appointments that will not be: their times are free, and calendars hear of it. */
export async function dropAppointments(
  tx: Transaction,
  scope: PracticeScope,
  ids: readonly string[],
  { at, ...set }: { state: 'cancelled' | 'skipped'; price?: number; at: DateTime }
): Promise<void> {
  const practiceId = scope.practice.id
  await tx
    .delete(occupancy)
    .where(and(eq(occupancy.practiceId, practiceId), inArray(occupancy.appointmentId, [...ids])))
  await tx
    .update(appointments)
    .set(set)
    .where(and(eq(appointments.practiceId, practiceId), inArray(appointments.id, [...ids])))
  await reviseParticipants(tx, scope, ids, at)
}

/** What was let fall stands again. */
export async function setPlanned(tx: Transaction, { practice }: PracticeScope, ids: readonly string[]): Promise<void> {
  await tx
    .update(appointments)
    .set({ state: 'planned' })
    .where(and(eq(appointments.practiceId, practice.id), inArray(appointments.id, [...ids])))
}

/** The highest SEQUENCE among those who take part. */
export async function findSequence(db: Executor, { practice }: PracticeScope, appointmentId: string): Promise<number> {
  const [row] = await db
    .select({ sequence: max(participants.sequence) })
    .from(participants)
    .where(and(eq(participants.practiceId, practice.id), eq(participants.appointmentId, appointmentId)))
  return row?.sequence ?? 0
}

export async function findAppointment(db: Executor, { practice }: PracticeScope, id: string) {
  const [row] = await db
    .select()
    .from(appointments)
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.id, id)))
  return row
}

/** An appointment at its new time, and what it takes there. */
export interface Relaid {
  id: string
  times: Pick<typeof appointments.$inferInsert, 'startsAt' | 'endsAt' | 'movedAt' | 'movedFrom' | 'moves'>
  taken: (typeof occupancy.$inferInsert)[]
}

/**
 * Lays appointments at their new times. All old rows go before the new ones come: else they would collide with themselves.
 * What is owed of one by itself is owed on its new day.
 */
export async function relayAppointments(
  tx: Transaction,
  { practice }: PracticeScope,
  relaid: readonly Relaid[]
): Promise<void> {
  const ids = relaid.map(({ id }) => id)
  await tx.delete(occupancy).where(and(eq(occupancy.practiceId, practice.id), inArray(occupancy.appointmentId, ids)))
  for (const { id, times } of relaid)
    await tx
      .update(appointments)
      .set(times)
      .where(and(eq(appointments.practiceId, practice.id), eq(appointments.id, id)))
  for (const { id, times } of relaid)
    await tx
      .update(dues)
      .set({ dueAt: times.startsAt })
      .where(and(eq(dues.practiceId, practice.id), eq(dues.appointmentId, id), eq(dues.state, 'scheduled')))
  await tx.insert(occupancy).values(relaid.flatMap(({ taken }) => taken))
}

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
