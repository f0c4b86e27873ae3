import t from 'tap'
import { addStaff } from '../../src/identity/people.ts'
import { staffPassword } from '../support/database.ts'
import { openFeeds } from '../support/feeds.ts'
import { someone } from '../support/open.ts'

t.test('an address is told once; the list and the table do not know it', async t => {
  const { request, staff, ofTherapist, fetch, clock } = await openFeeds(t)
  const made = await ofTherapist({ style: 'initials' })
  clock.move({ minutes: 10 })
  const busy = await ofTherapist({ scope: 'busy' })
  await fetch(busy)
  const list = await request('GET', '/api/therapists/jessica/feeds', undefined, staff)
  t.match(list.json(), {
    items: [
      { id: made.id, scope: 'therapist', style: 'initials', createdAt: '2027-02-01T12:00:00Z', fetchedAt: null },
      { id: busy.id, scope: 'busy', fetchedAt: '2027-02-01T12:10:00Z' }
    ],
    next: null
  })
  t.notMatch(list.body, /calendars|url/)
})

t.test(
  'a repeated request is told the same address; one whose first run died gets a new one for the same feed',
  async t => {
    const { app, client, clock, staff, fetch } = await openFeeds(t)
    const headers = {
      host: 'localhost:3000',
      authorization: `Bearer ${staff}`,
      'idempotency-key': 'a key of its own, long'
    }
    const make = () => app.inject({ method: 'POST', url: '/api/therapists/jessica/feeds', headers, payload: {} })
    const [first, again] = [await make(), await make()]
    t.match([first.statusCode, again.statusCode], [201, 201])
    t.same(again.json(), first.json())
    // As if the process had died between making it and keeping the answer.
    await client`update idempotency_keys set state = 'running', status = null, answer = null, running_until = created_at`
    clock.move({ minutes: 1 })
    const revived = await make()
    t.equal(revived.statusCode, 201, revived.body)
    t.equal(revived.json().id, first.json().id)
    t.equal((await client`select id from feeds`).length, 1)
    t.match([await fetch(first.json()), await fetch(revived.json())], [{ statusCode: 404 }, { statusCode: 200 }])
  }
)

t.test('what cannot be made is refused with what would be right', async t => {
  const { request, staff } = await openFeeds(t)
  const make = (body: object) => request('POST', '/api/therapists/jessica/feeds', body, staff)
  for (const body of [{ style: 'loud' }, { colour: 'red' }, { scope: 'client' }, { scope: 'busy', style: 'names' }])
    t.equal((await make(body)).statusCode, 422, JSON.stringify(body))
  t.equal((await request('POST', '/api/therapists/nobody/feeds', {}, staff)).statusCode, 404)
  const answers = []
  for (let made = 0; made < 12; made++) answers.push(make({}))
  const codes = (await Promise.all(answers)).map(({ statusCode }) => statusCode)
  t.equal(codes.filter(code => code === 201).length, 10, 'ten at a time, also when all come at once')
  t.equal(codes.filter(code => code === 409).length, 2)
})

t.test('a booking’s answer token makes, lists and ends its own person’s feeds, and no other’s', async t => {
  const { request, confirmed, ofBooker, ofTherapist, fetch, staff } = await openFeeds(t)
  const jo = await confirmed()
  const sam = await confirmed({ start: '2027-02-10T15:00:00Z', person: { ...someone, email: 'sam@example.com' } })
  const address = await ofBooker(jo.token)
  const therapist = await ofTherapist()
  t.match((await request('GET', '/api/me/feeds', undefined, jo.token)).json(), { items: [{ id: address.id }] })
  t.same((await request('GET', '/api/me/feeds', undefined, sam.token)).json().items, [])
  const end = async (id: string, token?: string) =>
    (await request('DELETE', `/api/me/feeds/${id}`, undefined, token)).statusCode
  t.equal(await end(address.id, sam.token), 404)
  t.equal(await end(therapist.id, jo.token), 404)
  t.equal(await end(address.id), 401)
  t.equal(await end(address.id, staff), 403)
  t.equal((await request('DELETE', `/api/therapists/jessica/feeds/${address.id}`, undefined, staff)).statusCode, 404)
  t.equal((await fetch(address)).statusCode, 200)
  t.equal(await end(address.id, jo.token), 204)
  t.equal((await fetch(address)).statusCode, 404)
  t.equal(await end(address.id, jo.token), 404)
})

t.test('the mailed link makes no feed, and neither does nobody', async t => {
  const { request, confirmed, work, mails } = await openFeeds(t)
  await confirmed()
  await work()
  const [, mailed = ''] = /\/b\/([\w-]{43})/.exec(mails.find(({ to }) => to === someone.email)?.text ?? '') ?? []
  t.equal((await request('POST', '/api/me/feeds', {}, mailed)).statusCode, 403)
  t.equal((await request('POST', '/api/me/feeds', {})).statusCode, 401)
  t.equal((await request('POST', '/api/therapists/jessica/feeds', {})).statusCode, 401)
  t.equal((await request('POST', '/api/therapists/jessica/feeds', {}, mailed)).statusCode, 401)
})

t.test('a therapist’s feed is made by that therapist alone; the owner may end it', async t => {
  const { request, deps, db, scope, ofTherapist, signIn, client } = await openFeeds(t)
  const add = (email: string, roles: ('owner' | 'therapist' | 'assistant')[]) =>
    db.transaction(tx => addStaff(deps, tx, scope, { name: 'Alex', email, password: staffPassword, roles }))
  await add('other@example.com', ['therapist'])
  await add('owner@example.com', ['owner'])
  await add('desk@example.com', ['assistant'])
  const { id } = await ofTherapist()
  const ask = async (method: 'GET' | 'POST' | 'DELETE', email: string, path = '') =>
    (
      await request(
        method,
        `/api/therapists/jessica/feeds${path}`,
        method === 'POST' ? {} : undefined,
        await signIn(email)
      )
    ).statusCode
  for (const email of ['other@example.com', 'desk@example.com']) {
    t.equal(await ask('POST', email), 403)
    t.equal(await ask('GET', email), 403)
    t.equal(await ask('DELETE', email, `/${id}`), 403)
  }
  t.equal(await ask('POST', 'owner@example.com'), 403)
  t.equal(await ask('GET', 'owner@example.com'), 200)
  t.equal(await ask('DELETE', 'owner@example.com', `/${id}`), 204)
  t.match(await client`select kind from events where kind like 'feed.%' order by id`, [
    { kind: 'feed.made' },
    { kind: 'feed.revoked' }
  ])
})

t.test('a feed dies with the role and with the person’s data', async t => {
  const { client, confirmed, ofBooker, ofTherapist, fetch } = await openFeeds(t)
  const { id, token } = await confirmed()
  const [mine, theirs, busy] = [await ofBooker(token), await ofTherapist(), await ofTherapist({ scope: 'busy' })]
  const codes = async () => {
    const answers = await Promise.all([mine, theirs, busy].map(address => fetch(address, { 'if-none-match': '*' })))
    return answers.map(({ statusCode }) => statusCode)
  }
  t.same(await codes(), [304, 304, 304])
  await client`update staff set roles = '{owner}'`
  t.same(await codes(), [304, 404, 404])
  await client`update staff set roles = '{therapist}', active = false`
  t.same(await codes(), [304, 404, 404])
  await client`
    update people set name = null, data_key = null where id = (select booker_id from bookings where id = ${id})`
  t.same(await codes(), [404, 404, 404])
})
