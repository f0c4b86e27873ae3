import { createHash } from 'node:crypto'
import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import { newId } from '../kernel/ids.ts'
import type { Rows } from '../kernel/rows.ts'
import { consentRows } from './store.ts'

/** The row that keeps who agreed to which words: the version and the SHA-256 of the text as it was shown. */
export function newConsent(
  { practice }: PracticeScope,
  {
    person,
    client,
    document,
    text,
    at
  }: { person: string; client: string; document: string; text: string; at: DateTime }
): Rows[] {
  return consentRows({
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
