import { stepOf } from '../kernel/money.ts'

/** What Stripe says no with: https://docs.stripe.com/api/errors, codes: https://docs.stripe.com/error-codes */
export class StripeRefusal extends Error {
  readonly status: number
  readonly body: string
  /** Whether the call had begun: then its key gives the same answer again. */
  readonly begun: boolean

  constructor(status: number, error: { type: string; message: string; code?: string; param?: string }, begun = false) {
    super(error.message)
    this.name = 'StripeRefusal'
    this.status = status
    this.body = JSON.stringify({
      error: {
        ...error,
        ...(error.code && { doc_url: `https://docs.stripe.com/error-codes/${error.code.replaceAll('_', '-')}` })
      }
    })
    this.begun = begun
  }
}

/** A parameter that cannot be: nothing was begun. */
export function invalid(message: string, param?: string, code?: string): StripeRefusal {
  return new StripeRefusal(400, {
    type: 'invalid_request_error',
    message,
    ...(code && { code }),
    ...(param && { param })
  })
}

/** The state of things does not allow it. */
export function notNow(message: string, param?: string, code?: string): StripeRefusal {
  return new StripeRefusal(
    400,
    { type: 'invalid_request_error', message, ...(code && { code }), ...(param && { param }) },
    true
  )
}

export function missing(object: string, id: string, param: string): StripeRefusal {
  return new StripeRefusal(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${object}: '${id}'`,
    param
  })
}

/**
 * https://docs.stripe.com/currencies#special-cases; the code and its words by
 * https://support.stripe.com/questions/deprecation-of-fractional-isk-charges-and-refunds
 */
export function mustBePayable(amount: number, currency: string): void {
  const name = currency.toUpperCase()
  const step = stepOf(name)
  if (amount % step !== 0)
    throw invalid(
      `Invalid amount. In currency ${name} charged amounts must be evenly divisible by ${step}.`,
      undefined,
      'invalid_charge_amount_no_decimal_compatible'
    )
}

/** https://docs.stripe.com/api/authentication */
export function wrongKey(given: string | undefined): StripeRefusal {
  const message = given
    ? `Invalid API Key provided: ${given.slice(0, 8)}${'*'.repeat(Math.max(0, given.length - 12))}${given.length > 12 ? given.slice(-4) : ''}`
    : 'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.'
  return new StripeRefusal(401, { type: 'invalid_request_error', message })
}

/** https://docs.stripe.com/api/idempotent_requests */
export function otherParameters(key: string): StripeRefusal {
  return new StripeRefusal(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
  })
}

export function unrecognized(method: string, path: string): StripeRefusal {
  return new StripeRefusal(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`
  })
}

export function ownFault(): StripeRefusal {
  return new StripeRefusal(500, { type: 'api_error', message: 'Sorry, there was a problem with your request.' })
}
