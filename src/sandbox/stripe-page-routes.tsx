import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { type Bench, expireDue } from './stripe-bench.ts'
import { PayPage } from './stripe-checkout-pages.tsx'
import { ListPage } from './stripe-list-page.tsx'
import { ConfirmPage, EndedPage, NoPage } from './stripe-other-pages.tsx'
import { confirm, type Paid, pay, paymentOf } from './stripe-pay.ts'
import type { Session } from './stripe-state.ts'
import { stripeStyle } from './stripe-style.ts'

/** Stands for another origin: its form is filled in by browsers and by programs alike. */
const route = { config: { may: 'use the sandbox', machine: true }, schema: { hide: true } } as const

type OneSession = { Params: { id: string }; Body: { card?: string; answer?: string } }

/** The payment page, which works without JavaScript, and a list of what was paid and sent back. */
export function pageRoutes(bench: Bench): FastifyPluginAsync {
  const { sessions } = bench.store.state
  const base = () => new URL(bench.publicUrl()).pathname.replace(/\/+$/, '')

  return async app => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body))))
    )
    app.addHook('preHandler', async () => {
      await expireDue(bench)
      await bench.store.settled()
    })

    app.get('/', route, async (_request, reply) => show(reply, <ListPage state={bench.store.state} base={base()} />))

    app.get('/stripe.css', route, async (_request, reply) =>
      reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(stripeStyle)
    )

    app.get<OneSession>('/pay/:id', route, async ({ params }, reply) => {
      const session = sessions.get(params.id)
      if (!session) return show(reply.code(404), <NoPage base={base()} />)
      return showSession(reply, session, paymentOf(bench, session).decline ? 'declined' : undefined)
    })

    app.post<OneSession>('/pay/:id', route, async ({ params, body }, reply) => {
      const session = sessions.get(params.id)
      if (!session) return show(reply.code(404), <NoPage base={base()} />)
      return goOn(reply, session, await pay(bench, session, body?.card ?? ''))
    })

    app.get<OneSession>('/pay/:id/confirm', route, async ({ params }, reply) => {
      const session = sessions.get(params.id)
      if (!session) return show(reply.code(404), <NoPage base={base()} />)
      const isWaiting = session.status === 'open' && paymentOf(bench, session).status === 'requires_action'
      if (!isWaiting) return reply.redirect(`${base()}/pay/${session.id}`, 303)
      return show(reply, <ConfirmPage session={session} base={base()} />, session)
    })

    app.post<OneSession>('/pay/:id/confirm', route, async ({ params, body }, reply) => {
      const session = sessions.get(params.id)
      if (!session) return show(reply.code(404), <NoPage base={base()} />)
      return goOn(reply, session, await confirm(bench, session, body?.answer === 'yes'))
    })
  }

  function goOn(reply: FastifyReply, session: Session, paid: Paid): FastifyReply | Promise<FastifyReply> {
    if (paid === 'paid') return reply.redirect(returnAddress(session), 303)
    if (paid === 'not a test card') return showSession(reply.code(422), session, paid)
    return reply.redirect(`${base()}/pay/${session.id}${paid === 'confirm' ? '/confirm' : ''}`, 303)
  }

  function showSession(reply: FastifyReply, session: Session, fault: 'declined' | 'not a test card' | undefined) {
    if (session.status === 'open')
      return show(reply, <PayPage session={session} base={base()} fault={fault} />, session)
    return show(reply, <EndedPage session={session} base={base()} returnUrl={returnAddress(session)} />, session)
  }
}

/** https://docs.stripe.com/payments/checkout/custom-success-page */
function returnAddress({ id, successUrl }: Session): string {
  return successUrl.replaceAll('{CHECKOUT_SESSION_ID}', id)
}

/** A form's answer may lead on to where the payer came from, and a redirect counts as well. */
async function show(reply: FastifyReply, html: JSX.Element, session?: Session): Promise<FastifyReply> {
  const next = session ? ` ${new URL(session.successUrl).origin}` : ''
  return reply
    .headers({
      'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self'${next}; base-uri 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff'
    })
    .type('text/html; charset=utf-8')
    .send(await html)
}
