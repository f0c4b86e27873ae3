import type { DateTime } from 'luxon'
import { depositOf, type SessionType } from '../catalog/session-type.ts'
import { planBounds } from '../catalog/type-bounds.ts'
import { stepOf } from '../kernel/money.ts'
import { type Fault, invalid } from '../kernel/problem.ts'
import { longestDays } from './private-proposal.ts'
import type { ProposalRequest } from './private-proposal-schema.ts'

/** @throws invalid-input with every fault: of the price, the deadline, the starts and what is set aside without a reason */
export function checkProposal(
  { price, starts, until, override = [], reason, plan }: ProposalRequest,
  type: SessionType,
  currency: string,
  now: DateTime
): void {
  const faults: Fault[] = []
  const say = (pointer: string, detail: string) => faults.push({ pointer, detail })
  if (price && price.currency !== currency) say('/price/currency', `This practice is paid in ${currency}`)
  if (price && (price.amount < 0 || price.amount % stepOf(currency) !== 0))
    say('/price/amount', 'Give a sum that a card can pay, in minor units')
  if (price && price.amount > 0 && depositOf({ ...type, price })?.amount === 0)
    say('/price/amount', 'The deposit would be nothing: give a larger sum')
  if (until <= now) say('/until', 'Give a deadline that is ahead')
  if (until > now.plus({ days: longestDays })) say('/until', `Give a deadline within ${longestDays} days`)
  if (!starts.some(start => start > now)) say('/starts', 'Give starts that are ahead')
  if (new Set(starts.map(start => start.toMillis())).size < starts.length) say('/starts', 'Name each start once')
  if (override.length > 0 && !reason) say('/reason', 'Say why a rule is set aside')
  if ((plan ?? type.plan).anchor === 'edition') say('/sessionType', 'An edition has its own dates: give a seat there')
  if (plan) faults.push(...planBounds(plan, type.rules))
  if (faults.length > 0) throw invalid(faults)
}
