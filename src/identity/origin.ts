import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a browser says that a request came from a page of our own. `Sec-Fetch-Site` has the first word (W3C Fetch
 * Metadata; no script can set it), then `Origin` (RFC 6454) against the host that was asked. Under a no-referrer policy
 * browsers send `Origin: null` with a form, so null says nothing.
 * @param host the host that was asked, with its port where there is one
 */
export function originOf(headers: IncomingHttpHeaders, host: string): 'own' | 'foreign' | 'unknown' {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
  const { origin } = headers
  if (origin === undefined || origin === 'null') return 'unknown'
  return URL.canParse(origin) && hostOf(new URL(origin).protocol, host) === new URL(origin).host ? 'own' : 'foreign'
}

/** A host as the URL standard writes it: lower case, without the scheme's own port. */
function hostOf(protocol: string, host: string): string | undefined {
  const address = `${protocol}//${host}`
  return URL.canParse(address) ? new URL(address).host : undefined
}
