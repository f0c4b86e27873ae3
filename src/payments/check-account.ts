import { listPractices } from '../identity/store.ts'
import { tells } from '../kernel/telling.ts'
import type { PaymentDeps } from './deps.ts'
import { type Account, GatewayError } from './gateway.ts'
import { isWhole } from './statement.ts'

/**
 * Asked once when a real account takes the payments: what it shows payers beside our own words, on statements, receipts
 * and its pages, must not tell what the practice is about. A warning names the part, never its words; Stripe's silence is
 * one too, and keeps nothing from going on.
 */
export async function checkAccount({ db, gateway, log }: Pick<PaymentDeps, 'db' | 'gateway' | 'log'>): Promise<void> {
  const account = await gateway.readAccount().catch(error => {
    if (!(error instanceof GatewayError)) throw error
    log.warn({ code: error.code }, 'Stripe does not say what its account shows to payers: look at it yourself')
  })
  if (!account) return
  for (const kind of tellingParts(account))
    log.warn({ kind }, 'The Stripe account shows payers a word that tells what the practice is about: change it there')
  for (const { id, policies } of await listPractices(db))
    if (!isWhole(policies.statement, account.prefix))
      log.warn({ practice: id }, 'Statements end after 22 characters: with the Stripe account’s prefix this one is cut')
}

/** Which parts of what an account shows tell too much. */
export function tellingParts({ publicName, prefix, support }: Account): string[] {
  const parts = { 'public-name': [publicName], 'statement-prefix': [prefix], 'support-address': support }
  return Object.entries(parts).flatMap(([part, texts]) => (texts.some(text => text && tells(text)) ? [part] : []))
}
