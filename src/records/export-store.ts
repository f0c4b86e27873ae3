import { and, asc, eq, inArray } from 'drizzle-orm'
import { consents } from '../../db/schema/clients.ts'
import { dues, ledger } from '../../db/schema/payments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'

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
