import t from 'tap'
import { open } from '../support/open.ts'

t.test('the owner chooses what is kept secret and how two begin; there is no default to fall back on', async t => {
  const { request, signIn, client } = await open(t)
  await client`update practices set policies = policies - 'secrets' - 'conversion'`
  const owner = await signIn()
  const read = await request('GET', '/api/practice/choices', undefined, owner)
  t.match(read.json(), { secrets: null, conversion: null })
  const half = await request('PUT', '/api/practice/choices', { secrets: 'kept' }, owner)
  t.match(half.json(), { status: 422, detail: /conversion/ }, half.body)
  const chosen = { secrets: 'kept', conversion: 'equal_time' }
  const saved = await request('PUT', '/api/practice/choices', chosen, owner)
  t.match(saved, { statusCode: 200 }, saved.body)
  const again = await request('GET', '/api/practice/choices', undefined, owner)
  t.same(again.json(), { ...read.json(), ...chosen }, 'and the words that were left out stay')
  t.same(saved.json(), again.json())
  t.equal(again.headers.etag, saved.headers.etag)
  t.not(again.headers.etag, read.headers.etag)
  const [kept] =
    await client`select policies->>'statement' as statement, policies->>'secrets' as secrets from practices`
  t.same(kept, { statement: 'TIR OFFICE', secrets: 'kept' }, 'the rest is left as it was')
  t.match(await client`select kind from audit where kind = 'chose-policies'`, [{ kind: 'chose-policies' }])
})

const both = { secrets: 'none', conversion: 'refer_out' }

t.test('the owner says anew whom to call and how soon there is a reply, and every page says it', async t => {
  const { request, signIn, app, clock } = await open(t)
  const owner = await signIn()
  const read = await request('GET', '/api/practice/choices', undefined, owner)
  t.match(read.json(), { emergency: /911/, replyWithin: 'two working days' })
  const words = {
    emergency: 'In danger call 112.\r\n To talk at night:\n116 123.',
    replyWithin: ' three working days '
  }
  const said = { emergency: 'In danger call 112. To talk at night: 116 123.', replyWithin: 'three working days' }
  const saved = await request('PUT', '/api/practice/choices', { ...both, ...words }, owner)
  t.same(saved.json(), { ...both, ...said }, 'as one line each')
  t.not(saved.headers.etag, read.headers.etag, 'who read the old words overwrites nothing unread')
  const again = await request('GET', '/api/practice/choices', undefined, owner)
  t.same([again.json(), again.headers.etag], [saved.json(), saved.headers.etag])
  // A practice is remembered for five seconds.
  clock.move({ seconds: 6 })
  const { body } = await app.inject({ url: '/contact', headers: { host: 'localhost:3000' } })
  t.match(body, said.emergency)
  t.match(body, 'read within three working days')
  t.notMatch(body, '911')
})

for (const [name, words, detail] of [
  ['no number to call', { emergency: 'Call somebody.' }, /emergency.*20 to 600/],
  ['more than anybody reads', { emergency: 'Call 911. '.repeat(61) }, /emergency.*20 to 600/],
  ['what no database takes', { emergency: 'In danger call 911\u0000, at any time.' }, /emergency.*control characters/],
  ['no time', { replyWithin: '  ' }, /replyWithin.*3 to 60/],
  ['what tells in a mail what it is about', { replyWithin: 'two days of your therapist' }, /replyWithin.*other words/]
] as const)
  t.test(`as the words on every page ${name} is refused, and nothing is changed`, async t => {
    const { request, signIn } = await open(t)
    const owner = await signIn()
    const before = await request('GET', '/api/practice/choices', undefined, owner)
    const refused = await request('PUT', '/api/practice/choices', { ...both, ...words }, owner)
    t.match(refused.json(), { status: 422, detail }, refused.body)
    const after = await request('GET', '/api/practice/choices', undefined, owner)
    t.same(after.json(), before.json())
  })

t.test('a choice that was made meanwhile is not overwritten unread', async t => {
  const { app, request, signIn } = await open(t)
  const owner = await signIn()
  const { headers } = await request('GET', '/api/practice/choices', undefined, owner)
  await request('PUT', '/api/practice/choices', { secrets: 'none', conversion: 'refer_out' }, owner)
  const late = await app.inject({
    method: 'PUT',
    url: '/api/practice/choices',
    headers: { host: 'localhost:3000', authorization: `Bearer ${owner}`, 'if-match': String(headers.etag) },
    payload: { secrets: 'kept', conversion: 'refer_out' }
  })
  t.match(late.json(), { status: 412, type: '/problems/changed-meanwhile' })
})

t.test('staff who do not own the practice read its choices and change nothing', async t => {
  const { request, signIn, client } = await open(t)
  await client`update staff set roles = '{therapist,assistant,billing}'`
  const staff = await signIn()
  t.equal((await request('GET', '/api/practice/choices', undefined, staff)).statusCode, 200)
  const refused = await request('PUT', '/api/practice/choices', { secrets: 'none', conversion: 'refer_out' }, staff)
  t.match(refused.json(), { status: 403, type: '/problems/not-allowed' })
  t.equal((await request('GET', '/api/practice/choices')).statusCode, 401)
})
