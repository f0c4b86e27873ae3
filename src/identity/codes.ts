import { timingSafeEqual } from 'node:crypto'
import type { codes } from '../../db/schema/identity.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { newCode, seal, unseal } from '../kernel/secrets.ts'
import type { PracticeScope } from './practice.ts'
import { countCodes, findCode, findPerson, insertCode, markCodeUsed, spendCodes, takeTry } from './store.ts'

type Row = typeof codes.$inferSelect

export interface CodeFor {
  purpose: Row['purpose']
  person: string
  subject: string
}

/** Minutes that a mailed code works. */
const codeMinutes = 10
/** Codes that one subject may be mailed in an hour. */
const mailsAnHour = 3

/**
 * A new mailed code of eight digits; older ones for the same thing stop working. It is stored sealed by its person's data
 * key, so that the mail's job can read it and nobody else.
 * @returns the code's id for the mail's job, or undefined where the subject had its three in this hour
 */
export async function issueCode(deps: Deps, tx: Transaction, scope: PracticeScope, asked: CodeFor): Promise<string | undefined> {
  const { purpose, person, subject } = asked
  const now = deps.now()
  if ((await countCodes(tx, scope, subject, now.minus({ hours: 1 }))) >= mailsAnHour) return undefined
  await spendCodes(tx, scope, purpose, subject, now)
  const id = newId()
  const key = await dataKey(deps, tx, scope, person)
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
 * Takes one of the five tries and compares. A right code is used up. Give the pool, not a transaction: a try must count
 * whatever becomes of the rest.
 * @returns spent where there is no code that can be tried any more
 */
export async function checkCode(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  { purpose, subject, code }: Omit<CodeFor, 'person'> & { code: string }
): Promise<'right' | 'wrong' | 'spent'> {
  const row = await takeTry(db, scope, purpose, subject, deps.now())
  if (!row) return 'spent'
  const [given, wanted] = [Buffer.from(code), Buffer.from(await open(deps, db, scope, row))]
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 'wrong'
  return (await markCodeUsed(db, scope, row.id, deps.now())) ? 'right' : 'spent'
}

/** The code for its mail, or undefined where it was used or is over: then there is nothing to send. */
export async function readCode(deps: Deps, db: Executor, scope: PracticeScope, id: string) {
  const row = await findCode(db, scope, id)
  if (!row || row.usedAt || row.expiresAt <= deps.now()) return undefined
  return { code: await open(deps, db, scope, row), person: row.personId, subject: row.subjectId }
}

async function open(deps: Deps, db: Executor, scope: PracticeScope, row: Row): Promise<string> {
  return unseal(await dataKey(deps, db, scope, row.personId), spot(scope, row.id), row.code)
}

async function dataKey({ secrets }: Deps, db: Executor, scope: PracticeScope, person: string): Promise<Buffer> {
  const row = await findPerson(db, scope, person)
  if (!row?.dataKey) throw new Error(`The person ${person} is not there or was erased`)
  return secrets.openDataKey({ practice: scope.practice.id, person }, row.dataKey)
}

const spot = ({ practice }: PracticeScope, row: string) => ({ practice: practice.id, table: 'codes', column: 'code', row })
