import type { Kind } from '../../db/schema/catalog.ts'
import { type Money, percentOf } from '../kernel/money.ts'
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

/** Minutes that people sit together: the sum of the plan's segments to which somebody comes. */
export function minutesOf({ plan }: SessionType): number {
  return usualPlan(plan).segments.reduce((sum, { minutes, who }) => (who === 'nobody' ? sum : sum + minutes), 0)
}

/** What is due when the times are taken, where that is not the whole price. */
export function depositOf({ price, rules }: Pick<SessionType, 'price' | 'rules'>): Money | null {
  if (rules.pay.mode !== 'deposit') return null
  return { amount: percentOf(price, rules.pay.percent), currency: price.currency }
}

/** True where the plan asks two people into one appointment: the client is then a couple. */
export function isForTwo({ plan }: SessionType): boolean {
  return plan.segments.some(segment => segment.who === 'both' || segment.who === 'second')
}
