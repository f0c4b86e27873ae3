import t from 'tap'
import { open } from '../support/open.ts'
import { visitor } from '../web/visitor.ts'

const question = { words: 'Do you also see people in the evening? MARKED-ENQUIRY' }

t.test('a question without a link comes to every therapist, and is answered by its words', async t => {
  const { request, signIn, work, mails } = await open(t)
  const asked = await request('POST', '/api/enquiries', { ...question, address: 'marked-asker@example.com' })
  t.equal(asked.statusCode, 202)
  await work()
  t.match(mails, [{ to: 'jessica@example.com', subject: 'Something new is waiting for you' }])
  t.equal(mails.length, 1, 'nothing goes to the address before there is a reply: somebody else may have typed it')
  const staff = await signIn()
  const [item] = (await request('GET', '/api/inbox', undefined, staff)).json().items
  t.match(item, {
    kind: 'enquiry',
    words: question.words,
    verified: false,
    waiting: true,
    answerBy: '2027-02-03T12:00:00Z'
  })
  await request('POST', `/api/inbox/${item.id}/replies`, { words: 'Until seven' }, staff)
  await work()
  t.match(mails.at(-1), { to: 'marked-asker@example.com', subject: 'A reply for you' })
  const { returnWords } = asked.json()
  const { accessToken } = (await request('POST', '/api/returns', { words: returnWords })).json()
  t.match((await request('GET', '/api/returns/current', undefined, accessToken)).json().messages, [
    { words: 'Until seven' }
  ])
})

t.test('what is not right is told by name, and nothing is kept', async t => {
  const { request, client, app } = await open(t)
  for (const [given, pointer] of [
    [{}, '/words'],
    [{ words: '  ' }, '/words'],
    [{ words: 'x'.repeat(1001) }, '/words'],
    [{ ...question, address: 'nobody' }, '/address'],
    [{ ...question, email: 'a@example.com' }, '/email']
  ] as const)
    t.match((await request('POST', '/api/enquiries', given)).json(), { status: 422, errors: [{ pointer }] })
  const browser = visitor(app)
  for (const page of ['/contact', '/p']) {
    const long = `MARKED ${'x'.repeat(1000)}`
    const refused = await browser.post(page, { words: long })
    t.equal(refused.statusCode, 422)
    t.match(refused.body, long, 'what was typed is not lost')
  }
  t.match(await client`select count(*)::int from partner_answers`, [{ count: 0 }])
})

t.test('the pages ask the same way: no cookie, whom to call, and words to come back by', async t => {
  const { app, client } = await open(t)
  for (const page of ['/contact', '/p']) {
    const browser = visitor(app)
    const asked = await browser.post(page, { words: question.words, address: '' })
    t.equal(asked.statusCode, 202)
    t.same(asked.cookies, [])
    t.match(asked.headers, { 'cache-control': 'no-store' })
    t.match(asked.body, 'In danger: 911')
    t.match(asked.body, /class="words"[^>]*>[a-z -]+</)
  }
  t.match(await client`select count(*)::int from partner_answers where kind = 'enquiry'`, [{ count: 2 }])
})

t.test('what waits longer than was promised is told once, and of danger no mail speaks', async t => {
  const { request, signIn, minute, mails, clock } = await open(t)
  await request('POST', '/api/enquiries', question)
  await minute()
  mails.length = 0
  clock.set('2027-02-03T11:59:00Z')
  await minute()
  t.same(mails, [])
  clock.set('2027-02-03T12:00:00Z')
  await minute()
  await minute()
  t.match(mails, [{ to: 'jessica@example.com', subject: 'Something is still waiting for you' }])
  t.equal(mails.length, 1)
  t.notMatch(JSON.stringify(mails), /MARKED|evening|question|partner/i)
  const staff = await signIn()
  const [item] = (await request('GET', '/api/inbox', undefined, staff)).json().items
  await request('POST', `/api/inbox/${item.id}/replies`, { words: 'Yes' }, staff)
  clock.move({ days: 9 })
  await minute()
  t.equal(mails.length, 1, 'what is answered is not told again')
})
