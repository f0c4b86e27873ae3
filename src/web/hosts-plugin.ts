import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { isApart, isDiscreetHost, linkBase } from '../identity/scope.ts'
import { findVisit } from '../identity/visit.ts'
import type { Settings } from '../kernel/deps.ts'
import { notFound } from '../kernel/problem.ts'

/**
 * Pages of one person: their own, a sign-in, a booking, a return from paying, a partner's page, a suggested time, a proposal,
 * what was said there.
 */
const personal = /^\/([aboprsx]|me|sign-in)(?=[/?]|$)/
/** On either host, because a page of one person leads there. */
const either = /^\/(contact|how-we-write|leave|robots\.txt|assets|favicon)/

/**
 * Where a practice has a discreet host, each page is on one of the two: what is one person's on the discreet one, what
 * names the practice and its sessions on the public one. Whoever comes to the other is led there; the discreet host by
 * itself says nothing.
 */
export const hostsPlugin = fastifyPlugin<{ settings: Settings; policyWith(formsTo: string): string }>(
  async (app, { settings, policyWith }) => {
    app.addHook('onRequest', async (request, reply) => {
      const practice = findVisit(request)?.scope.practice
      if (!practice || !isApart(settings, practice)) return
      const discreet = linkBase(settings, practice)
      // The form that chooses a time is answered there.
      reply.header('content-security-policy', policyWith(discreet))
      if (!mayBeLed(request)) return
      const isThere = isDiscreetHost(settings, practice, request.host)
      if (personal.test(request.url)) return isThere ? undefined : reply.redirect(`${discreet}${request.url}`, 303)
      if (!isThere) return
      if (request.url === '/') throw notFound('There is nothing here')
      return reply.redirect(`https://${practice.hosts[0]}${request.url}`, 303)
    })
  },
  { name: 'hosts', dependencies: ['identity'] }
)

/** Pages alone: not the API, which a program asks at any host of the practice, and no form, whose words would be lost. */
function mayBeLed({ method, url, routeOptions, is404 }: FastifyRequest): boolean {
  return (
    method === 'GET' &&
    !is404 &&
    routeOptions.config.may !== undefined &&
    !/^\/(api|calendars|console)\b/.test(url) &&
    !either.test(url)
  )
}
