import { practiceScopes } from '../identity/scope.ts'
import type { Reactions } from '../kernel/events.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { cancelAhead } from './leave-couple.ts'
import { settle } from './settle.ts'
import { walkBulkChange } from './walk-bulk-change.ts'

export const bookingReactions: Reactions<PaymentDeps> = {
  'checkout.changed': async (deps, { practice = '', attempt = '' }) => {
    await settle(deps, await practiceScopes(deps).forId(practice), attempt)
  },
  'bulk-change.begun': async (deps, { practice = '', change = '' }) => {
    await walkBulkChange(deps, await practiceScopes(deps).forId(practice), change)
  },
  // The process may have died after a couple ended and before all that it kept was cancelled.
  'couple.ended': async (deps, { practice = '', client = '', person = '' }) => {
    const actor = { kind: 'person', person, session: '', stepped: true } as const
    await cancelAhead(deps, await practiceScopes(deps).forId(practice), actor, client)
  }
}
