import Stripe from 'stripe'

/**
 * An HTTP client for the library that sends to another address, path prefix included: the library itself takes only a
 * host, a port and a protocol.
 */
export function clientAt(apiBase: string) {
  const base = apiBase.replace(/\/+$/, '')
  return Stripe.createFetchHttpClient((address: string | URL | Request, init?: RequestInit) => {
    const { pathname, search } = new URL(address instanceof Request ? address.url : address)
    return fetch(`${base}${pathname}${search}`, init)
  })
}
