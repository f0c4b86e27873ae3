import t from 'tap'
import { open } from '../support/open.ts'
import { colleague } from '../support/staff.ts'

/** A couple that has booked, and everybody who works there. */
async function openWithStaff(t: Parameters<typeof open>[0]) {
  const house = await open(t)
  const { client, confirmed, request } = house
  const booked = await confirmed()
  const [row] = await client<{ id: string }[]>`select client_id as id from bookings where id = ${booked.id}`
  const id = row?.id ?? ''
  const owner = await colleague(house, 'olga', ['owner'])
  const assistant = await colleague(house, 'anna', ['assistant'])
  const other = await colleague(house, 'oskar', ['therapist'])
  await client`update staff set roles = '{therapist}' where person_id = (select person_id from resources where slug = 'jessica')`
  const own = await house.signIn()
  const read = async (token: string) => request('GET', `/api/clients/${id}`, undefined, token)
  return { ...house, booked, id, own, owner: owner.token, assistant: assistant.token, other: other.token, read }
}

t.test(
  'only the client’s own therapist raises a safety flag; the owner reads it; nobody else learns that there is one',
  async t => {
    const { request, id, own, owner, assistant, other, read } = await openWithStaff(t)
    const before = [await read(own), await read(owner), await read(assistant)]
    t.match(before[0]?.json(), { id, kind: 'couple', confirmation: 'usual', safetyFlag: false })
    t.match(before[1]?.json(), { safetyFlag: false })
    t.notMatch(before[2]?.body, /flag/i)
    const path = `/api/clients/${id}/safety-flag`
    for (const token of [owner, assistant]) t.equal((await request('PUT', path, undefined, token)).statusCode, 403)
    t.match((await request('PUT', path, undefined, other)).json(), { type: '/problems/no-such-client' })
    t.equal((await read(other)).statusCode, 404)
    t.equal((await request('PUT', path)).statusCode, 401)
    t.equal((await request('PUT', path, undefined, own)).statusCode, 204)
    t.equal((await request('PUT', path, undefined, own)).statusCode, 204, 'twice is once')
    t.match((await read(own)).json(), { confirmation: 'by_hand', safetyFlag: true })
    t.match((await read(owner)).json(), { confirmation: 'by_hand', safetyFlag: true })
    t.notMatch((await read(assistant)).body, /flag/i)
  }
)

t.test(
  'a flag leaves the rows of a confirmation by hand, and no event, job or line of the audit of its own',
  async t => {
    const house = await openWithStaff(t)
    const { request, id, own, client } = house
    const traces = async () => {
      const audit = await client`select kind, subjects, actor, why from audit where kind not like 'read-%' order by id`
      const events = await client`select kind from events order by id`
      return JSON.stringify([audit.slice(marks.audit), events.slice(marks.events)])
    }
    const marks = { audit: 0, events: 0 }
    const mark = async () => {
      const [count] = await client<{ audit: number; events: number }[]>`
      select (select count(*)::int from audit where kind not like 'read-%') as audit, (select count(*)::int from events) as events`
      Object.assign(marks, count)
    }
    await mark()
    const byHand = await request('PUT', `/api/clients/${id}/confirmation`, { confirmation: 'by_hand' }, own)
    t.match(byHand.json(), { confirmation: 'by_hand' }, byHand.body)
    const plain = await traces()
    t.match(plain, /confirms-by-hand/)
    await request('PUT', `/api/clients/${id}/confirmation`, { confirmation: 'usual' }, own)
    await mark()
    await request('PUT', `/api/clients/${id}/safety-flag`, undefined, own)
    t.equal(await traces(), plain, 'the same line, and nothing else')
    await mark()
    await request('DELETE', `/api/clients/${id}/safety-flag`, undefined, own)
    t.equal(await traces(), '[[],[]]', 'and its end leaves none')
    t.match((await house.read(own)).json(), { confirmation: 'by_hand', safetyFlag: false }, 'nothing tells of its end')
  }
)

t.test('while a flag stands, the confirmation stays by hand', async t => {
  const { request, id, own, owner, assistant } = await openWithStaff(t)
  await request('PUT', `/api/clients/${id}/safety-flag`, undefined, own)
  const path = `/api/clients/${id}/confirmation`
  for (const token of [own, owner])
    t.match((await request('PUT', path, { confirmation: 'usual' }, token)).json(), { type: '/problems/kept-by-hand' })
  t.equal((await request('PUT', path, { confirmation: 'usual' }, assistant)).statusCode, 403)
  await request('DELETE', `/api/clients/${id}/safety-flag`, undefined, own)
  t.match((await request('PUT', path, { confirmation: 'usual' }, own)).json(), { confirmation: 'usual' })
})

t.test('a therapist’s list of clients holds their own alone, and the look is written down', async t => {
  const { request, id, own, other, assistant, client, read } = await openWithStaff(t)
  const list = async (token: string) => (await request('GET', '/api/clients', undefined, token)).json()
  t.match(await list(own), { items: [{ id }], next: null })
  t.same(await list(other), { items: [], next: null })
  t.match(await client`select subjects from audit where kind = 'read-clients'`, [{ subjects: [id] }])
  t.match(await list(assistant), { items: [{ id }] })
  await client`update staff set roles = '{therapist,billing}' where roles = '{therapist}'`
  t.match(await list(own), { items: [{ id }] })
  t.same(await list(other), { items: [], next: null }, 'whoever does the bills besides reads no names by that')
  t.equal((await read(other)).statusCode, 404)
})
