import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import { appointments } from '../../db/schema/appointments.ts'
import { consents } from '../../db/schema/clients.ts'
import { dues, ledger } from '../../db/schema/payments.ts'
import { waitlistEntries } from '../../db/schema/waitlist.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { instantOf } from '../kernel/time.ts'

/** Every sum that moved for these persons as payers, with the booking that it was for, the oldest first. */
export async function listMoved(db: Executor, { practice }: PracticeScope, payers: readonly string[]) {
  return db
    .select({
      booking: dues.bookingId,
      entry: ledger.entry,
      amount: ledger.amount,
      currency: ledger.currency,
      at: ledger.at
    })
    .from(ledger)
    .innerJoin(dues, and(eq(dues.practiceId, ledger.practiceId), eq(dues.id, ledger.dueId)))
    .where(and(eq(ledger.practiceId, practice.id), inArray(ledger.payerId, [...payers])))
    .orderBy(asc(ledger.at), asc(ledger.id))
}

/** To which words these persons agreed, the oldest first. */
export async function listConsents(db: Executor, { practice }: PracticeScope, persons: readonly string[]) {
  return db
    .select({ document: consents.document, version: consents.version, hash: consents.hash, at: consents.at })
    .from(consents)
    .where(and(eq(consents.practiceId, practice.id), inArray(consents.personId, [...persons])))
    .orderBy(asc(consents.at), asc(consents.id))
}

/** For which dates these persons are or were in line, the oldest first. */
export async function listWaits(db: Executor, { practice }: PracticeScope, persons: readonly string[]) {
  const rows = await db
    .select({
      state: waitlistEntries.state,
      since: waitlistEntries.createdAt,
      start: sql<number>`extract(epoch from min(${appointments.startsAt})) * 1000`.mapWith(Number),
      end: sql<number>`extract(epoch from max(${appointments.endsAt})) * 1000`.mapWith(Number)
    })
    .from(waitlistEntries)
    .innerJoin(
      appointments,
      and(
        eq(appointments.practiceId, waitlistEntries.practiceId),
        eq(appointments.editionId, waitlistEntries.editionId),
        ne(appointments.who, 'nobody')
      )
    )
    .where(and(eq(waitlistEntries.practiceId, practice.id), inArray(waitlistEntries.personId, [...persons])))
    .groupBy(waitlistEntries.id, waitlistEntries.state, waitlistEntries.createdAt)
    .orderBy(asc(waitlistEntries.createdAt))
  return rows.map(({ start, end, ...row }) => ({ ...row, start: instantOf(start), end: instantOf(end) }))
}
