import t from 'tap'
import { open } from '../support/open.ts'

t.test('the owner chooses what is kept secret and how two begin; there is no default to fall back on', async t => {
  const { request, signIn, client } = await open(t)
  await client`update practices set policies = policies - 'secrets' - 'conversion'`
  const owner = await signIn()
  const read = await request('GET', '/api/practice/choices', undefined, owner)
  t.same(read.json(), { secrets: null, conversion: null })
  const half = await request('PUT', '/api/practice/choices', { secrets: 'kept' }, owner)
  t.match(half.json(), { status: 422, detail: /conversion/ }, half.body)
  const chosen = { secrets: 'kept', conversion: 'equal_time' }
  const saved = await request('PUT', '/api/practice/choices', chosen, owner)
  t.match(saved, { statusCode: 200 }, saved.body)
  const again = await request('GET', '/api/practice/choices', undefined, owner)
  t.same(again.json(), chosen)
  t.equal(again.headers.etag, saved.headers.etag)
  t.not(again.headers.etag, read.headers.etag)
  const [kept] =
    await client`select policies->>'statement' as statement, policies->>'secrets' as secrets from practices`
  t.same(kept, { statement: 'TIR OFFICE', secrets: 'kept' }, 'the rest is left as it was')
  t.match(await client`select kind from audit where kind = 'chose-policies'`, [{ kind: 'chose-policies' }])
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
