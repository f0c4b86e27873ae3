import t from 'tap'
import { answers, openInvited } from '../support/partners.ts'

t.test('what does not belong to an answer is refused by name, and nothing is kept', async t => {
  const { answer, client } = await openInvited(t)
  const wrong: [object, string][] = [
    [{ kind: 'concern' }, '/concern'],
    [{ kind: 'question' }, '/words'],
    [{ kind: 'question', words: 'x', concern: 'time' }, '/concern'],
    [{ kind: 'concern', concern: 'not_free', audience: 'inviter' }, '/audience'],
    [{ kind: 'question', words: 'x', audience: 'inviter' }, '/audience'],
    [{ kind: 'not_now', noteOn: '2027-03-01' }, '/address'],
    [{ kind: 'not_now', address: 'a@example.com' }, '/noteOn'],
    [{ kind: 'not_now', noteOn: '2027-02-01', address: 'a@example.com' }, '/noteOn'],
    [{ kind: 'not_now', noteOn: '2027-06-01', address: 'a@example.com' }, '/noteOn'],
    [{ kind: 'question', words: 'x', noteOn: '2027-03-01' }, '/noteOn'],
    [{ kind: 'times' }, '/windows'],
    [{ kind: 'times', windows: [{ start: '2027-02-20T15:00:00Z', end: '2027-02-20T15:00:00Z' }] }, '/windows/0'],
    [{ kind: 'question', words: 'x'.repeat(1001) }, '/words'],
    [{ kind: 'question', words: 'a\u0000b' }, '/words'],
    [{ kind: 'perhaps' }, '/kind'],
    [{ kind: 'not_now', name: 'B' }, '/name']
  ]
  for (const [given, pointer] of wrong) {
    const refused = (await answer(given)).json()
    t.match(refused, { status: 422, errors: [{ pointer }] }, JSON.stringify(given).slice(0, 60))
  }
  t.match(await client`select count(*)::int from partner_answers`, [{ count: 0 }])
})

t.test('after ten answers a link is answered alike, and nothing more is kept', async t => {
  const { answer, client, request, minute, signIn } = await openInvited(t)
  for (let number = 0; number < 10; number += 1) await answer(answers['a concern kept'])
  const eleventh = await answer(answers['a concern with an address'])
  t.equal(eleventh.statusCode, 201)
  t.match(eleventh.json().returnWords, /^[a-z-]+( [a-z-]+){4}$/)
  t.match(await client`select count(*)::int from partner_answers where kept`, [{ count: 10 }])
  const opened = await request('POST', '/api/returns', { words: eleventh.json().returnWords })
  t.match(opened.json(), { status: 422, type: '/problems/words-unknown' })
  t.equal((await request('GET', '/api/inbox', undefined, await signIn())).json().items.length, 10)
  await minute()
  t.match(await client`select count(*)::int from partner_answers`, [{ count: 10 }])
  t.match(await client`select count(*)::int from people where id not in (select person_id from staff)`, [{ count: 1 }])
})

t.test('nothing that was written lies open in the database, in an event or a job', async t => {
  const { answer, client, comeBack, request, work } = await openInvited(t)
  for (const given of Object.values(answers)) await answer(given)
  const token = await comeBack(answers.question)
  await request('POST', '/api/returns/current/messages', { words: 'MARKED-MORE' }, token)
  await work()
  const tables = await client<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`
  t.ok(tables.length > 30)
  for (const { name } of tables) {
    const [row] = await client.unsafe(`select count(*)::int as found from ${name} as t where t::text ~* 'marked'
      or convert_from(convert_to(t::text, 'UTF8'), 'UTF8') ~* encode('MARKED', 'hex')`)
    t.equal(row?.found, 0, name)
  }
})

t.test('five words bring back what was said, however they are typed, in one browser at a time', async t => {
  const { answer, request, clock } = await openInvited(t)
  const { returnWords } = (await answer(answers['a concern kept'])).json()
  const open = (words: string) => request('POST', '/api/returns', { words })
  t.equal((await open('these are not the words')).statusCode, 422)
  t.equal((await open('')).statusCode, 422)
  const first = (await open(`  ${returnWords.toUpperCase().replaceAll(' ', ',  ')}.`)).json()
  t.equal(first.expiresIn, 1800)
  const read = (token: string) => request('GET', '/api/returns/current', undefined, token)
  t.match((await read(first.accessToken)).json(), {
    kind: 'concern',
    concern: 'privacy',
    words: 'MARKED-CONCERN',
    audience: 'therapist',
    messages: []
  })
  const second = (await open(returnWords)).json()
  t.equal((await read(first.accessToken)).statusCode, 401)
  t.equal((await read(second.accessToken)).statusCode, 200)
  clock.move({ minutes: 30 })
  t.equal((await read(second.accessToken)).statusCode, 401)
  t.equal((await read('')).statusCode, 401)
})

t.test(
  'misuse story 2: the inviter answers as the partner, then the partner does: neither reads the other',
  async t => {
    const { answer, request, signIn } = await openInvited(t)
    const words = []
    for (const given of [answers.question, answers['a concern kept']])
      words.push((await answer(given)).json().returnWords)
    t.not(words[0], words[1])
    const [mine, theirs] = await Promise.all(
      words.map(async one => {
        const { accessToken } = (await request('POST', '/api/returns', { words: one })).json()
        return (await request('GET', '/api/returns/current', undefined, accessToken)).body
      })
    )
    t.notMatch(mine, /MARKED-CONCERN/)
    t.notMatch(theirs, /MARKED-QUESTION/)
    const inbox = (await request('GET', '/api/inbox', undefined, await signIn())).json()
    t.same(
      inbox.items.map(({ verified }: { verified: boolean }) => verified),
      [false, false],
      'the therapist is told that nobody knows whose words they are'
    )
  }
)

t.test('what was said can be shown, kept again, added to and deleted, with nothing left', async t => {
  const { request, comeBack, booked, client } = await openInvited(t)
  const token = await comeBack(answers['a concern with an address'])
  const shared = async () => (await request('GET', '/api/partner-invitations', undefined, booked.token)).json().shared
  t.same(await shared(), [])
  t.equal((await request('PATCH', '/api/returns/current', { audience: 'inviter' }, token)).statusCode, 200)
  t.match(await shared(), [{ concern: 'blame', words: null }])
  await request('PATCH', '/api/returns/current', { audience: 'therapist' }, token)
  t.same(await shared(), [])
  const more = await request('POST', '/api/returns/current/messages', { words: 'One more\nthing' }, token)
  t.match(more.json(), { messages: [{ from: 'partner', words: 'One more\nthing' }] })
  const people = async () => (await client<{ count: number }[]>`select count(*)::int from people`)[0]?.count ?? 0
  const before = await people()
  t.equal((await request('DELETE', '/api/returns/current', undefined, token)).statusCode, 204)
  t.equal((await request('GET', '/api/returns/current', undefined, token)).statusCode, 401)
  t.equal(await people(), before - 1, 'the address is gone')
  t.match(
    await client`select (select count(*) from partner_answers)::int as answers,
    (select count(*) from answer_messages)::int as messages`,
    [{ answers: 0, messages: 0 }]
  )
})

t.test('what is said in danger can never be shown', async t => {
  const { request, comeBack } = await openInvited(t)
  const token = await comeBack(answers['not free to speak'])
  const refused = await request('PATCH', '/api/returns/current', { audience: 'inviter' }, token)
  t.match(refused.json(), { status: 422, errors: [{ pointer: '/audience' }] })
})

t.test('no address is kept with what is said in danger, however it was left', async t => {
  const { request, comeBack, client } = await openInvited(t)
  const address = 'reader@example.com'
  const left = async (token: string) =>
    (await request('GET', '/api/returns/current', undefined, token)).json().hasAddress
  const people = async () => (await client`select id from people`).length
  const before = await people()
  const inDanger = await comeBack({ ...answers['not free to speak'], address })
  t.equal(await left(inDanger), false)
  t.match((await request('PATCH', '/api/returns/current', { address }, inDanger)).json(), { hasAddress: false })
  const concerned = await comeBack({ ...answers['a concern kept'], address })
  t.equal(await left(concerned), true)
  await request('PATCH', '/api/returns/current', { concern: 'not_free' }, concerned)
  t.equal(await left(concerned), false)
  t.equal(await people(), before)
})

t.test('words that are changed are nobody’s but the therapist’s again, until they are shown once more', async t => {
  const { request, comeBack, booked, signIn } = await openInvited(t)
  const token = await comeBack(answers['a concern shared'])
  const shared = async () => (await request('GET', '/api/partner-invitations', undefined, booked.token)).json().shared
  t.match(await shared(), [{ words: 'MARKED-SHARED' }])
  const changed = await request('PATCH', '/api/returns/current', { words: 'Now otherwise' }, token)
  t.match(changed.json(), { words: 'Now otherwise', audience: 'therapist' })
  t.same(await shared(), [])
  await request('PATCH', '/api/returns/current', { audience: 'inviter' }, token)
  t.match(await shared(), [{ words: 'Now otherwise' }])
  await request('PATCH', '/api/returns/current', { concern: 'not_free' }, token)
  t.same(await shared(), [], 'danger is shown to nobody')
  const refused = await request('PATCH', '/api/returns/current', { audience: 'inviter' }, token)
  t.match(refused.json(), { status: 422, errors: [{ pointer: '/audience' }] })
  t.match((await request('GET', '/api/inbox', undefined, await signIn())).json().items, [
    { concern: 'not_free', words: 'Now otherwise' }
  ])
})

t.test('an address is left afterwards, replaced and taken back, and the one before is gone', async t => {
  const { request, comeBack, client, work, mails, signIn } = await openInvited(t)
  const token = await comeBack(answers.question)
  const change = async (body: object) => (await request('PATCH', '/api/returns/current', body, token)).json()
  t.match(await change({ address: 'one@example.com' }), { hasAddress: true })
  t.match(await change({ address: 'two@example.com' }), { hasAddress: true })
  t.match(await client`select count(*)::int from people`, [{ count: 3 }])
  const staff = await signIn()
  const [item] = (await request('GET', '/api/inbox', undefined, staff)).json().items
  await work()
  mails.length = 0
  await request('POST', `/api/inbox/${item.id}/replies`, { words: 'Hello' }, staff)
  await work()
  t.match(mails, [{ to: 'two@example.com' }])
  t.match(await change({ address: null }), { hasAddress: false })
  await request('POST', `/api/inbox/${item.id}/replies`, { words: 'Hello again' }, staff)
  await work()
  t.equal(mails.length, 1)
  t.match(await client`select count(*)::int from messages where template = 'reply'`, [{ count: 0 }])
})

t.test('a note is asked for afterwards, by a day and an address; what belongs to another kind is refused', async t => {
  const { request, comeBack, clock, minute, mails } = await openInvited(t)
  const token = await comeBack(answers['not now'])
  const change = async (body: object) => (await request('PATCH', '/api/returns/current', body, token)).json()
  for (const [body, pointer] of [
    [{ address: 'marked-note@example.com' }, '/noteOn'],
    [{ noteOn: '2027-03-01' }, '/address'],
    [{ noteOn: '2027-02-01', address: 'marked-note@example.com' }, '/noteOn'],
    [{ words: 'x' }, '/words'],
    [{ concern: 'time' }, '/concern'],
    [{ audience: 'inviter' }, '/audience'],
    [{ kind: 'question' }, '/kind']
  ] as const)
    t.match(await change(body), { status: 422, errors: [{ pointer }] }, pointer)
  t.match(await change({ noteOn: '2027-03-01', address: 'marked-note@example.com' }), { noteOn: '2027-03-01' })
  await minute()
  clock.set('2027-03-01T14:00:00Z')
  await minute()
  t.match(mails, [{ to: 'marked-note@example.com', subject: 'A note you asked for' }])
  t.equal(mails.length, 1)
})
