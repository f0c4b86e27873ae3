import { timingSafeEqual } from 'node:crypto'
import type { codes } from '../../db/schema/identity.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { hashToken, newCode, seal, unseal } from '../kernel/secrets.ts'
import { dataKeyOf } from './data-key.ts'
import { queueForMailbox } from './mailbox-store.ts'
import type { PracticeScope } from './practice.ts'
import { allowContact } from './store.ts'
import { countCodes, findCode, insertCode, markCodeUsed, spendCodes, takeTry } from './token-store.ts'

type Row = typeof codes.$inferSelect

export const wrongCode = problem('wrong-code', 422, 'That is not the code')
export const codeSpent = problem('code-spent', 409, 'That code does not work any more')

export interface CodeFor {
  purpose: Row['purpose']
  person: string
  subject: string
}

/** Minutes that a mailed code works. */
export const codeMinutes = 10

/**
 * A new mailed code of eight digits; older ones for the same thing stop working. It is stored sealed by its person's data
 * key, so that the mail's job can read it and nobody else.
 *
 * A mailbox is mailed three codes an hour and twenty a day (limits of the settings), whatever they are for and under
 * however many names its address was typed. Rivals for one mailbox wait here until the transaction ends: this is the
 * last lock that a transaction takes.
 * @returns the code's id, for the mail's job; undefined where it would be one too many: send nothing, say nothing
 */
export async function issueCode(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { purpose, person, subject }: CodeFor
): Promise<string | undefined> {
  const now = deps.now()
  const { codesAnHour, codesADay } = deps.settings.limits
  await queueForMailbox(tx, scope, person)
  const mailed = await countCodes(tx, scope, person, now)
  if (mailed.inHour >= codesAnHour || mailed.inDay >= codesADay) return undefined
  const id = newId()
  const key = await dataKeyOf(deps, tx, scope, person)
  await spendCodes(tx, scope, purpose, subject, now)
  await insertCode(tx, {
    practiceId: scope.practice.id,
    id,
    purpose,
    personId: person,
    subjectId: subject,
    code: seal(key, spot(scope, id), newCode()),
    tries: 0,
    createdAt: now,
    expiresAt: now.plus({ minutes: codeMinutes })
  })
  return id
}

/**
 * Takes one of the newest code's five tries, then compares. A right code is used up. The try counts when what `db` does
 * is committed: give the pool, or a transaction that ends well whatever the answer (return the refusal from it and throw
 * afterwards).
 * @returns spent where there is no code that can be tried any more: used, over, or five times wrong
 */
export async function checkCode(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  { purpose, subject, code }: Omit<CodeFor, 'person'> & { code: string }
): Promise<'right' | 'wrong' | 'spent'> {
  const row = await takeTry(db, scope, purpose, subject, deps.now())
  if (!row) return 'spent'
  if (!isSame(code.replace(/\s/g, ''), await open(deps, db, scope, row))) return 'wrong'
  if (!(await markCodeUsed(db, scope, row.id, deps.now()))) return 'spent'
  await allowContact(db, scope, row.personId)
  return 'right'
}

/** The code for its mail, or undefined where it was used or is over: then there is nothing to send. */
export async function readCode(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  id: string
): Promise<{ code: string; person: string; subject: string } | undefined> {
  const row = await findCode(db, scope, id)
  if (!row || row.usedAt || row.expiresAt <= deps.now()) return undefined
  return { code: await open(deps, db, scope, row), person: row.personId, subject: row.subjectId }
}

async function open(deps: Deps, db: Executor, scope: PracticeScope, row: Row): Promise<string> {
  return unseal(await dataKeyOf(deps, db, scope, row.personId), spot(scope, row.id), row.code)
}

/** Compares without telling by the time how much was right. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(hashToken(given), hashToken(wanted))
}

const spot = ({ practice }: PracticeScope, row: string) => ({
  practice: practice.id,
  table: 'codes',
  column: 'code',
  row
})
