import type { Deps } from '../kernel/deps.ts'
import type { PaymentGateway } from './gateway.ts'

/** What use cases that touch money need besides. */
export interface PaymentDeps extends Deps {
  gateway: PaymentGateway
}
