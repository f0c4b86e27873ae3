import { practiceScopes } from '../identity/scope.ts'
import type { Reactions } from '../kernel/events.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { settle } from './settle.ts'

export const bookingReactions: Reactions<PaymentDeps> = {
  'checkout.changed': async (deps, { practice = '', attempt = '' }) => {
    await settle(deps, await practiceScopes(deps).forId(practice), attempt)
  }
}
