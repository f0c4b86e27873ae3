import { practiceScopes } from '../identity/scope.ts'
import type { Reactions } from '../kernel/events.ts'
import type { PaymentDeps } from './deps.ts'
import { pursueRefund } from './pursue-refund.ts'

const pursue = async (deps: PaymentDeps, { practice = '', refund = '' }: Record<string, string>) =>
  pursueRefund(deps, await practiceScopes(deps).forId(practice), refund)

export const paymentReactions: Reactions<PaymentDeps> = { 'refund.requested': pursue, 'refund.changed': pursue }
