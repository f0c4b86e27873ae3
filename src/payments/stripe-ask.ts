import Stripe from 'stripe'
import { GatewayError } from './gateway.ts'

/**
 * Calls Stripe and says of every failure whether it is a definite no. The library looks for an `error` key and not at the
 * HTTP status, so that a stranger's 404 comes back as an object without an id; such an answer says nothing.
 * https://docs.stripe.com/api/errors
 */
export async function ask<T extends { object: string; id?: unknown }>(call: () => Promise<T>): Promise<T> {
  const answer = await call().catch(error => {
    throw asGatewayError(error)
  })
  if (typeof answer?.id === 'string' && answer.id && typeof answer.object === 'string') return answer
  throw new GatewayError('unknown', 'Stripe answered without an id')
}

/** Statuses after which nothing happened and nothing will with the same words: https://docs.stripe.com/api/errors */
const definite = new Set([400, 402, 404])

/**
 * A wrong key (401, 403), too many requests (429) or a key still in use (409) say nothing of the order itself. A mismatch
 * of the idempotency key says that an earlier call with it had an effect which we do not know.
 */
function asGatewayError(error: unknown): GatewayError {
  if (!(error instanceof Stripe.errors.StripeError))
    return new GatewayError('unknown', String(error), undefined, { cause: error })
  const { statusCode, code, rawType, message } = error
  const isDefinite = definite.has(statusCode ?? 0) && rawType !== 'idempotency_error' && code !== 'rate_limit'
  return new GatewayError(isDefinite ? 'refused' : 'unknown', message, code ?? rawType, { cause: error })
}
