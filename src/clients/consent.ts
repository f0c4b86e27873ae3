import { createHash } from 'node:crypto'
import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { newId } from '../kernel/ids.ts'
import { insertConsent } from './store.ts'

/** Keeps who agreed to which words: the version and the SHA-256 of the text as it was shown. */
export async function recordConsent(
  tx: Transaction,
  { practice }: PracticeScope,
  {
    person,
    client,
    document,
    text,
    at
  }: { person: string; client: string; document: string; text: string; at: DateTime }
): Promise<void> {
  await insertConsent(tx, {
    practiceId: practice.id,
    id: newId(),
    personId: person,
    clientId: client,
    document,
    version: practice.termsVersion,
    hash: createHash('sha256').update(text).digest(),
    at
  })
}
