import { and, count, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { contactPoints } from '../../db/schema/identity.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { PracticeScope } from './practice.ts'

/** Mails to one mailbox are asked for one after the other, until the transaction ends. A lock of its own kind (seed 2). */
export async function queueForMailbox(tx: Transaction, { practice }: PracticeScope, personId: string): Promise<void> {
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(${practice.id} || encode(lookup, 'hex'), 2))
    from (${mailboxOf(practice.id, personId)}) as mailbox`)
}

/**
 * How many rows that each ask for a mail were made within an hour and a day, to a person's mailbox, to whomever its address
 * belonged when it was typed. Asked in the mailbox's queue.
 * @param of the columns of such rows
 */
export async function countLately(
  db: Executor,
  { practice }: PracticeScope,
  personId: string,
  of: { practiceId: PgColumn; personId: PgColumn; createdAt: PgColumn },
  now: DateTime
): Promise<{ inHour: number; inDay: number }> {
  const since = (time: DateTime) => gt(of.createdAt, time)
  const [row] = await db
    .select({
      inHour: sql<number>`count(*) filter (where ${since(now.minus({ hours: 1 }))})::int`,
      inDay: count()
    })
    .from(of.createdAt.table)
    .where(
      and(eq(of.practiceId, practice.id), since(now.minus({ days: 1 })), isReaderOf(of.personId, practice.id, personId))
    )
  return row ?? { inHour: 0, inDay: 0 }
}

/** Whether the person whom a row names gave the same address as this one, proven or not: part of a larger question. */
export function isReaderOf(person: PgColumn, practiceId: string, personId: string): SQL {
  return sql`${person} in (select reader.person_id from ${contactPoints} reader where reader.practice_id = ${practiceId}
    and reader.kind = 'email' and reader.lookup in (${mailboxOf(practiceId, personId)}))`
}

/** Whether a contact point has the address that a person gave, whoever's it is: part of a larger question. */
export function isMailboxOf(practiceId: string, personId: string): SQL {
  return sql`${contactPoints.lookup} in (${mailboxOf(practiceId, personId)})`
}

/** Whether anybody has said of the address that a person gave that somebody else reads it, too: part of a larger question. */
export function isSharedMailbox(practiceId: string, personId: string): SQL {
  return sql`exists (select from ${contactPoints} shared where shared.practice_id = ${practiceId}
    and shared.shared_mailbox and shared.lookup in (${mailboxOf(practiceId, personId)}))`
}

/** The keyed hash of the address that a person gave. */
function mailboxOf(practiceId: string, personId: string): SQL {
  return sql`select own.lookup from ${contactPoints} own
    where own.practice_id = ${practiceId} and own.person_id = ${personId} and own.kind = 'email'`
}
