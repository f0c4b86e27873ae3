import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import fastify, { type FastifyBaseLogger } from 'fastify'
import postgres from 'postgres'
import Stripe from 'stripe'
import t from 'tap'
import { z } from 'zod'
import { newId } from '../../src/kernel/ids.ts'
import { makeLog } from '../../src/kernel/log.ts'
import { GatewayError } from '../../src/payments/gateway.ts'
import { testServer } from '../support/postgres.ts'

const mark = 'Zzyzx'

/** A log and every line that it wrote. */
function kept() {
  const lines: string[] = []
  return { lines, log: makeLog('trace', { write: line => void lines.push(line) }) }
}

t.test('a line holds ids, codes, counts and the route’s pattern; whatever else it is given is withheld', async t => {
  const { log, lines } = kept()
  const booking = newId()
  log.info({ booking, route: '/b/:id', method: 'GET', status: 200, ms: 3, code: 'EENVELOPE 550', tries: 2 }, 'answered')
  t.match(JSON.parse(lines[0] ?? ''), {
    booking,
    route: '/b/:id',
    method: 'GET',
    status: 200,
    ms: 3,
    tries: 2,
    msg: 'answered'
  })
  const values: unknown[] = [
    mark,
    `${mark}@example.com`,
    { name: mark },
    [mark],
    new Map([[mark, 1]]),
    Buffer.from(mark)
  ]
  for (const value of values)
    for (const key of ['booking', 'route', 'name', 'body', 'query', 'headers', 'req', 'res', 'message', 'code', mark])
      if (!(key === 'code' && value === mark)) log.error({ [key]: value }, 'given')
  log.child({ authorization: mark, reqId: mark }).warn('from a child')
  t.notMatch(lines.join(''), new RegExp(mark))
  t.match(lines.at(-1), /"reqId":"\[withheld\]"/)
})

t.test('a sentence with a path or an address in it loses those words, and a format gets no values', async t => {
  const { log, lines } = kept()
  log.info(`Route GET:/b/${mark}?token=${mark} not found`)
  log.info(`To ${mark}@example.com`)
  log.info('The value %s', mark)
  log.info({ booking: newId() }, 'The value %s', mark)
  t.notMatch(lines.join(''), new RegExp(mark))
  t.match(JSON.parse(lines[0] ?? ''), { msg: 'Route [withheld] not found' })
})

t.test('of a failure its kind, codes and frames are told, of its causes too, and never a message', async t => {
  const { log, lines } = kept()
  const cause = Object.assign(new Error(`the cause ${mark}`), { code: 'ECONNREFUSED', address: mark, rawPacket: mark })
  const error = new TypeError(`for ${mark}\n    at ${mark} (/${mark}:1:1)`, { cause })
  log.error({ err: error }, 'A bug')
  log.error(error)
  log.error({ err: error })
  log.error({ err: new AggregateError([error], mark) }, 'Several')
  log.error({ err: mark }, 'Not even an error')
  t.notMatch(lines.join(''), new RegExp(mark))
  const told = {
    name: 'TypeError',
    at: [/^at .*log\.test\.ts:\d+:\d+/],
    cause: { name: 'Error', code: 'ECONNREFUSED' }
  }
  for (const line of lines.slice(0, 3)) t.match(JSON.parse(line), { err: told })
  t.match(JSON.parse(lines[3] ?? ''), { err: { name: 'AggregateError', errors: [told] } })
})

t.test('what libraries put into their errors stays there', async t => {
  const { log, lines } = kept()
  const { url } = await testServer()
  const client = postgres(url, { max: 1, onnotice: () => {} })
  t.teardown(() => client.end())
  const db = drizzle(client)
  const stripe = { message: mark, type: 'invalid_request_error', code: 'resource_missing', param: mark } as const
  const mail = { code: 'EENVELOPE', responseCode: 550, response: mark, rejected: [mark] }
  const marked = `create temp table marked (name text primary key); insert into marked values ('${mark}'), ('${mark}')`
  const failures: (() => unknown)[] = [
    () => db.execute(sql`select * from nowhere where name = ${mark}`),
    () => db.execute(sql`select ${mark}::uuid`),
    () => client`select ${mark}::int`,
    () => client.unsafe(marked),
    () => Promise.reject(new Stripe.errors.StripeInvalidRequestError(stripe)),
    () => Promise.reject(new GatewayError('refused', mark, 'card_declined', { cause: new Error(mark) })),
    () => Promise.reject(Object.assign(new Error(mark), mail)),
    () => JSON.parse(`{"a": ${mark}}`),
    () => z.object({ a: z.literal('b') }).parse({ a: mark, [mark]: 1 }),
    () => new URL(mark)
  ]
  for (const fail of failures) {
    const err = await (async () => fail())().then(
      () => t.fail('it went well'),
      error => error
    )
    log.error({ err }, 'A bug')
  }
  t.notMatch(lines.join(''), new RegExp(mark))
  const said = lines.join('')
  for (const code of [
    '42P01',
    '22P02',
    '23505',
    'marked_pkey',
    'resource_missing',
    'card_declined',
    'EENVELOPE',
    '550'
  ])
    t.match(said, code)
})

t.test('Fastify’s own lines go the same way, also where it brings serializers of its own', async t => {
  const { log, lines } = kept()
  const app = fastify({ loggerInstance: log as FastifyBaseLogger })
  t.teardown(() => app.close())
  app.get('/:token', async request => {
    request.log.info({ req: request }, 'seen')
    throw new Error(request.url)
  })
  app.post('/', async () => 'ok')
  const headers = { authorization: mark, cookie: mark, host: `${mark}.example` }
  await app.inject({ url: `/${mark}?${mark}=1`, headers })
  await app.inject({ url: `/nowhere/${mark}`, headers })
  await app.inject({ url: `/%${mark}`, headers })
  await app.inject({
    method: 'POST',
    url: '/',
    headers: { ...headers, 'content-type': 'application/json' },
    payload: mark
  })
  t.ok(lines.length > 5)
  t.notMatch(lines.join(''), new RegExp(mark, 'i'))
})
