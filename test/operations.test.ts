import { connect as dial } from 'node:net'
import { text } from 'node:stream/consumers'
import postgres from 'postgres'
import t from 'tap'
import { buildApp } from '../src/app.ts'
import { confirmCopy, settleIn } from '../src/installation.ts'
import { connect } from '../src/kernel/database.ts'
import { secretsFrom } from '../src/kernel/secrets.ts'
import { heldBack } from '../src/payments/held-back.ts'
import { buildWorkerApp } from '../src/worker-app.ts'
import { open } from './support/open.ts'

const machine = { host: '10.0.0.1:3000' }

t.test('ready is said when the tables, the keys and the installation are right, and each fault is named', async t => {
  const { app, client, deps } = await open(t)
  const ready = async () => (await app.inject({ url: '/readyz', headers: machine })).json()
  t.match(await ready(), { ready: false, database: true, keys: false }, 'nothing has settled in yet')
  t.equal(await settleIn(deps), true)
  t.same(await ready(), {
    ready: true,
    database: true,
    closing: false,
    writable: true,
    migrated: true,
    keys: true,
    original: true
  })
  await client`insert into key_sentinels (key_id, sealed) values ('lost', ${Buffer.alloc(40)})`
  t.match(await ready(), { ready: false, keys: false }, 'a key that once sealed is not there')
  await client`delete from key_sentinels where key_id = 'lost'`
  await client`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`
  const behind = await app.inject({ url: '/readyz', headers: machine })
  t.equal(behind.statusCode, 503)
  t.match(behind.json(), { ready: false, migrated: false })
})

t.test('a database that only reads, or hangs, is not ready, and whoever asks is told so soon', async t => {
  const { app, client, deps, databaseUrl } = await open(t)
  await settleIn(deps)
  const name = new URL(databaseUrl).pathname.slice(1)
  const ready = async () => (await app.inject({ url: '/readyz', headers: machine })).json()
  t.match(await ready(), { ready: true, writable: true })
  const blocker = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  t.teardown(() => blocker.end())
  const { promise, resolve } = Promise.withResolvers<void>()
  const holding = Promise.withResolvers<void>()
  const held = blocker.begin(async tx => {
    await tx`lock table key_sentinels in access exclusive mode`
    holding.resolve()
    await promise
  })
  await holding.promise
  t.match(await ready(), { ready: false, database: false })
  resolve()
  await held
  t.match(await ready(), { ready: true })
  await client.unsafe(`alter database ${name} set default_transaction_read_only = on`)
  const later = connect(databaseUrl, 2)
  t.teardown(() => later.close())
  const reading = await buildApp({ ...deps, db: later.db }, { checkoutOrigin: 'https://pay.invalid' })
  t.teardown(() => reading.close())
  const answer = await reading.inject({ url: '/readyz', headers: machine })
  t.equal(answer.statusCode, 503)
  t.match(answer.json(), { ready: false, database: true, writable: false })
})

t.test('another key with the same name does not open what the first sealed', async t => {
  const { app, deps } = await open(t)
  const other = secretsFrom(
    'a secret of the tests, which is long enough',
    `test:${Buffer.alloc(32, 8).toString('base64')}`
  )
  await settleIn({ ...deps, secrets: other })
  t.match((await app.inject({ url: '/readyz', headers: machine })).json(), { ready: false, keys: false })
})

t.test('a restored copy knows that it is one until somebody confirms it', async t => {
  const { deps, client } = await open(t)
  const real = { ...deps, settings: { ...deps.settings, sandbox: false } }
  t.equal(await settleIn(real), true, 'a new database is the installation')
  t.equal(await settleIn(real), true)
  await client`update installation set mark = 'another cluster'`
  t.equal(await settleIn(real), false)
  t.equal(await settleIn(deps), false, 'also where a stand-in takes the place of one service: the other may be real')
  await confirmCopy(real)
  t.equal(await settleIn(real), true)
  await client`update installation set mark = substring(mark from '^(.*) ')`
  t.equal(await settleIn(real), true, 'a mark of a version that did not look at the timeline')
  t.match(await client`select mark from installation`, [{ mark: /^\d+ \d+ http:\/\/localhost:3000 1$/ }])
  const moved = { ...real, settings: { ...real.settings, publicUrl: 'https://elsewhere.example.com' } }
  t.equal(await settleIn(moved), false, 'a copied disk that is served elsewhere')
  await confirmCopy(deps)
  const port = { ...deps, settings: { ...deps.settings, publicUrl: 'http://localhost:4000' } }
  t.equal(await settleIn(port), true, 'a demonstration moves to another port freely')
})

t.test('a process that began on an unconfirmed copy is not ready before it is started again', async t => {
  const { deps } = await open(t)
  await settleIn(deps)
  for (const build of [buildApp, buildWorkerApp]) {
    const app = await build(deps, { checkoutOrigin: 'https://pay.invalid', heldBack: true })
    t.teardown(() => app.close())
    const answer = await app.inject({ url: '/readyz', headers: machine })
    t.equal(answer.statusCode, 503)
    t.match(answer.json(), { ready: false, original: false, migrated: true, keys: true })
  }
})

t.test('a gateway that is held back asks nobody, so that what is due stays due', async t => {
  const { gateway } = await open(t)
  const held = heldBack(gateway)
  const order = { key: 'k', payment: 'p', amount: { amount: 1, currency: 'USD' }, reference: 'r' }
  const calls: (() => Promise<unknown>)[] = [
    () => held.refund(order),
    () => held.findCheckout('c'),
    () => held.expireCheckout('c')
  ]
  for (const call of calls) await t.rejects(call(), { message: /restored copy/ })
  t.equal(gateway.checkouts.size + gateway.refunds.size, 0)
})

t.test('the numbers are for this machine or for who has the token, and name routes and states only', async t => {
  const { app, confirmed } = await open(t)
  const { id } = await confirmed()
  const ask = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    app.inject({ url: '/metrics', remoteAddress, headers: { host: 'localhost:3000', ...headers } })
  await app.inject({ url: `/b/${id}`, headers: { host: 'localhost:3000' } })
  const { body, headers } = await ask()
  t.match(headers['content-type'], /^text\/plain; version=0\.0\.4/)
  t.match(body, /^tandem_bookings\{state="confirmed"\} 1$/m)
  t.match(body, /^tandem_mails_waiting 0$/m)
  t.match(body, /tandem_http_request_seconds_count\{method="GET",route="\/b\/:id"/)
  t.notMatch(body, id, 'no address, which may hold a token')
  t.equal((await ask({}, '192.0.2.1')).statusCode, 404)
  for (const host of ['127.0.0.1:3000', '[::1]:3000']) t.equal((await ask({ host })).statusCode, 200, host)
  const proxies: Record<string, string>[] = [
    { 'x-forwarded-for': '127.0.0.1' },
    { forwarded: 'for=192.0.2.1;proto=https' },
    { 'x-real-ip': '192.0.2.1' },
    { 'x-forwarded-proto': 'https' },
    { via: '1.1 proxy' },
    // One that adds nothing at all still passes the host on that was asked for.
    { host: 'book.example.com' },
    { host: '127.0.0.1.example.com' }
  ]
  for (const headers of proxies)
    t.equal((await ask(headers)).statusCode, 404, `through a proxy that sends ${JSON.stringify(headers)}`)
})

t.test('a worker says how it is, and serves nothing else', async t => {
  const { deps } = await open(t)
  await settleIn(deps)
  const stopping = new AbortController()
  const worker = await buildWorkerApp(deps, { stopping: stopping.signal })
  t.teardown(() => worker.close())
  t.equal((await worker.inject('/livez')).statusCode, 200)
  t.match((await worker.inject('/readyz')).json(), { ready: true, closing: false })
  t.match((await worker.inject('/metrics')).body, /^tandem_jobs_waiting \d+$/m)
  for (const url of ['/', '/api/session-types', '/console'])
    t.match((await worker.inject(url)).json(), { status: 404, type: '/problems/not-found' })
  stopping.abort()
  const closing = await worker.inject('/readyz')
  t.equal(closing.statusCode, 503)
  t.match(closing.json(), { ready: false, closing: true })
})

t.test('a request that is on its way when the process is told to stop is answered like any other', async t => {
  const { app } = await open(t)
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const socket = dial(Number(new URL(address).port), '127.0.0.1')
  socket.write('GET /livez HTTP/1.1\r\nHost: localhost:3000\r\n')
  t.equal((await fetch(`${address}/livez`, { headers: { connection: 'close' } })).status, 200)
  const closed = app.close()
  await t.rejects(fetch(`${address}/livez`), 'nobody else comes in')
  socket.write('\r\n')
  const answer = (await text(socket)).toLowerCase()
  t.match(answer, /^http\/1\.1 200 ok\r\n/)
  t.match(answer, '\r\nconnection: close\r\n')
  t.match(answer, '{"live":true}')
  await closed
})
