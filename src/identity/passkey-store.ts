import { and, eq, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { passkeyChallenges, passkeys } from '../../db/schema/second-steps.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { PracticeScope } from './practice.ts'

type Purpose = (typeof passkeyChallenges.$inferSelect)['purpose']

const ofPerson = ({ practice }: PracticeScope, person: string) =>
  and(eq(passkeys.practiceId, practice.id), eq(passkeys.personId, person))

export async function insertPasskey(tx: Transaction, row: typeof passkeys.$inferInsert): Promise<boolean> {
  const added = await tx.insert(passkeys).values(row).onConflictDoNothing().returning({ id: passkeys.id })
  return added.length > 0
}

export async function findPasskey(db: Executor, scope: PracticeScope, person: string, credentialId: Buffer) {
  const [row] = await db
    .select()
    .from(passkeys)
    .where(and(ofPerson(scope, person), eq(passkeys.credentialId, credentialId)))
  return row
}

/** Writes a passkey's use down. @returns false where its count did not grow meanwhile: it was used twice, or copied */
export async function usePasskey(
  tx: Transaction,
  scope: PracticeScope,
  { person, id, counter, at }: { person: string; id: string; counter: number; at: DateTime }
): Promise<boolean> {
  const grows = counter === 0 ? eq(passkeys.counter, 0) : lt(passkeys.counter, counter)
  const used = await tx
    .update(passkeys)
    .set({ counter, usedAt: at })
    .where(and(ofPerson(scope, person), eq(passkeys.id, id), grows))
    .returning({ id: passkeys.id })
  return used.length > 0
}

/** What a passkey is asked to sign from now on; an older challenge for the same thing is over. */
export async function putChallenge(db: Executor, row: typeof passkeyChallenges.$inferInsert): Promise<void> {
  const { challenge, expiresAt } = row
  await db
    .insert(passkeyChallenges)
    .values(row)
    .onConflictDoUpdate({
      target: [passkeyChallenges.practiceId, passkeyChallenges.subjectId, passkeyChallenges.purpose],
      set: { challenge, expiresAt }
    })
}

/** Takes a challenge away: it is answered once, whatever the answer. */
export async function takeChallenge(
  db: Executor,
  { practice }: PracticeScope,
  subject: string,
  purpose: Purpose,
  at: DateTime
): Promise<Buffer | undefined> {
  const [row] = await db
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.practiceId, practice.id),
        eq(passkeyChallenges.subjectId, subject),
        eq(passkeyChallenges.purpose, purpose)
      )
    )
    .returning()
  return row && row.expiresAt > at ? row.challenge : undefined
}
