import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { clients, memberships } from '../../db/schema/clients.ts'
import { people } from '../../db/schema/identity.ts'
import { notMeet } from '../../db/schema/not-meet.ts'
import { messages } from '../../db/schema/notices.ts'
import { offers, waitlistEntries } from '../../db/schema/waitlist.ts'
import { deletePeople } from '../identity/nobody-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { deleteClient } from './caller-store.ts'

type Entry = typeof waitlistEntries.$inferSelect

/**
 * Places in line of all practices that ended before `ended` without a seat, or that were asked for before `asked` with an
 * address that nobody proved.
 */
export async function findForgottenEntries(
  db: Executor,
  { ended, asked }: { ended: DateTime; asked: DateTime }
): Promise<{ practice: string; id: string }[]> {
  return db
    .select({ practice: waitlistEntries.practiceId, id: waitlistEntries.id })
    .from(waitlistEntries)
    .where(
      or(
        and(inArray(waitlistEntries.state, ['lapsed', 'left']), lt(waitlistEntries.endedAt, ended)),
        and(isNull(waitlistEntries.provenAt), lt(waitlistEntries.createdAt, asked))
      )
    )
    .limit(200)
}

/** Locks a place in line, and its client: two workers delete one after the other, and nobody books in between. */
export async function lockEntry(tx: Transaction, { practice }: PracticeScope, id: string): Promise<Entry | undefined> {
  const [entry] = await tx
    .select()
    .from(waitlistEntries)
    .where(and(eq(waitlistEntries.practiceId, practice.id), eq(waitlistEntries.id, id)))
    .for('update')
  if (!entry) return undefined
  await tx
    .select({ id: clients.id })
    .from(clients)
    .where(and(eq(clients.practiceId, practice.id), eq(clients.id, entry.clientId)))
    .for('update')
  return entry
}

/** A place in line with its offers, and whoever was nothing else here. What stays are ids in the events and the audit. */
export async function deleteEntry(tx: Transaction, scope: PracticeScope, entry: Entry): Promise<void> {
  const { practice } = scope
  const { id, clientId, personId } = entry
  await tx.delete(messages).where(and(eq(messages.practiceId, practice.id), eq(messages.subjectId, id)))
  await tx.delete(offers).where(and(eq(offers.practiceId, practice.id), eq(offers.entryId, id)))
  await deleteNotMeet(tx, scope, entry)
  await tx.delete(waitlistEntries).where(and(eq(waitlistEntries.practiceId, practice.id), eq(waitlistEntries.id, id)))
  if (!(await isNothingElse(tx, scope, entry))) return
  await deleteClient(tx, scope, clientId)
  await deletePeople(tx, scope, [personId])
}

/** Whom a couple would rather not meet on these dates, unless they have a seat there or wait there again. */
async function deleteNotMeet(
  tx: Transaction,
  { practice }: PracticeScope,
  { id, editionId, clientId }: Entry
): Promise<void> {
  await tx.delete(notMeet).where(
    and(
      eq(notMeet.practiceId, practice.id),
      eq(notMeet.editionId, editionId),
      eq(notMeet.clientId, clientId),
      sql`not exists (select from waitlist_entries w where w.practice_id = ${practice.id}
          and w.edition_id = ${editionId} and w.client_id = ${clientId} and w.id <> ${id})`,
      sql`not exists (select from bookings b where b.practice_id = ${practice.id}
          and b.edition_id = ${editionId} and b.client_id = ${clientId})`
    )
  )
}

/** Whether the couple and whoever waited for it have nothing else here: no booking, no other place, no proven address, no page. */
async function isNothingElse(
  tx: Transaction,
  { practice }: PracticeScope,
  { clientId, personId }: Pick<Entry, 'clientId' | 'personId'>
): Promise<boolean> {
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .innerJoin(memberships, and(eq(memberships.practiceId, people.practiceId), eq(memberships.personId, people.id)))
    .where(
      and(
        eq(people.practiceId, practice.id),
        eq(people.id, personId),
        eq(memberships.clientId, clientId),
        isNull(people.provenAt),
        isNull(people.joinedTo),
        sql`not exists (select from memberships m where m.practice_id = ${practice.id}
          and ((m.person_id = ${personId}) <> (m.client_id = ${clientId})))`,
        ...elsewhere.map(
          ([
            table,
            column
          ]) => sql`not exists (select from ${sql.identifier(table)} e where e.practice_id = ${practice.id}
            and e.${sql.identifier(column)} = ${column === 'client_id' ? clientId : personId})`
        )
      )
    )
  return rows.length > 0
}

/** Where a client or a person is named who is more than somebody who waited. */
const elsewhere = [
  ['bookings', 'client_id'],
  ['bookings', 'booker_id'],
  ['waitlist_entries', 'client_id'],
  ['waitlist_entries', 'person_id'],
  ['private_proposals', 'client_id'],
  ['private_proposals', 'person_id'],
  ['partner_invitations', 'client_id'],
  ['partner_invitations', 'inviter_id'],
  ['partner_calls', 'client_id']
] as const
