import formbody from '@fastify/formbody'
import fastify, { type FastifyBaseLogger, type InjectOptions } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Test } from 'tap'
import { z } from 'zod'
import { keepBooking } from '../../src/identity/cookies.ts'
import { identityPlugin } from '../../src/identity/plugin.ts'
import { identityRoutes } from '../../src/identity/routes.ts'
import { practiceScopes } from '../../src/identity/scope.ts'
import { signInStaff } from '../../src/identity/sign-in.ts'
import { signOut } from '../../src/identity/sign-out.ts'
import { formToken, keepSignedIn } from '../../src/identity/visit.ts'
import { connect } from '../../src/kernel/database.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { newId } from '../../src/kernel/ids.ts'
import { startJobs } from '../../src/kernel/jobs.ts'
import { problemPlugin } from '../../src/kernel/problem-plugin.ts'
import { ownClock } from './clock.ts'
import { ownDatabase, staffPassword, testSecrets, testSettings } from './database.ts'
import { silentLog } from './log.ts'

export const jessica = 'jessica@example.com'

/**
 * Identity alone, on a database of its own with the demo practice in it, and a few routes and pages that ask for it.
 * @param settings what differs from the usual test installation
 * @param most connections: as many as rivals in a race
 */
export async function openIdentity(t: Test, settings: Partial<Deps['settings']> = {}, most = 10) {
  const database = await ownDatabase()
  const clock = ownClock()
  const { db, client, close } = connect(database.url, most)
  let ended = false
  const jobs = await startJobs(
    database.url,
    error => {
      // After the test has ended its database goes, and a question that was under way fails.
      if (!ended) t.error(error)
    },
    { migrate: false, supervise: false }
  )
  const deps: Deps = {
    db,
    now: clock.now,
    secrets: testSecrets,
    jobs,
    settings: { ...testSettings, ...settings },
    log: silentLog
  }
  const app = await probes(deps)
  t.teardown(async () => {
    ended = true
    await app.close()
    await jobs.stop()
    await close()
    await database.drop()
  })
  const [practice] = await client<{ id: string }[]>`select id from practices`
  const scope = await practiceScopes(deps).forId(practice?.id ?? '')

  /** One request to the practice's host, with a token or cookies. */
  const request = (method: 'GET' | 'POST' | 'DELETE', url: string, more: InjectOptions & { token?: string } = {}) => {
    const { token, headers, ...rest } = more
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
    return app.inject({ method, url, ...rest, headers: { host: 'localhost:3000', ...authorization, ...headers } })
  }
  /** Signs in as programs do. */
  const signIn = async (email = jessica, password = staffPassword) =>
    request('POST', '/api/sessions', { payload: { email, password } })
  /** Signs in as pages do. @returns the cookies */
  const signInByPage = async (): Promise<Record<string, string>> => {
    const payload = { email: jessica, password: staffPassword }
    const answer = await request('POST', '/page/sign-in', { headers: { 'sec-fetch-site': 'same-origin' }, payload })
    return Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))
  }
  return { app, deps, db, client, clock, scope, databaseUrl: database.url, request, signIn, signInByPage }
}

async function probes(deps: Deps) {
  const app = fastify({
    loggerInstance: silentLog as FastifyBaseLogger,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: 4000 }
  })
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler)
  await app.register(problemPlugin, { render: (_request, problem) => problem.title })
  await app.register(formbody)
  await app.register(identityPlugin, { deps })
  await app.register(identityRoutes, { deps })
  const typed = app.withTypeProvider<ZodTypeProvider>()
  app.get('/api/open', { config: { may: 'read slots' } }, async ({ actor }) => actor)
  app.get('/api/staff', { config: { may: 'read bookings' } }, async ({ actor }) => actor)
  app.post('/api/staff', { config: { may: 'change time off' } }, async ({ actor }) => actor)
  app.post('/api/open', { config: { may: 'book' } }, async ({ actor }) => actor)
  app.get('/api/bookings/:id', { config: { may: 'read one booking' } }, async ({ actor }) => actor)
  app.post('/api/bookings/:id/approval', { config: { may: 'approve bookings' } }, async ({ actor }) => actor)
  app.get('/machine', { config: { may: 'operate the service', machine: true } }, async ({ actor }) => actor)
  app.get('/page', { config: { may: 'read the catalogue' } }, async request => ({ token: formToken(request) }))
  app.get('/page/actor', { config: { may: 'read the catalogue' } }, async ({ actor }) => actor)
  app.post('/page', { config: { may: 'book' } }, async ({ body }) => ({ took: body }))
  const SignIn = z.strictObject({ email: z.string(), password: z.string() })
  typed.post('/page/sign-in', { config: { may: 'sign in' }, schema: { body: SignIn } }, async request => {
    const { session } = await signInStaff(deps, request.scope, { ...request.body, device: 'a browser' })
    keepSignedIn(request, session)
    return {}
  })
  app.post('/page/sign-out', { config: { may: 'sign out' } }, async ({ scope, actor }) => signOut(deps, scope, actor))
  const Keep = z.object({ booking: z.uuid(), token: z.string() })
  typed.post('/page/booked', { config: { may: 'book' }, schema: { body: Keep } }, async ({ body }, reply) => {
    keepBooking(reply, deps, { ...body, expiresAt: deps.now().plus({ hours: 24 }) })
    return {}
  })
  return app
}
