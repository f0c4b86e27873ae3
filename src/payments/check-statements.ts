import { listPractices } from '../identity/store.ts'
import type { Deps } from '../kernel/deps.ts'
import { statementFault } from './statement.ts'

/**
 * Asked before anything is served: a card statement that Stripe refuses would refuse every payment of its practice.
 * @throws Error that names each practice whose statement is not right, and why
 */
export async function checkStatements({ db }: Pick<Deps, 'db'>): Promise<void> {
  const faults = (await listPractices(db)).flatMap(({ name, policies: { statement } }) => {
    const fault = statementFault(statement)
    return fault ? [`  “${statement}” of ${name}: ${fault}`] : []
  })
  if (faults.length) throw new Error(`Stripe takes no payment with this card statement:\n${faults.join('\n')}`)
}
