import type { DateTime } from 'luxon'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { unseal } from '../kernel/secrets.ts'
import { dataKeyOf } from './data-key.ts'
import type { PracticeScope } from './practice.ts'
import { listSecondSteps } from './step-store.ts'

/** What a person has set up, as they may see it. */
export interface SecondSteps {
  totp: { since: DateTime } | undefined
  pin: { since: DateTime } | undefined
  passkeys: { id: string; name: string; since: DateTime; usedAt: DateTime | null }[]
  /** Recovery codes that are left. */
  recoveryCodes: number
}

export async function readSecondSteps(
  deps: Pick<Deps, 'db' | 'secrets'>,
  scope: PracticeScope,
  person: string
): Promise<SecondSteps> {
  const { guessable, passkeys, recoveryCodes } = await listSecondSteps(deps.db, scope, person)
  const key = await dataKeyOf(deps, deps.db, scope, person)
  const since = (wanted: 'totp' | 'pin') => {
    const at = guessable.find(({ kind }) => kind === wanted)?.confirmedAt
    return at ? { since: at } : undefined
  }
  return {
    totp: since('totp'),
    pin: since('pin'),
    passkeys: passkeys.map(({ id, name, createdAt, usedAt }) => ({
      id,
      name: unseal(key, passkeySpot(scope, id), name),
      since: createdAt,
      usedAt
    })),
    recoveryCodes
  }
}

/** Whether a person has set up any second step. */
export async function hasSecondStep(db: Executor, scope: PracticeScope, person: string): Promise<boolean> {
  const { guessable, passkeys } = await listSecondSteps(db, scope, person)
  return passkeys.length > 0 || guessable.some(({ confirmedAt }) => confirmedAt !== null)
}

/** Where a passkey's sealed name stands. */
export const passkeySpot = ({ practice }: PracticeScope, row: string) => ({
  practice: practice.id,
  table: 'passkeys',
  column: 'name',
  row
})
