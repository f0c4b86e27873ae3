import { once } from 'node:events'
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'
import t from 'tap'
import { queueFor } from '../src/availability/queue-store.ts'
import { connect } from '../src/kernel/database.ts'
import { ownDatabase } from './support/database.ts'
import { open } from './support/open.ts'

t.test('what was written down can neither be changed, deleted nor emptied, not even by the owner', async t => {
  const { client, confirmed } = await open(t)
  await confirmed()
  for (const table of ['ledger', 'audit', 'session_type_versions']) {
    await t.rejects(client.unsafe(`truncate ${table} cascade`), { code: '23001' }, `truncate ${table}`)
    if (table === 'audit') continue // empty in this story: there is no row to change
    await t.rejects(client.unsafe(`delete from ${table}`), { code: '23001' }, `delete from ${table}`)
    await t.rejects(
      client.unsafe(`update ${table} set practice_id = practice_id`),
      { code: '23001' },
      `update ${table}`
    )
  }
})

t.test('a session type is in a version that exists, and a code has a purpose that is known', async t => {
  const { client, book } = await open(t)
  await book({ sessionType: 'consultation' })
  await t.rejects(client`update session_types set version = 99`, { code: '23503' })
  await t.rejects(client`update codes set purpose = 'another'`, { code: '23514' })
})

t.test('when the database is back, nobody waits long for it, however often every connection failed', async t => {
  const { url, drop } = await ownDatabase()
  const way = await openWay(url)
  const { client, close } = connect(way.url, 10)
  t.teardown(async () => {
    await close()
    await way.close()
    await drop()
  })
  const askAll = () => Promise.allSettled(Array.from({ length: 30 }, () => client`select 1`))
  t.match(await askAll(), Array(30).fill({ status: 'fulfilled' }))
  await way.close()
  for (let tries = 0; tries < 3; tries += 1)
    t.match(await askAll(), Array(30).fill({ status: 'rejected' }), 'while it is away everybody is told so')
  await way.open()
  const began = performance.now()
  t.match(await askAll(), Array(30).fill({ status: 'fulfilled' }))
  t.ok(performance.now() - began < 8000, `${Math.round(performance.now() - began)} ms`)
})

t.test('while the database is away everybody is told to come back, and then finds everything', async t => {
  let way: Awaited<ReturnType<typeof openWay>> | undefined
  const { book, request, app } = await open(t, {
    away: true,
    as: async url => {
      way = await openWay(url)
      return way.url
    }
  })
  t.teardown(() => way?.close())
  const { id, token } = (await book()).json()
  await way?.close()
  const away = await request('GET', `/api/bookings/${id}`, undefined, token)
  t.match(away.json(), { status: 503, type: '/problems/unavailable', retryAfter: 5 })
  t.equal(away.headers['retry-after'], '5')
  const page = await app.inject({ url: '/', headers: { host: 'localhost:3000', accept: 'text/html' } })
  t.equal(page.statusCode, 503)
  t.match(page.body, 'Try again in a moment')
  t.notMatch(page.body, /ECONN|CONNECTION_|postgres/)
  await way?.open()
  t.match((await request('GET', `/api/bookings/${id}`, undefined, token)).json(), { id, state: 'held' })
})

/** A way to the server that can be broken: connections are cut, and new ones refused. */
async function openWay(url: string) {
  const server = new URL(url)
  const sockets = new Set<Socket>()
  const listener = createServer(socket => {
    const onward = connectTo(Number(server.port), server.hostname)
    for (const each of [socket, onward]) sockets.add(each.on('error', () => each.destroy()))
    socket.pipe(onward).pipe(socket)
  })
  let port = 0
  const open = async () => {
    listener.listen(port, '127.0.0.1')
    await once(listener, 'listening')
    port = (listener.address() as AddressInfo).port
  }
  await open()
  const address = new URL(url)
  address.host = `127.0.0.1:${port}`
  return {
    url: address.href,
    open,
    async close() {
      if (!listener.listening) return
      listener.close()
      for (const socket of sockets) socket.destroy()
      await once(listener, 'close')
    }
  }
}

t.test('who waits too long behind somebody that hangs is told to come back, and the time is theirs then', async t => {
  const { book, client, scope, db } = await open(t)
  const { promise, resolve } = Promise.withResolvers<void>()
  const holding = Promise.withResolvers<void>()
  const [therapist] = await client<{ id: string }[]>`select id from resources where slug = 'jessica'`
  const frozen = db.transaction(async tx => {
    await queueFor(tx, scope, [therapist?.id ?? ''])
    holding.resolve()
    await promise
  })
  await holding.promise
  const began = performance.now()
  const refused = await book()
  t.match(refused.json(), { status: 503, type: '/problems/unavailable' })
  t.ok(refused.headers['retry-after'])
  t.ok(performance.now() - began < 25_000)
  resolve()
  await frozen
  t.equal((await book()).statusCode, 201)
})
