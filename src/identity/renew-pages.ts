import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newToken, seal, unseal } from '../kernel/secrets.ts'
import { dataKeyOf } from './data-key.ts'
import { listPages, savePage } from './page-store.ts'
import type { PracticeScope } from './practice.ts'

/**
 * Gives the pages that were mailed to these persons another address: what was mailed before opens nothing any more, and
 * what is mailed from now on leads there.
 */
export async function renewPages(
  deps: Pick<Deps, 'secrets'>,
  tx: Transaction,
  scope: PracticeScope,
  persons: readonly string[]
): Promise<void> {
  for (const { table, id, personId, link } of await listPages(tx, scope, persons)) {
    const key = await dataKeyOf(deps, tx, scope, personId)
    const spot = { practice: scope.practice.id, table, column: 'link', row: id }
    const { token, hash } = newToken()
    const url = unseal(key, spot, link).replace(/[^/]+$/, token)
    await savePage(tx, scope, { table, id }, { tokenHash: hash, link: seal(key, spot, url) })
  }
}
