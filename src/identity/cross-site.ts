import type { FastifyRequest } from 'fastify'
import { problem } from '../kernel/problem.ts'

const crossSite = problem('cross-site', 403, 'This was sent from another site')

/**
 * Refuses a change that another site made a browser send. Browsers say where a request comes from in Sec-Fetch-Site;
 * where it is missing, Origin must be this host. A request with neither is no browser's: it is refused only where it
 * came with a sign-in cookie.
 * @throws cross-site
 */
export function refuseCrossSite(request: FastifyRequest, byCookie: boolean): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || request.headers.authorization) return
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  const { origin } = request.headers
  if (site === undefined && origin === undefined && !byCookie) return
  if (site === undefined && origin !== undefined && hostOf(origin) === request.host) return
  throw crossSite('Open the page itself and send it from there')
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
