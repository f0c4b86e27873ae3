import type { Kind } from '../../db/schema/catalog.ts'
import { type Money, percentOf, stepOf } from '../kernel/money.ts'
import { problem } from '../kernel/problem.ts'
import { type Plan, usualPlan } from './plan.ts'
import type { CancellationPolicy, Rules } from './rules.ts'

/** What can be booked, in one of its versions. A booking points at the version that it was made with. */
export interface SessionType {
  id: string
  slug: string
  kind: Kind
  public: boolean
  version: number
  name: string
  description: string
  plan: Plan
  price: Money
  policy: CancellationPolicy
  rules: Rules
  /** Of a run of several rounds: how many days they are apart. */
  every?: number | undefined
  /** And whether it goes on until it is ended. */
  openEnded?: boolean | undefined
}

export const noSuchType = problem('no-such-session-type', 404, 'There is no such session type')

/** The same where no public one has this slug: nothing tells whether another has. */
export function noSuchPublicType(slug: string) {
  return noSuchType(`There is no session type “${slug}”; GET /api/session-types lists them`)
}

/** Minutes that people sit together: the sum of the plan's segments to which somebody comes, without what is optional. */
export function minutesOf({ plan }: Pick<SessionType, 'plan'>): number {
  return usualPlan(plan).segments.reduce(
    (sum, { minutes, who, optional }) => (who === 'nobody' || optional ? sum : sum + minutes),
    0
  )
}

/** What is due when the times are taken, where that is not the whole price. */
export function depositOf({ price, rules }: Pick<SessionType, 'price' | 'rules'>): Money | null {
  if (rules.pay.mode !== 'deposit') return null
  return { amount: percentOf(price, rules.pay.percent), currency: price.currency }
}

/** In how many parts the price can be paid, and how many days apart; null where it is paid as one. */
export function instalmentsOf({ price, rules: { pay } }: Pick<SessionType, 'price' | 'rules'>) {
  if (pay.mode !== 'full' || !pay.instalments) return null
  // So small a price that a part of it is nothing that a card pays, or no price at all.
  return price.amount / pay.instalments.times < stepOf(price.currency) ? null : pay.instalments
}

/** True where the plan asks two people into one appointment: the client is then a couple. */
export function isForTwo({ plan }: Pick<SessionType, 'plan'>): boolean {
  return plan.segments.some(segment => segment.who === 'both' || segment.who === 'second')
}

/** Whether a private call with each of two comes before the practice's yes, and so both of them are known; who comes alone has no other. */
export function isAfterCalls({ plan, rules }: Pick<SessionType, 'plan' | 'rules'>): boolean {
  return rules.callEach === true && isForTwo({ plan })
}

/** Working days until a request that the practice has not answered lapses. */
export function answerDaysOf(type: Pick<SessionType, 'plan' | 'rules'>): number {
  return type.rules.answerDays ?? (isAfterCalls(type) ? callDays : usualDays)
}

/** Two calls want more time to be found and held than a yes. */
const [usualDays, callDays] = [2, 10]
