import { and, count, eq, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { people } from '../../db/schema/identity.ts'
import { passkeys, recoveryCodes, secondSteps } from '../../db/schema/second-steps.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { PracticeScope } from './practice.ts'
import type { StepOwner } from './second-step.ts'

export type Guessable = (typeof secondSteps.$inferSelect)['kind']

const ofPerson = (
  table: typeof secondSteps | typeof passkeys | typeof recoveryCodes,
  { practice }: PracticeScope,
  person: string
) => and(eq(table.practiceId, practice.id), eq(table.personId, person))

/** Whether a person whose row is asked for has a second step that counts here: part of a larger question. */
export function isSetUp(practiceId: PgColumn, personId: PgColumn, owner: StepOwner['kind']): SQL<boolean> {
  // A PIN is a client's: whoever works here needs something to have.
  const counts = owner === 'staff' ? sql`and ${secondSteps.kind} = 'totp'` : sql``
  return sql<boolean>`(exists (select from ${secondSteps} where ${secondSteps.practiceId} = ${practiceId}
    and ${secondSteps.personId} = ${personId} and ${secondSteps.confirmedAt} is not null ${counts})
    or exists (select from ${passkeys} where ${passkeys.practiceId} = ${practiceId}
    and ${passkeys.personId} = ${personId}))`
}

/** All that a person has set up, and what was begun. */
export async function listSecondSteps(db: Executor, scope: PracticeScope, person: string) {
  const [guessable, keys, [codes]] = await Promise.all([
    db
      .select()
      .from(secondSteps)
      .where(ofPerson(secondSteps, scope, person)),
    db
      .select()
      .from(passkeys)
      .where(ofPerson(passkeys, scope, person))
      .orderBy(passkeys.createdAt, passkeys.id),
    db
      .select({ left: count() })
      .from(recoveryCodes)
      .where(and(ofPerson(recoveryCodes, scope, person), isNull(recoveryCodes.usedAt)))
  ])
  return { guessable, passkeys: keys, recoveryCodes: codes?.left ?? 0 }
}

/** Who changes a person's second steps waits here for whoever changes them already. @returns whether there is one */
export async function lockSecondSteps(
  tx: Transaction,
  { practice }: PracticeScope,
  { person, kind }: Pick<StepOwner, 'person' | 'kind'>
): Promise<boolean> {
  const [row] = await tx
    .select({ isSetUp: isSetUp(people.practiceId, people.id, kind) })
    .from(people)
    .where(and(eq(people.practiceId, practice.id), eq(people.id, person)))
    // Whoever points at the person meanwhile need not wait.
    .for('no key update')
  if (!row) throw new Error(`There is no person ${person}`)
  return row.isSetUp
}

/**
 * Begins a set-up, or sets up at once.
 * @param instead also in the place of one that counts already
 * @returns false where there is one that counts
 */
export async function saveGuessable(
  db: Executor,
  row: typeof secondSteps.$inferInsert,
  instead = false
): Promise<boolean> {
  const { secret, tries, createdAt, confirmedAt = null } = row
  const saved = await db
    .insert(secondSteps)
    .values(row)
    .onConflictDoUpdate({
      target: [secondSteps.practiceId, secondSteps.personId, secondSteps.kind],
      set: { secret, tries, createdAt, confirmedAt, pausedUntil: null, lastStep: null },
      ...(!instead && { setWhere: isNull(secondSteps.confirmedAt) })
    })
    .returning({ kind: secondSteps.kind })
  return saved.length > 0
}

/** Ends a set-up with its first code. @returns false where it was ended already, or begun anew with another secret */
export async function confirmTotp(
  tx: Transaction,
  scope: PracticeScope,
  { person, secret, step, at }: { person: string; secret: Buffer; step: number; at: DateTime }
): Promise<boolean> {
  const confirmed = await tx
    .update(secondSteps)
    .set({ confirmedAt: at, lastStep: step })
    .where(
      and(
        ofPerson(secondSteps, scope, person),
        eq(secondSteps.kind, 'totp'),
        eq(secondSteps.secret, secret),
        isNull(secondSteps.confirmedAt)
      )
    )
    .returning({ kind: secondSteps.kind })
  return confirmed.length > 0
}

/**
 * Takes a try, before it is looked at; undefined where there is nothing to try, or it rests. One statement, so that rivals
 * queue, and the same one for somebody whom there is not. It counts when what `db` does is committed.
 * @param rest until when it rests, by the wrong tries in a row
 */
export async function takeGuess(
  db: Executor,
  scope: PracticeScope,
  { person, kind, at }: { person: string; kind: Guessable; at: DateTime },
  rest: readonly { tries: number; until: DateTime }[]
) {
  const tries = sql`(${secondSteps.tries} + 1)`
  const cases = rest.map(
    ({ tries: wrong, until }) =>
      sql`when ${tries} >= ${wrong}::int then ${sql.param(until, secondSteps.pausedUntil)}::timestamptz`
  )
  const [row] = await db
    .update(secondSteps)
    .set({
      tries: sql`least(${tries}, 30000)`,
      pausedUntil: sql`case when ${tries} % 5 <> 0 then null ${sql.join(cases, sql` `)} end`
    })
    .from(people)
    .where(
      and(
        eq(people.practiceId, secondSteps.practiceId),
        eq(people.id, secondSteps.personId),
        ofPerson(secondSteps, scope, person),
        eq(secondSteps.kind, kind),
        isNotNull(secondSteps.confirmedAt),
        or(isNull(secondSteps.pausedUntil), lte(secondSteps.pausedUntil, at))
      )
    )
    .returning({ secret: secondSteps.secret, dataKey: people.dataKey })
  return row
}

/** A right try: the count begins anew. @param step the code's time step; false where it is not later than the last one */
export async function useGuess(
  tx: Transaction,
  scope: PracticeScope,
  { person, kind, step }: { person: string; kind: Guessable; step?: number }
): Promise<boolean> {
  const isLater = step === undefined ? undefined : or(isNull(secondSteps.lastStep), lt(secondSteps.lastStep, step))
  const used = await tx
    .update(secondSteps)
    .set({ tries: 0, pausedUntil: null, ...(step !== undefined && { lastStep: step }) })
    .where(and(ofPerson(secondSteps, scope, person), eq(secondSteps.kind, kind), isLater))
    .returning({ kind: secondSteps.kind })
  return used.length > 0
}

/** New recovery codes in the place of all older ones. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  scope: PracticeScope,
  person: string,
  rows: (typeof recoveryCodes.$inferInsert)[]
): Promise<void> {
  await tx.delete(recoveryCodes).where(ofPerson(recoveryCodes, scope, person))
  if (rows.length) await tx.insert(recoveryCodes).values(rows)
}

export async function findRecoveryCode(db: Executor, scope: PracticeScope, person: string, lookup: Buffer) {
  const [row] = await db
    .select()
    .from(recoveryCodes)
    .where(and(ofPerson(recoveryCodes, scope, person), eq(recoveryCodes.lookup, lookup), isNull(recoveryCodes.usedAt)))
  return row
}

export async function useRecoveryCode(
  tx: Transaction,
  scope: PracticeScope,
  { person, lookup, at }: { person: string; lookup: Buffer; at: DateTime }
): Promise<boolean> {
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(and(ofPerson(recoveryCodes, scope, person), eq(recoveryCodes.lookup, lookup), isNull(recoveryCodes.usedAt)))
    .returning({ usedAt: recoveryCodes.usedAt })
  return used.length > 0
}

/** Takes one second step away, or all. @returns how many there were */
export async function deleteSecondSteps(
  tx: Transaction,
  scope: PracticeScope,
  person: string,
  which: { kind: Guessable } | { kind: 'passkey'; id: string } | 'all'
): Promise<number> {
  const kind = which === 'all' ? undefined : which.kind
  const guessable =
    kind === 'passkey'
      ? []
      : await tx
          .delete(secondSteps)
          .where(and(ofPerson(secondSteps, scope, person), kind && eq(secondSteps.kind, kind)))
          .returning({ confirmedAt: secondSteps.confirmedAt })
  const keys =
    which !== 'all' && which.kind !== 'passkey'
      ? []
      : await tx
          .delete(passkeys)
          .where(and(ofPerson(passkeys, scope, person), which === 'all' ? undefined : eq(passkeys.id, which.id)))
          .returning({ id: passkeys.id })
  return guessable.filter(({ confirmedAt }) => confirmedAt !== null).length + keys.length
}
