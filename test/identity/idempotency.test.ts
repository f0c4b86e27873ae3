import { randomUUID } from 'node:crypto'
import formbody from '@fastify/formbody'
import fastify, { type FastifyBaseLogger } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Test } from 'tap'
import t from 'tap'
import { z } from 'zod'
import { keepBooking } from '../../src/identity/cookies.ts'
import { idempotencyPlugin } from '../../src/identity/idempotency-plugin.ts'
import { identityPlugin } from '../../src/identity/plugin.ts'
import { forgetAnswers, runSeconds } from '../../src/identity/run-once.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { problem } from '../../src/kernel/problem.ts'
import { problemPlugin } from '../../src/kernel/problem-plugin.ts'

import { openIdentity } from '../support/identity.ts'
import { silentLog } from '../support/log.ts'

const key = '6f0c9c6e-5a3f-4b0e-9a53-1f1b7e0c6a11'
const other = 'a1f0c9c6-0000-4b0e-9a53-1f1b7e0c6a12'
const teapot = problem('teapot', 418, 'This is a teapot')

/** A process that makes things: each answer says how many were made. What a body asks for is how it ends. */
async function maker(t: Test, deps: Deps) {
  const made: string[] = []
  const gate: Gate = { reach() {}, opened: Promise.resolve() }
  const app = fastify({ loggerInstance: silentLog as FastifyBaseLogger }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler)
  await app.register(problemPlugin, { render: (_request, problem) => problem.code })
  await app.register(formbody)
  await app.register(identityPlugin, { deps })
  await app.register(idempotencyPlugin, { deps })
  const Wish = z.strictObject({
    status: z.number().optional(),
    wish: z.string().trim().max(20).optional(),
    n: z.unknown().optional()
  })
  const make = async (id: string, status = 201) => {
    made.push(id)
    gate.reach()
    await gate.opened
    if (status === 500) throw new Error('the process fell over')
    if (status === 429) throw problem('too-many', 429, 'Too many')()
    if (status >= 400) throw teapot()
    return { id, made: made.length, token: randomUUID() }
  }
  for (const url of ['/api/things', '/api/others'])
    app.post(url, { config: { may: 'book' }, schema: { body: Wish } }, async ({ body, idToMake }, reply) => {
      const thing = await make(idToMake, body.status)
      return reply
        .code(201)
        .headers({ location: `/api/things/${thing.id}`, 'x-other': 'no' })
        .send(thing)
    })
  app.post('/api/quote', { config: { may: 'book', makes: false } }, async ({ idToMake }) => make(idToMake))
  const Form = z.strictObject({ name: z.string().optional(), status: z.coerce.number().optional() })
  app.post('/page', { config: { may: 'book', makes: true }, schema: { body: Form } }, async (request, reply) => {
    const thing = await make(request.idToMake, request.body.status)
    keepBooking(reply, deps, {
      booking: thing.id,
      token: thing.token,
      expiresAt: deps.now().plus({ days: 1 })
    })
    return reply.setCookie('secret', 'of this answer alone').redirect(`/b/${thing.id}`, 303)
  })
  await app.ready()
  t.teardown(() => app.close())
  const ask = (
    payload: object | undefined,
    idempotencyKey?: string,
    more: Record<string, string> = {},
    url = '/api/things'
  ) =>
    app.inject({
      method: 'POST',
      url,
      headers: {
        host: 'localhost:3000',
        'sec-fetch-site': 'same-origin',
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        ...more
      },
      ...(payload && { payload })
    })
  return { app, ask, made, gate }
}

async function openMaker(t: Test) {
  const house = await openIdentity(t)
  return { ...house, ...(await maker(t, house.deps)) }
}

/** Where every run waits until it is let through. */
interface Gate {
  reach(): void
  opened: Promise<void>
}

/** @returns `reached` once a run stands before the gate, and what opens it */
function shut(gate: Gate): { reached: Promise<void>; open(): void } {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  gate.reach = reached.resolve
  gate.opened = opened.promise
  return { reached: reached.promise, open: opened.resolve }
}

t.test(
  'the same key and body get the same answer: status, location and every byte, and nothing is made twice',
  async t => {
    const { ask, made } = await openMaker(t)
    const first = await ask({ wish: 'x', n: { a: 1, b: [1, 2] } }, key)
    t.match(first, { statusCode: 201, headers: { location: /^\/api\/things\/./ } })
    for (const body of [
      { wish: 'x', n: { a: 1, b: [1, 2] } },
      { n: { b: [1, 2], a: 1 }, wish: 'x' }
    ]) {
      const again = await ask(body, key)
      t.equal(again.statusCode, 201)
      t.ok(again.rawPayload.equals(first.rawPayload))
      for (const name of ['location', 'content-type', 'content-length'])
        t.equal(again.headers[name], first.headers[name], name)
      t.equal(again.headers['idempotent-replayed'], 'true')
    }
    t.equal(first.headers['idempotent-replayed'], undefined)
    t.equal(made.length, 1)
    await ask({ wish: 'x' })
    await ask({ wish: 'x' })
    t.equal(made.length, 3, 'without a key each request makes its own')
  }
)

t.test('another body, another address or another query under the same key is a mismatch and makes nothing', async t => {
  const { ask, made } = await openMaker(t)
  await ask({ wish: 'x' }, key)
  for (const answer of [
    await ask({ wish: 'y' }, key),
    await ask({ wish: ' x' }, key),
    await ask({ wish: 'x', n: 1 }, key),
    await ask({ wish: 'x' }, key, {}, '/api/others'),
    await ask({ wish: 'x' }, key, {}, '/api/things?more=yes')
  ])
    t.match(answer.json(), { type: '/problems/idempotency-mismatch', status: 422 })
  t.equal(made.length, 1)
})

t.test('while the first runs, another gets 409 at once, and the answer once there is one', async t => {
  const { ask, made, gate } = await openMaker(t)
  const { reached, open } = shut(gate)
  const first = ask({ wish: 'x' }, key)
  await reached
  const second = await ask({ wish: 'x' }, key)
  t.match(second, { statusCode: 409, headers: { 'retry-after': '1' } })
  t.match(second.json(), { type: '/problems/still-running' })
  t.match((await ask({ wish: 'y' }, key)).json(), { status: 422 }, 'another body is a mismatch also then')
  open()
  t.equal((await first).statusCode, 201)
  t.equal((await ask({ wish: 'x' }, key)).body, (await first).body)
  t.equal(made.length, 1)
})

t.test('an answer outlives its process: another on the same database gives it', async t => {
  const { ask, deps, made } = await openMaker(t)
  const first = await ask({ wish: 'x' }, key)
  const second = await maker(t, deps)
  const again = await second.ask({ wish: 'x' }, key)
  t.same([again.statusCode, again.headers.location, again.body], [201, first.headers.location, first.body])
  t.same([made.length, second.made.length], [1, 0])
})

t.test(
  'a run that never answered is run again after its time, under the same id, and a late answer changes nothing',
  async t => {
    const { ask, deps, clock, made, gate } = await openMaker(t)
    const { reached, open } = shut(gate)
    const dead = ask({ wish: 'x' }, key)
    await reached
    const second = await maker(t, deps)
    clock.move({ seconds: runSeconds - 1 })
    t.equal((await second.ask({ wish: 'x' }, key)).statusCode, 409, 'it may still live')
    clock.move({ seconds: 1 })
    t.match((await second.ask({ wish: 'y' }, key)).json(), { status: 422 }, 'only the same request takes its place')
    const next = shut(second.gate)
    const again = second.ask({ wish: 'x' }, key)
    await next.reached
    t.same(second.made, made, 'the same id')
    open()
    t.equal((await dead).statusCode, 201, 'it was not dead')
    t.equal((await ask({ wish: 'x' }, key)).statusCode, 409, 'but the row is no longer its own')
    next.open()
    const { statusCode, body } = await again
    t.equal(statusCode, 201)
    t.not(body, (await dead).body)
    t.equal((await ask({ wish: 'x' }, key)).body, body)
    await second.ask({ wish: 'z' }, other)
    t.not(second.made[1], made[0], 'another key makes another')
  }
)

t.test('a 5xx is not kept: the same request runs again at once, under the same id; no other takes its key', async t => {
  const { ask, made } = await openMaker(t)
  t.equal((await ask({ status: 500 }, key)).statusCode, 500)
  t.equal((await ask({ status: 500 }, key)).statusCode, 500)
  t.equal(made.length, 2)
  t.equal(made[0], made[1])
  t.match((await ask({ status: 201 }, key)).json(), { type: '/problems/idempotency-mismatch' })
})

t.test('a 429 and a request that cannot be read are not kept; every other refusal is', async t => {
  const { ask, made } = await openMaker(t)
  t.equal((await ask({ status: 429 }, key)).statusCode, 429)
  t.equal((await ask({ colour: 'red' }, key)).statusCode, 422)
  t.equal((await ask({ status: 418 }, key)).statusCode, 418, 'the key was still free')
  const again = await ask({ status: 418 }, key)
  t.match(again, {
    statusCode: 418,
    headers: { 'content-type': /^application\/problem\+json/, 'idempotent-replayed': 'true' }
  })
  t.equal(made.length, 2)
})

t.test('an answer is kept for 24 hours, and no longer', async t => {
  const { ask, deps, clock, client, made } = await openMaker(t)
  await ask({ wish: 'x' }, key)
  clock.move({ hours: 23, minutes: 59 })
  await ask({ wish: 'x' }, key)
  t.equal(made.length, 1)
  clock.move({ minutes: 1 })
  await ask({ wish: 'another' }, key)
  t.equal(made.length, 2, 'the key is free again')
  t.not(made[0], made[1])
  const due = async () => {
    await forgetAnswers(deps)
    return (await client`select 1 from idempotency_keys`).length
  }
  clock.move({ hours: 23 })
  t.equal(await due(), 1)
  clock.move({ hours: 1 })
  t.equal(await due(), 0)
})

t.test('two with one key do not see each other’s answers, and each gets its own again', async t => {
  const { ask, signIn, made } = await openMaker(t)
  const staff = { authorization: `Bearer ${(await signIn()).json().accessToken}` }
  const answers = [await ask({ wish: 'x' }, key), await ask({ wish: 'x' }, key, staff)]
  t.equal(made.length, 2)
  t.not(answers[0]?.body, answers[1]?.body)
  t.equal((await ask({ wish: 'x' }, key)).body, answers[0]?.body)
  t.equal((await ask({ wish: 'x' }, key, staff)).body, answers[1]?.body)
  t.equal((await ask({ wish: 'y' }, key, staff)).statusCode, 422)
})

t.test(
  'who reads the table learns neither key, token, words nor address, and cannot move a row to another',
  async t => {
    const { ask, client } = await openMaker(t)
    const answer = await ask({ wish: 'jo@example.com' }, key)
    await ask({ wish: 'x' }, other)
    const rows = await client<{ key: string; answer: Buffer; hash: Buffer }[]>`
    select key, answer, request_hash as hash from idempotency_keys order by created_at, key`
    const bytes = Buffer.concat(rows.flatMap(({ key, answer, hash }) => [Buffer.from(key), answer, hash])).toString(
      'latin1'
    )
    const { token, id } = answer.json()
    for (const secret of [token, id, key, Buffer.from(token).toString('base64').slice(0, 8), '"token"', 'location'])
      t.notOk(bytes.includes(secret), secret)
    await client`
    update idempotency_keys set answer = (select answer from idempotency_keys k where k.key <> idempotency_keys.key)`
    t.equal((await ask({ wish: 'x' }, other)).statusCode, 500)
  }
)

t.test('a bad key is refused by its place in the request, and makes nothing', async t => {
  const { ask, signIn, made } = await openMaker(t)
  const staff = { authorization: `Bearer ${(await signIn()).json().accessToken}` }
  for (const bad of ['', 'x'.repeat(256), `${key}\u0001`, `${key}\t1`, `${key}é`]) {
    const answer = await ask({ wish: 'x' }, bad, staff)
    t.match(answer.json(), { status: 422, errors: [{ pointer: '/headers/idempotency-key' }] }, JSON.stringify(bad))
  }
  t.equal(made.length, 0)
  for (const good of ['x', 'x'.repeat(255), '"8e03978e-40d5-43dd-bc93-6894a57f9324"'])
    t.equal((await ask({ wish: 'x' }, good, staff)).statusCode, 201)
})

t.test('a short key of somebody who is not signed in counts from their own network address only', async t => {
  const { app, made } = await openMaker(t)
  const from = (remoteAddress: string, key: string) =>
    app.inject({
      method: 'POST',
      url: '/api/things',
      remoteAddress,
      headers: { host: 'localhost:3000', 'idempotency-key': key },
      payload: { wish: 'x' }
    })
  const first = await from('192.0.2.1', 'k1')
  t.equal((await from('192.0.2.1', 'k1')).body, first.body)
  t.not((await from('192.0.2.2', 'k1')).body, first.body, 'who guesses the key elsewhere gets nothing of it')
  t.equal((await from('192.0.2.1', key)).body, (await from('192.0.2.2', key)).body, 'a long one is its own proof')
  t.equal(made.length, 3)
})

t.test('where nothing is made, a key changes nothing', async t => {
  const { ask, made } = await openMaker(t)
  await ask(undefined, key, {}, '/api/quote')
  await ask(undefined, key, {}, '/api/quote')
  t.equal(made.length, 2)
})

t.test(
  'a form that is sent twice waits for the first answer and gets it, with the booking’s cookie and no other',
  async t => {
    const { ask, made, gate } = await openMaker(t)
    await ask({ wish: 'x' }, other)
    const { reached, open } = shut(gate)
    const form = { name: 'Jo', idempotencyKey: key }
    const first = ask(form, undefined, {}, '/page')
    await reached
    const second = ask(form, undefined, {}, '/page')
    // By the time that another has asked and was answered, the second has found the first running.
    t.equal((await ask({ wish: 'x' }, other)).statusCode, 201)
    open()
    const [one, two] = [await first, await second]
    t.same([one.statusCode, two.statusCode, made.length], [303, 303, 2])
    t.equal(two.headers.location, one.headers.location)
    t.same(
      one.cookies.map(({ name }) => name),
      [`b-${made[1]}`, 'secret']
    )
    t.same(two.cookies, one.cookies.slice(0, 1))
    t.equal((await ask({ name: 'Max', idempotencyKey: key }, undefined, {}, '/page')).statusCode, 422)
  }
)

t.test('a form that was refused is sent again under the same key, with other words', async t => {
  const { ask, made } = await openMaker(t)
  t.equal((await ask({ status: '418', idempotencyKey: key }, undefined, {}, '/page')).statusCode, 418)
  t.equal((await ask({ name: 'Jo', idempotencyKey: key }, undefined, {}, '/page')).statusCode, 303)
  t.equal(made.length, 2)
})
