import { and, asc, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { proposals, proposalTimes } from '../../db/schema/moves.ts'
import { keptTimes } from '../../db/schema/private-proposals.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

/** Where an appointment would be. */
export interface ProposedTime {
  appointmentId: string
  startsAt: DateTime
}

/** What therapists and room would be taken for, buffers included. */
export interface KeptStretch {
  resourceId: string
  during: { start: DateTime; end: DateTime }
}

/** The times that a proposal carries, and what is kept for them until it ends. Under the resources' locks. */
export async function insertProposalTimes(
  tx: Transaction,
  { practice }: PracticeScope,
  proposalId: string,
  times: readonly ProposedTime[],
  kept: readonly KeptStretch[]
): Promise<void> {
  const practiceId = practice.id
  await tx.insert(proposalTimes).values(times.map(time => ({ practiceId, proposalId, ...time })))
  await tx.insert(keptTimes).values(kept.map(one => ({ practiceId, moveId: proposalId, ...one })))
}

/** The times of a proposal that keeps them, soonest first; nothing of one that moves a single appointment. */
export async function listProposalTimes(
  db: Executor,
  { practice }: PracticeScope,
  proposalId: string
): Promise<ProposedTime[]> {
  return db
    .select({ appointmentId: proposalTimes.appointmentId, startsAt: proposalTimes.startsAt })
    .from(proposalTimes)
    .where(and(eq(proposalTimes.practiceId, practice.id), eq(proposalTimes.proposalId, proposalId)))
    .orderBy(asc(proposalTimes.startsAt))
}

/** Gives free what was kept for proposals. */
export async function deleteKeptFor(
  tx: Transaction,
  { practice }: PracticeScope,
  proposalIds: readonly string[]
): Promise<void> {
  if (proposalIds.length === 0) return
  await tx
    .delete(keptTimes)
    .where(and(eq(keptTimes.practiceId, practice.id), inArray(keptTimes.moveId, [...proposalIds])))
}

/** Whether new times of a booking that go together wait for an answer. */
export async function isProposed(db: Executor, { practice }: PracticeScope, bookingId: string): Promise<boolean> {
  const rows = await db
    .select({ id: proposals.id })
    .from(proposals)
    .innerJoin(
      proposalTimes,
      and(eq(proposalTimes.practiceId, proposals.practiceId), eq(proposalTimes.proposalId, proposals.id))
    )
    .where(and(eq(proposals.practiceId, practice.id), eq(proposals.bookingId, bookingId), eq(proposals.state, 'open')))
    .limit(1)
  return rows.length > 0
}
