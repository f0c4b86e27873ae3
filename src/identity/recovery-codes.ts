import { randomInt } from 'node:crypto'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { PracticeScope } from './practice.ts'
import { replaceRecoveryCodes } from './step-store.ts'

/** Crockford's base 32: no letter that reads like a digit. Sixteen of them are 80 bits. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const [length, codes] = [16, 10]

/** Ten new recovery codes in the place of all older ones. @returns them, shown once: `7K3M-…` */
export async function issueRecoveryCodes(
  deps: Pick<Deps, 'secrets' | 'now'>,
  tx: Transaction,
  scope: PracticeScope,
  person: string
): Promise<string[]> {
  const made = Array.from({ length: codes }, newRecoveryCode)
  const rows = made.map(code => ({
    practiceId: scope.practice.id,
    personId: person,
    lookup: recoveryLookup(deps, scope, person, normalCode(code)),
    createdAt: deps.now()
  }))
  await replaceRecoveryCodes(tx, scope, person, rows)
  return made
}

/** A code as it is looked up, however it was typed. */
export function normalCode(code: string): string {
  return code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}

export function recoveryLookup(
  { secrets }: Pick<Deps, 'secrets'>,
  { practice }: PracticeScope,
  person: string,
  code: string
): Buffer {
  return secrets.lookup(practice.id, 'recovery', `${person}\n${code}`)
}

function newRecoveryCode(): string {
  const code = Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
  return code.replace(/(.{4})(?=.)/g, '$1-')
}
