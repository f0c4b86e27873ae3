import { GatewayError, type PaymentGateway } from './gateway.ts'

/**
 * A gateway that reaches nobody: for a restored copy, whose rows speak of real cards. What would have been asked stays to
 * be asked, because no answer came; only the signature of an event is read as ever.
 */
export function heldBack({ readEvent }: PaymentGateway): PaymentGateway {
  const refuse = async (): Promise<never> => {
    throw new GatewayError('unknown', 'This is a restored copy: nobody is charged until it is confirmed')
  }
  return {
    openCheckout: refuse,
    findCheckout: refuse,
    expireCheckout: refuse,
    refund: refuse,
    findRefund: refuse,
    findRefundOf: refuse,
    readAccount: refuse,
    readEvent
  }
}
