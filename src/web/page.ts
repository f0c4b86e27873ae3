import type { FastifyReply, FastifyRequest } from 'fastify'
import { may } from '../identity/actor.ts'
import { isDiscreetHost } from '../identity/scope.ts'
import { formToken } from '../identity/visit.ts'
import type { Settings } from '../kernel/deps.ts'
import type { Frame } from './components/layout.tsx'

/** Answers a page that everybody may see. */
export async function page(reply: FastifyReply, html: JSX.Element): Promise<FastifyReply> {
  return send(reply.header('cache-control', 'private, no-cache'), html)
}

/** What every page about one person says: never stored, never indexed, and its address named to nobody. */
export const personal = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer'
} as const

/** Answers a page about one person. */
export async function personalPage(reply: FastifyReply, html: JSX.Element): Promise<FastifyReply> {
  return send(reply.headers(personal), html)
}

async function send(reply: FastifyReply, html: JSX.Element): Promise<FastifyReply> {
  return reply
    .header('vary', 'Accept')
    .type('text/html; charset=utf-8')
    .send(await html)
}

/** What the practice and the installation say around every page. */
export function frameOf(request: FastifyRequest, settings: Settings): Frame {
  const { practice } = request.scope
  const { name, discreetName, policies } = practice
  const { emergency, replyWithin } = policies
  return {
    // On the discreet host no page names the practice, whatever it is about.
    practice: isDiscreetHost(settings, practice, request.host) ? discreetName : name,
    office: discreetName,
    emergency,
    replyWithin,
    sandbox: settings.sandbox,
    may: action => may(request.actor, action),
    // Asked only by pages with a form: it gives the browser a cookie.
    get formToken() {
      return formToken(request)
    }
  }
}
