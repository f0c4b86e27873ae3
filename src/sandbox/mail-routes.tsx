import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { notFound } from '../kernel/problem.ts'
import { MailList, MailPage } from './mail-pages.tsx'
import type { CaughtMail, MailStore } from './mail-store.ts'
import { mailStyle } from './mail-style.ts'

const config = { may: 'use the sandbox' } as const
const Id = z.object({ id: z.string() })
const Filter = z.object({ to: z.string().optional() })

/** No script, nothing from elsewhere; the only frame is the mail's own HTML. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
/** A mail's HTML is a stranger's: no script, no form, no picture from elsewhere, no origin; links open a new tab. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; " +
  "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

/** What the mail catcher shows, in the sandbox only: as a list for programs, and as pages. */
export function mailRoutes(store: MailStore): FastifyPluginAsync {
  const routes: FastifyPluginAsyncZod = async app => {
    app.get('/sandbox/mails.json', { config, schema: { hide: true, querystring: Filter } }, async (request, reply) => {
      const items = (await store.list(request.query.to)).map(({ id: _, ...mail }) => mail)
      return reply.header('cache-control', 'no-store').send({ items })
    })

    app.get('/sandbox/mail', { config, schema: { hide: true, querystring: Filter } }, async (request, reply) => {
      const to = request.query.to?.trim() || undefined
      return page(reply, <MailList mails={(await store.list(to)).reverse()} to={to} />)
    })

    app.get('/sandbox/mail/:id', { config, schema: { hide: true, params: Id } }, async (request, reply) => {
      return page(reply, <MailPage mail={await find(request.params.id)} />)
    })

    app.get('/sandbox/mail/:id/html', { config, schema: { hide: true, params: Id } }, async (request, reply) => {
      const { html } = await find(request.params.id)
      return reply
        .headers({
          'content-security-policy': mailPolicy,
          'x-frame-options': 'SAMEORIGIN',
          'cache-control': 'no-store'
        })
        .type('text/html; charset=utf-8')
        .send(html.replace(/<head[^>]*>/i, head => `${head}<base target="_blank">`))
    })

    app.get('/sandbox/mail/:id/invite.ics', { config, schema: { hide: true, params: Id } }, async (request, reply) => {
      const { ics } = await find(request.params.id)
      if (ics === null) throw notFound('This mail carries no calendar entry')
      return reply
        .headers({ 'content-disposition': 'attachment; filename="invite.ics"', 'cache-control': 'no-store' })
        .type('text/calendar; charset=utf-8')
        .send(ics)
    })

    app.get('/sandbox/mail.css', { config, schema: { hide: true } }, async (_, reply) => {
      return reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(mailStyle)
    })
  }
  return async app => {
    await app.register(routes)
  }

  async function find(id: string): Promise<CaughtMail> {
    const mail = await store.find(id)
    if (!mail) throw notFound('There is no such mail')
    return mail
  }
}

async function page(reply: FastifyReply, html: JSX.Element): Promise<FastifyReply> {
  return reply
    .headers({
      'content-security-policy': pagePolicy,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow'
    })
    .type('text/html; charset=utf-8')
    .send(await html)
}
