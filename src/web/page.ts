import type { FastifyReply, FastifyRequest } from 'fastify'
import { formToken } from '../identity/visit.ts'
import type { Settings } from '../kernel/deps.ts'
import type { Frame } from './components/layout.tsx'

/** Answers a page that everybody may see. */
export async function page(reply: FastifyReply, html: JSX.Element): Promise<FastifyReply> {
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache')
  return reply
    .header('vary', 'Accept')
    .type('text/html; charset=utf-8')
    .send(await html)
}

/** Answers a page about one person: never stored, never indexed, and by a token's page never named to other sites. */
export async function personalPage(reply: FastifyReply, html: JSX.Element): Promise<FastifyReply> {
  return page(reply.headers({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' }), html)
}

/** What the practice and the installation say around every page. */
export function frameOf(request: FastifyRequest, { sandbox }: Settings): Frame {
  const { name, discreetName, policies } = request.scope.practice
  const { emergency, replyWithin } = policies
  return {
    practice: name,
    office: discreetName,
    emergency,
    replyWithin,
    sandbox,
    // Asked only by pages with a form: it gives the browser a cookie.
    get formToken() {
      return formToken(request)
    }
  }
}
