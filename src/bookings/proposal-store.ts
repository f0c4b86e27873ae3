import { and, asc, desc, eq, gte, inArray, lte } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { places, resources } from '../../db/schema/catalog.ts'
import { keptTimes, privateProposals, privateProposalTimes } from '../../db/schema/private-proposals.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type PrivateProposal = typeof privateProposals.$inferSelect
export type FullProposal = NonNullable<Awaited<ReturnType<typeof findProposal>>>

export async function insertPrivateProposal(
  tx: Transaction,
  row: typeof privateProposals.$inferInsert,
  starts: readonly DateTime[],
  kept: (typeof keptTimes.$inferInsert)[]
): Promise<void> {
  await tx.insert(privateProposals).values(row)
  const { practiceId, id: proposalId } = row
  await tx.insert(privateProposalTimes).values(starts.map(startsAt => ({ practiceId, proposalId, startsAt })))
  if (kept.length > 0) await tx.insert(keptTimes).values(kept).onConflictDoNothing()
}

/** With its therapist and place, and the starts to choose from, soonest first. */
export async function findProposal(db: Executor, { practice }: PracticeScope, by: { id: string } | { hash: Buffer }) {
  const [row] = await db
    .select({ proposal: privateProposals, therapist: resources, place: places })
    .from(privateProposals)
    .innerJoin(
      resources,
      and(eq(resources.practiceId, privateProposals.practiceId), eq(resources.id, privateProposals.therapistId))
    )
    .innerJoin(places, and(eq(places.practiceId, privateProposals.practiceId), eq(places.id, privateProposals.placeId)))
    .where(
      and(
        eq(privateProposals.practiceId, practice.id),
        'id' in by ? eq(privateProposals.id, by.id) : eq(privateProposals.tokenHash, by.hash)
      )
    )
  if (!row) return undefined
  const times = await db
    .select({ startsAt: privateProposalTimes.startsAt })
    .from(privateProposalTimes)
    .where(and(eq(privateProposalTimes.practiceId, practice.id), eq(privateProposalTimes.proposalId, row.proposal.id)))
    .orderBy(asc(privateProposalTimes.startsAt))
  return { ...row, starts: times.map(({ startsAt }) => startsAt) }
}

/** What is proposed to these persons, or to a client, and waits for an answer. */
export async function listOpenProposalsOf(
  db: Executor,
  { practice }: PracticeScope,
  whose: { persons: readonly string[] } | { client: string }
): Promise<Pick<PrivateProposal, 'id' | 'personId'>[]> {
  const { practiceId, id, personId, clientId, state } = privateProposals
  const theirs = 'client' in whose ? eq(clientId, whose.client) : inArray(personId, [...whose.persons])
  return db
    .select({ id, personId })
    .from(privateProposals)
    .where(and(eq(practiceId, practice.id), eq(state, 'open'), theirs))
}

/** Locked until the transaction ends: after the resources, so that of two answers one is first. */
export async function lockProposal(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string
): Promise<PrivateProposal | undefined> {
  const [row] = await tx
    .select()
    .from(privateProposals)
    .where(and(eq(privateProposals.practiceId, practice.id), eq(privateProposals.id, id)))
    .for('update')
  return row
}

/** The newest first. */
export async function listProposalIds(db: Executor, { practice }: PracticeScope, most: number): Promise<string[]> {
  const rows = await db
    .select({ id: privateProposals.id })
    .from(privateProposals)
    .where(eq(privateProposals.practiceId, practice.id))
    .orderBy(desc(privateProposals.id))
    .limit(most)
  return rows.map(({ id }) => id)
}

export async function saveProposal(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Pick<PrivateProposal, 'state' | 'answeredAt'> & { bookingId?: string }
): Promise<void> {
  await tx
    .update(privateProposals)
    .set(set)
    .where(and(eq(privateProposals.practiceId, practice.id), eq(privateProposals.id, id)))
}

/** Gives free what was kept for a proposal. */
export async function deleteKept(tx: Transaction, { practice }: PracticeScope, proposalId: string): Promise<void> {
  await tx.delete(keptTimes).where(and(eq(keptTimes.practiceId, practice.id), eq(keptTimes.proposalId, proposalId)))
}

/** Whether anything is kept for it. */
export async function isKept(db: Executor, { practice }: PracticeScope, proposalId: string): Promise<boolean> {
  const rows = await db
    .select({ id: keptTimes.proposalId })
    .from(keptTimes)
    .where(and(eq(keptTimes.practiceId, practice.id), eq(keptTimes.proposalId, proposalId)))
    .limit(1)
  return rows.length > 0
}

/** Proposals of all practices that nobody answered in time. */
export async function findLapsedProposals(db: Executor, now: DateTime): Promise<{ practice: string; id: string }[]> {
  return db
    .select({ practice: privateProposals.practiceId, id: privateProposals.id })
    .from(privateProposals)
    .where(and(eq(privateProposals.state, 'open'), lte(privateProposals.until, now)))
    .limit(200)
}

/** What was proposed and got a no, or no answer, since a moment; one person's own where they are named. */
export async function listEnded(
  db: Executor,
  { practice }: PracticeScope,
  by: string | undefined,
  since: DateTime
): Promise<string[]> {
  const rows = await db
    .select({ id: privateProposals.id })
    .from(privateProposals)
    .where(
      and(
        eq(privateProposals.practiceId, practice.id),
        inArray(privateProposals.state, ['declined', 'lapsed']),
        gte(privateProposals.answeredAt, since),
        by ? eq(privateProposals.by, by) : undefined
      )
    )
    .orderBy(desc(privateProposals.answeredAt))
    .limit(100)
  return rows.map(({ id }) => id)
}
