import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { aStart, open, someone } from '../support/open.ts'

const key = '6f0c9c6e-5a3f-4b0e-9a53-1f1b7e0c6a11'
const headers = { host: 'localhost:3000', 'idempotency-key': key }
const wanted = { sessionType: 'couples', start: aStart, person: someone, consent: { termsVersion: 1 } }
const victim = fileURLToPath(new URL('../support/booking-victim.ts', import.meta.url))

async function house(t: Test, most?: number) {
  const opened = await open(t, most === undefined ? {} : { most })
  const { app, client } = opened
  return {
    ...opened,
    bookOnce: (payload: object = wanted, more = {}) =>
      app.inject({ method: 'POST', url: '/api/bookings', headers: { ...headers, ...more }, payload }),
    countBookings: async () => (await client`select 1 from bookings`).length,
    /** What the table holds where a process was killed just before it kept its answer, a minute later. */
    async forgetAnswer() {
      await client`update idempotency_keys set state = 'running', status = null, answer = null`
      opened.clock.move({ seconds: 60 })
    }
  }
}

t.test('20 at once with one key make one booking: each gets the same answer or is told to wait', async t => {
  const { bookOnce, countBookings, client } = await house(t, 21)
  const answers = await Promise.all(Array.from({ length: 20 }, () => bookOnce()))
  const made = answers.filter(({ statusCode }) => statusCode === 201)
  const running = answers.filter(({ statusCode }) => statusCode === 409)
  t.comment(`${made.length} answered, ${running.length} told to wait`)
  t.equal(made.length + running.length, 20)
  t.equal(new Set(made.map(({ body }) => body)).size, 1)
  for (const answer of running) t.match(answer.json(), { type: '/problems/still-running' })
  t.equal((await bookOnce()).body, made[0]?.body)
  t.same([await countBookings(), (await client`select 1 from people where proven_at is null`).length], [1, 1])
})

t.test('a booking’s answer is given again with its token, and the table holds no token', async t => {
  const { bookOnce, countBookings, request, client } = await house(t)
  const first = await bookOnce()
  const { id, token } = first.json()
  const again = await bookOnce()
  t.match(again, { statusCode: 201, body: first.body, headers: { location: `/api/bookings/${id}` } })
  t.equal((await request('GET', `/api/bookings/${id}`, undefined, token)).statusCode, 200)
  const rows = await client<{ row: string; answer: Buffer }[]>`select k::text as row, answer from idempotency_keys k`
  const text = rows.map(({ row, answer }) => row + answer.toString('latin1') + answer.toString('base64')).join()
  t.notMatch(text, token)
  t.notMatch(text, 'jo@example.com')
  t.match((await bookOnce({ ...wanted, person: { ...someone, name: 'Max' } })).json(), {
    type: '/problems/idempotency-mismatch',
    status: 422
  })
  t.equal(await countBookings(), 1)
})

for (const step of ['insert', 'checkout'])
  t.test(`a web process killed at ${step}: the same request books once, and is answered whole`, async t => {
    const { bookOnce, countBookings, client, clock, databaseUrl } = await house(t)
    const child = fork(victim, [databaseUrl, step, JSON.stringify(headers), JSON.stringify(wanted)])
    t.teardown(() => child.kill('SIGKILL'))
    t.same(await once(child, 'exit'), [null, 'SIGKILL'])
    const before = await client`select id from bookings`
    t.equal(before.length, step === 'insert' ? 0 : 1)
    t.match((await bookOnce()).json(), { type: '/problems/still-running' })
    clock.move({ seconds: 60 })
    const answer = await bookOnce()
    t.equal(answer.statusCode, 201, answer.body)
    t.match(answer.json(), { state: 'held', payment: { url: /^https:\/\/pay\.invalid\/cs_/ }, token: /^[\w-]{43}$/ })
    if (before[0]) t.equal(answer.json().id, before[0].id)
    t.equal((await bookOnce()).body, answer.body)
    t.same([await countBookings(), (await client`select 1 from attempts`).length], [1, 1])
  })

t.test(
  'an answer that was never kept: the booking is found again, though its terms have changed and its hold is over',
  async t => {
    const { bookOnce, countBookings, request, client, clock, minute, gateway, forgetAnswer } = await house(t)
    const first = (await bookOnce()).json()
    await forgetAnswer()
    await client`update practices set terms_version = 2`
    const again = await bookOnce()
    t.equal(again.statusCode, 201, again.body)
    const { token, ...rest } = again.json()
    t.match(rest, { id: first.id, state: 'held', payment: first.payment, price: first.price })
    t.not(token, first.token, 'of the first only a hash was kept')
    for (const each of [token, first.token])
      t.equal((await request('GET', `/api/bookings/${first.id}`, undefined, each)).statusCode, 200)
    t.equal(gateway.checkouts.size, 1)
    clock.move({ minutes: 40 })
    await minute()
    await forgetAnswer()
    t.match((await bookOnce()).json(), { id: first.id, state: 'expired', payment: null })
    t.equal(await countBookings(), 1)
  }
)

t.test('a fault after the booking was made: the same request is answered with that booking', async t => {
  const { deps, gateway, bookOnce, countBookings } = await house(t)
  const openCheckout = async () => {
    throw new Error('a bug')
  }
  const broken = await buildApp({ ...deps, gateway: { ...gateway, openCheckout } }, { checkoutOrigin: '' })
  t.teardown(() => broken.close())
  const first = await broken.inject({ method: 'POST', url: '/api/bookings', headers, payload: wanted })
  t.equal(first.statusCode, 500)
  t.equal(await countBookings(), 1)
  const again = await bookOnce()
  t.match(again.json(), { state: 'held', payment: { url: /^https/ } }, again.body)
  t.equal(await countBookings(), 1)
})

t.test('a refusal is kept too: what was taken stays taken for this request', async t => {
  const { book, bookOnce, request } = await house(t)
  const rival = (await book()).json()
  const refused = await bookOnce()
  t.match(refused.json(), { type: '/problems/slot-taken' })
  await request('POST', `/api/bookings/${rival.id}/release`, undefined, rival.token)
  t.equal((await bookOnce()).body, refused.body)
  t.equal((await bookOnce(wanted, { 'idempotency-key': `${key}-again` })).statusCode, 201)
})

t.test('one time off for one key, also where its answer was never kept', async t => {
  const { app, client, signIn, forgetAnswer } = await house(t)
  const authorization = `Bearer ${await signIn()}`
  const ask = () =>
    app.inject({
      method: 'POST',
      url: '/api/therapists/jessica/time-off',
      headers: { ...headers, authorization },
      payload: { start: '2027-02-09T14:00:00Z', end: '2027-02-09T18:00:00Z' }
    })
  const first = await ask()
  t.equal(first.statusCode, 201, first.body)
  t.equal((await ask()).body, first.body)
  await forgetAnswer()
  t.equal((await ask()).body, first.body)
  const [row] = await client`
    select (select count(*)::int from time_off) as off, (select count(*)::int from events where kind = 'time-off.added') as told`
  t.match(row, { off: 1, told: 1 })
})

t.test('the minute’s work deletes answers after 24 hours', async t => {
  const { bookOnce, client, clock, minute } = await house(t)
  await bookOnce()
  const count = async () => (await client`select 1 from idempotency_keys`).length
  clock.move({ hours: 23 })
  await minute()
  t.equal(await count(), 1)
  clock.move({ hours: 1 })
  await minute()
  t.equal(await count(), 0)
})

t.test(
  'the OpenAPI description names the header at every POST but those that make nothing and those that sign in',
  async t => {
    const { request } = await open(t)
    const { paths } = (await request('GET', '/api/openapi.json')).json()
    type Call = { parameters?: { in: string; name: string; required?: boolean }[]; responses: Record<string, unknown> }
    const posts = Object.entries<{ post?: Call }>(paths).flatMap(([path, { post }]) =>
      post ? [[path, post] as const] : []
    )
    const named = (call: Call) => call.parameters?.find(({ name }) => name === 'idempotency-key')
    t.same(
      posts.filter(([, call]) => !named(call)).map(([path]) => path),
      [
        '/api/sign-in-links',
        '/api/sessions',
        '/api/sessions/refresh',
        '/api/sessions/current/second-step',
        '/api/me/address-requests',
        '/api/me/address',
        '/api/therapists/{slug}/outside-calendars/{id}/sync',
        '/api/session-types/{slug}/quote',
        '/api/partner-links/{token}/answers',
        '/api/bookings/{id}/acceptance',
        '/api/me/found-bookings',
        '/api/proposals/{id}/withdrawal',
        '/api/bookings/{id}/fee-decision',
        '/api/appointments/{id}/attendance',
        '/api/me/memberships/{id}/end',
        '/api/waitlist-entries/{id}/approval',
        '/api/bookings/{id}/seat-transfer',
        '/api/waitlist-entries/{token}/confirmation',
        '/api/waitlist-entries/{token}/leaving',
        '/api/yeses/{id}/therapist',
        '/api/me/start-together',
        '/api/me/start-together/answer',
        '/api/returns',
        '/api/me/export'
      ]
    )
    for (const [path, call] of posts.filter(([, call]) => named(call))) {
      t.match(named(call), { in: 'header', required: false }, path)
      t.ok(call.responses[409] && call.responses[422], path)
    }
  }
)
