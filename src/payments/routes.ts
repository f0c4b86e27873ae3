import type { FastifyPluginAsync } from 'fastify'
import { problem } from '../kernel/problem.ts'
import type { PaymentDeps } from './deps.ts'
import { GatewayError } from './gateway.ts'
import { receive } from './inbox.ts'

const badSignature = problem('bad-signature', 400, 'This event is not signed as it should be')

/** Stripe's events, in a plugin of their own: the signature is over the raw bytes. https://docs.stripe.com/webhooks */
export const webhookRoutes: FastifyPluginAsync<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 512 * 1024 }, (_request, body, done) =>
    done(null, body)
  )
  app.post(
    '/stripe/webhook',
    { config: { may: 'operate the service', machine: true }, schema: { hide: true } },
    async (request, reply) => {
      await receive(deps, read(deps, request.body, request.headers['stripe-signature']))
      return reply.code(200).send({ received: true })
    }
  )
}

function read({ gateway }: PaymentDeps, body: unknown, signature: string | string[] | undefined) {
  try {
    return gateway.readEvent(Buffer.isBuffer(body) ? body : Buffer.alloc(0), signature)
  } catch (error) {
    if (error instanceof GatewayError) throw badSignature('Sign the raw body with the endpoint’s secret')
    throw error
  }
}
