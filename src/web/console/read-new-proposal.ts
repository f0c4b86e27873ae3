import { findSessionType } from '../../catalog/store.ts'
import type { Actor } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { exponent } from '../../kernel/money.ts'
import { policyOfAnyPrice } from '../components/policy-words.ts'
import type { WebDeps } from '../deps.ts'
import type { NewProposalProps } from './new-proposal.tsx'
import { ownPlans } from './own-plan-form.ts'
import { readNewBookingPage } from './read-new-booking.ts'

/** So many days a proposal is open, where nothing else is said. */
const usualDays = 5

/** What the page for a proposal shows: as for a caller's booking, and what is usual. */
export async function readNewProposalPage(
  deps: WebDeps,
  scope: PracticeScope,
  actor: Actor,
  asked: Parameters<typeof readNewBookingPage>[3]
): Promise<
  Omit<NewProposalProps, 'frame' | 'given' | 'faults'> & {
    caller: string | undefined
    usual: Pick<NewProposalProps['given'], 'price' | 'until' | 'hold'>
  }
> {
  const page = await readNewBookingPage(deps, scope, actor, asked)
  const type = await findSessionType(deps.db, scope, page.type.slug)
  if (!type) throw new Error(`The session type ${page.type.slug} was just listed`)
  const { amount, currency } = type.price
  const until = deps.now().setZone(scope.practice.zone).plus({ days: usualDays }).startOf('hour')
  return {
    ...page,
    // What is typed below sets its price: no sum of the usual one is told as a term of it.
    type: { ...page.type, terms: policyOfAnyPrice({ ...type, plan: asked.own?.plan ?? type.plan }) },
    currency,
    may: ownPlans(type),
    usual: {
      price: String(amount / 10 ** exponent(currency)),
      until: until.toFormat("yyyy-LL-dd'T'HH:mm"),
      hold: 'yes'
    }
  }
}
