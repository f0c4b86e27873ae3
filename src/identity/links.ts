import type { DateTime } from 'luxon'
import type { LinkPurpose } from '../../db/schema/identity.ts'
import type { Executor } from '../kernel/database.ts'
import { type Rows, writeRows } from '../kernel/rows.ts'
import { hashToken, newToken } from '../kernel/secrets.ts'
import type { PracticeScope } from './practice.ts'
import { findLink, linkRows } from './token-store.ts'

/** What a token opens: one thing, for one person, until it ends. */
export interface Link {
  purpose: LinkPurpose
  person: string
  subject: string
  expiresAt: DateTime
}

/** Makes a secret that opens one thing; only its hash is kept. @returns the token, shown once */
export async function issueLink(db: Executor, scope: PracticeScope, link: Link): Promise<string> {
  const { token, rows } = newLink(scope, link)
  await writeRows(db, rows)
  return token
}

/** The same as rows that wait to be inserted. */
export function newLink({ practice }: PracticeScope, link: Link): { token: string; rows: Rows[] } {
  const { token, hash } = newToken()
  const { purpose, person, subject, expiresAt } = link
  const rows = linkRows({
    practiceId: practice.id,
    tokenHash: hash,
    purpose,
    personId: person,
    subjectId: subject,
    expiresAt
  })
  return { token, rows }
}

/** What a token opens now, or undefined where it is unknown or over. */
export async function openLink(
  db: Executor,
  scope: PracticeScope,
  token: string,
  now: DateTime
): Promise<Link | undefined> {
  if (token.length !== 43) return undefined
  const row = await findLink(db, scope, hashToken(token))
  if (!row || row.expiresAt <= now) return undefined
  return { purpose: row.purpose, person: row.personId, subject: row.subjectId, expiresAt: row.expiresAt }
}
