import { randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { availabilityRoutes } from './availability/routes.ts'
import { slotsRoutes } from './availability/slots-routes.ts'
import { acceptanceRoutes } from './bookings/acceptance-routes.ts'
import { callOffRoutes } from './bookings/call-off-routes.ts'
import { changeRoutes } from './bookings/change-routes.ts'
import { editionRoutes } from './bookings/edition-routes.ts'
import { ownBookingRoutes } from './bookings/me-routes.ts'
import { membershipRoutes } from './bookings/membership-routes.ts'
import { bookingRoutes } from './bookings/routes.ts'
import { seriesRoutes } from './bookings/series-routes.ts'
import { skipRoutes } from './bookings/skip-routes.ts'
import { staffBookingRoutes } from './bookings/staff-routes.ts'
import { waitlistRoutes } from './bookings/waitlist-routes.ts'
import { feedRoutes } from './calendars/feed-routes.ts'
import { calendarRoutes } from './calendars/routes.ts'
import { catalogRoutes } from './catalog/routes.ts'
import { beginningRoutes } from './clients/beginning-routes.ts'
import { clientRoutes } from './clients/client-routes.ts'
import { enquiryRoutes } from './clients/enquiry-routes.ts'
import { inboxRoutes } from './clients/inbox-routes.ts'
import { partnerRoutes } from './clients/partner-routes.ts'
import { returnRoutes } from './clients/return-routes.ts'
import { togetherRoutes } from './clients/together-routes.ts'
import { descriptionPlugin } from './description-plugin.ts'
import { contentPolicy, headers } from './headers.ts'
import { choiceRoutes } from './identity/choice-routes.ts'
import { idempotencyPlugin } from './identity/idempotency-plugin.ts'
import { meRoutes } from './identity/me-routes.ts'
import { meSignInRoutes } from './identity/me-sign-in-routes.ts'
import { identityPlugin } from './identity/plugin.ts'
import { identityRoutes } from './identity/routes.ts'
import { limitPlugin } from './kernel/limit-plugin.ts'
import { methodPlugin } from './kernel/method-plugin.ts'
import { answerUnreadable, problemPlugin } from './kernel/problem-plugin.ts'
import { operationRoutes } from './operation-routes.ts'
import { webhookRoutes } from './payments/routes.ts'
import { recordRoutes } from './records/routes.ts'
import type { WebDeps } from './web/deps.ts'
import { renderProblem } from './web/problem-page.tsx'
import { webRoutes } from './web/routes.ts'

export interface AppSettings {
  /** Where a form may lead: Stripe's checkout, or the simulator's origin. */
  checkoutOrigin: string
  /** The addresses whose X-Forwarded headers are believed; none by default. */
  trustProxy?: string | undefined
  /** The bearer token of whoever reads /metrics; without one only this machine may. */
  metricsToken?: string | undefined
  /** The process began on a restored copy that nobody had confirmed: it mails and charges nothing until it is started again. */
  heldBack?: boolean
  /** Aborted when the process has been told to stop. */
  stopping?: AbortSignal
  /** What stands in for outside services, with its prefix: the sandbox's pages. */
  standIns?: readonly { prefix: string; plugin: FastifyPluginAsync }[]
}

/** The whole application, not yet listening: every plugin and feature, in order. */
export async function buildApp(deps: WebDeps, settings: AppSettings): Promise<FastifyInstance> {
  const { checkoutOrigin, trustProxy, standIns = [], metricsToken, stopping, heldBack } = settings
  const render = renderProblem(deps.settings)
  const app = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    frameworkErrors: answerUnreadable(render),
    trustProxy: trustProxy ? trustProxy.split(',').map(address => address.trim()) : false,
    bodyLimit: 64 * 1024,
    // What is on its way when the process is told to stop is answered; nobody new comes in, because nobody listens.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 4000 }
  }).withTypeProvider<ZodTypeProvider>()
  // Fastify reads text/plain unless told otherwise; nothing here takes it, so it is answered by 415.
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  await app.register(problemPlugin, { render })
  await app.register(helmet, headers(deps.settings.publicUrl))
  const policy = contentPolicy(deps.settings.publicUrl, checkoutOrigin)
  // What may be kept says so itself: nothing personal is stored because somebody forgot to forbid it.
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-store' })
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const ms = Math.round(reply.elapsedTime)
    // The route's pattern, never the address: a path or query may hold a token.
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, ms }, 'answered')
  })
  await app.register(limitPlugin, { deps })
  await app.register(identityPlugin, { deps })
  await app.register(methodPlugin)
  await app.register(idempotencyPlugin, { deps })
  await app.register(descriptionPlugin)
  await app.register(documentation)

  await app.register(operationRoutes, { deps, metricsToken, stopping, heldBack })
  // Called, not registered: what needs no hooks of its own needs no context, and all of theirs took half of a start.
  await identityRoutes(app, { deps })
  await meRoutes(app, { deps })
  await meSignInRoutes(app, { deps })
  await choiceRoutes(app, { deps })
  await catalogRoutes(app, { deps })
  await slotsRoutes(app, { deps })
  await availabilityRoutes(app, { deps })
  await bookingRoutes(app, { deps })
  await changeRoutes(app, { deps })
  await skipRoutes(app, { deps })
  await callOffRoutes(app, { deps })
  await seriesRoutes(app, { deps })
  await acceptanceRoutes(app, { deps })
  await ownBookingRoutes(app, { deps })
  await staffBookingRoutes(app, { deps })
  await membershipRoutes(app, { deps })
  await editionRoutes(app, { deps })
  await waitlistRoutes(app, { deps })
  await calendarRoutes(app, { deps })
  await feedRoutes(app, { deps })
  await clientRoutes(app, { deps })
  await beginningRoutes(app, { deps })
  await togetherRoutes(app, { deps })
  await partnerRoutes(app, { deps })
  await returnRoutes(app, { deps })
  await enquiryRoutes(app, { deps })
  await inboxRoutes(app, { deps })
  await recordRoutes(app, { deps })
  await app.register(webhookRoutes, { deps })
  const policyWith = (formsTo: string) => contentPolicy(deps.settings.publicUrl, `${checkoutOrigin} ${formsTo}`)
  await app.register(webRoutes, { deps, policyWith })
  for (const { prefix, plugin } of standIns) await app.register(plugin, { prefix })
  return app
}

/** The description and a page to read it, served by us: no outside request. */
const documentation: FastifyPluginAsync = async app => {
  app.addHook('onRoute', route => {
    route.config = { may: 'read the catalogue', ...route.config }
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
