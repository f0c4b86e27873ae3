import t from 'tap'
import { settle } from '../../src/bookings/settle.ts'
import { answers, openInvited } from '../support/partners.ts'

t.test('the inbox has danger first, then what is newest, for its therapist alone', async t => {
  const { answer, request, signIn, clock, client } = await openInvited(t)
  for (const name of [
    'not free to speak',
    'question',
    'not now',
    'do not contact',
    'times',
    'a concern kept'
  ] as const) {
    await answer(answers[name])
    clock.move({ minutes: 1 })
  }
  const token = await signIn()
  const read = async () => (await request('GET', '/api/inbox', undefined, token)).json().items
  t.match(await read(), [
    { concern: 'not_free', words: 'MARKED-DANGER', waiting: true },
    { concern: 'privacy', words: 'MARKED-CONCERN' },
    { kind: 'times', windows: [{ start: '2027-02-20T15:00:00Z', end: '2027-02-20T17:00:00Z' }] },
    { kind: 'question', words: 'Would MARKED-QUESTION be possible?' }
  ])
  t.match(await client`select count(*)::int from audit where kind = 'read-inbox'`, [{ count: 1 }])
  for (const roles of [['assistant'], ['billing'], ['owner']]) {
    await client`update staff set roles = ${roles}`
    t.equal((await request('GET', '/api/inbox', undefined, token)).statusCode, 403, String(roles))
  }
  await client`update staff set roles = array['therapist']`
  const [other] = await client<{ id: string }[]>`select booker_id as id from bookings`
  await client`update partner_invitations set therapist_id = ${other?.id ?? ''}`
  t.same(await read(), [], 'what is addressed to another therapist is theirs')
})

t.test('a reply is read by the words, and told to the address that was left without its content', async t => {
  const { comeBack, request, signIn, work, mails } = await openInvited(t)
  const token = await comeBack(answers['a concern with an address'])
  await work()
  t.match(mails, [{ to: 'jessica@example.com', subject: 'Something new is waiting for you' }])
  t.notMatch(JSON.stringify(mails), /blame|concern|partner/i)
  mails.length = 0
  const staff = await signIn()
  const [item] = (await request('GET', '/api/inbox', undefined, staff)).json().items
  const replied = await request('POST', `/api/inbox/${item.id}/replies`, { words: 'MARKED-REPLY' }, staff)
  t.equal(replied.statusCode, 201)
  await work()
  t.match(mails, [{ to: 'marked-reply@example.com', subject: 'A reply for you', text: /http:\/\/localhost:3000\/r/ }])
  t.notMatch(JSON.stringify(mails), /MARKED-REPLY/)
  t.match((await request('GET', '/api/returns/current', undefined, token)).json().messages, [
    { from: 'practice', words: 'MARKED-REPLY' }
  ])
  t.match((await request('GET', '/api/inbox', undefined, staff)).json().items, [{ waiting: false }])
  await request('DELETE', '/api/returns/current', undefined, token)
  const late = await request('POST', `/api/inbox/${item.id}/replies`, { words: 'Too late' }, staff)
  t.equal(late.statusCode, 404)
})

t.test('of danger and of a no nobody is mailed a word', async t => {
  const { answer, comeBack, request, signIn, work, mails } = await openInvited(t)
  for (const name of ['not now', 'do not contact'] as const) await answer(answers[name])
  const token = await comeBack({ ...answers['not free to speak'], address: 'marked-danger@example.com' })
  await request('POST', '/api/returns/current/messages', { words: 'And more' }, token)
  const staff = await signIn()
  const [item] = (await request('GET', '/api/inbox', undefined, staff)).json().items
  await request('POST', `/api/inbox/${item.id}/replies`, { words: 'We are here' }, staff)
  await work()
  t.same(mails, [])
})

t.test('one note leaves on the day that was asked for, and its address is deleted', async t => {
  const { answer, client, clock, minute, mails, work } = await openInvited(t)
  await answer(answers['not now, with a note'])
  await work()
  clock.set('2027-03-01T13:59:00Z')
  await minute()
  t.same(mails, [])
  clock.set('2027-03-01T14:00:00Z')
  await minute()
  t.match(mails, [{ to: 'marked-note@example.com', subject: 'A note you asked for', text: /now deleted/ }])
  await minute()
  t.equal(mails.length, 1)
  t.match(await client`select person_id from partner_answers`, [{ person_id: null }])
  t.match(await client`select count(*)::int from messages where template = 'note'`, [{ count: 0 }])
})

t.test('what nobody came back to for ninety days is deleted with its address', async t => {
  const { comeBack, request, client, clock, minute } = await openInvited(t)
  const token = await comeBack(answers['a concern with an address'])
  clock.move({ minutes: 20 })
  await request('POST', '/api/returns/current/messages', { words: 'Still here' }, token)
  clock.move({ days: 90 })
  await minute()
  t.match(await client`select count(*)::int from partner_answers`, [{ count: 1 }])
  clock.move({ minutes: 1 })
  const people = async () => (await client<{ count: number }[]>`select count(*)::int from people`)[0]?.count ?? 0
  const before = await people()
  await minute()
  t.match(await client`select count(*)::int from partner_answers`, [{ count: 0 }])
  t.equal(await people(), before - 1)
})

t.test('an address that asked for no contact is written to by nobody, until its reader gives a code', async t => {
  const { answer, book, client, deps, gateway, scope, work, mails, request } = await openInvited(t)
  await answer({ kind: 'no_contact', address: 'Marked-Never@Example.com' })
  const person = { name: 'Somebody', email: 'marked-never@example.com', zone: 'America/New_York' }
  const couples = { sessionType: 'couples', start: '2027-02-16T15:00:00Z', person }
  const booked = (await book(couples)).json()
  const [attempt] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${booked.id}`
  gateway.pay(attempt?.checkout ?? '')
  await settle(deps, scope, attempt?.id ?? '')
  await work()
  t.same(
    mails.filter(({ to }) => to === 'marked-never@example.com'),
    []
  )
  const call = (await book({ sessionType: 'consultation', start: '2027-02-17T15:00:00Z', person })).json()
  await work()
  const coded = mails.filter(({ to }) => to === 'marked-never@example.com')
  t.equal(coded.length, 1, 'a code that somebody asked for')
  const code = /\b\d{8}\b/.exec(coded[0]?.text ?? '')?.[0] ?? ''
  t.equal((await request('POST', `/api/bookings/${call.id}/confirmation`, { code }, call.token)).statusCode, 200)
  await work()
  t.equal(mails.filter(({ to }) => to === 'marked-never@example.com').length, 2)
  t.match(await client`select count(*)::int from no_contact`, [{ count: 0 }])
})

t.test('who said no and then says more is read, and nobody before', async t => {
  for (const name of ['not now', 'do not contact'] as const) {
    const { comeBack, request, signIn, work, mails } = await openInvited(t)
    const token = await comeBack(answers[name])
    const staff = await signIn()
    const read = async () => (await request('GET', '/api/inbox', undefined, staff)).json().items
    await work()
    t.same(await read(), [], name)
    t.same(mails, [], name)
    await request('POST', '/api/returns/current/messages', { words: 'After all, one question' }, token)
    await work()
    t.match(await read(), [{ waiting: true, messages: [{ from: 'partner', words: 'After all, one question' }] }], name)
    t.match(mails, [{ to: 'jessica@example.com', subject: 'Something new is waiting for you' }], name)
  }
})

t.test('a line break counts once, as in the field that it was typed into', async t => {
  const { answer, client } = await openInvited(t)
  const lines = Array(500).fill('x').join('\r\n')
  t.equal((await answer({ kind: 'question', words: lines })).statusCode, 201)
  t.equal((await answer({ kind: 'question', words: `${lines}xx` })).statusCode, 422)
  t.match(await client`select count(*)::int from partner_answers`, [{ count: 1 }])
})

t.test('what came by a link is “not verified” until the therapist has spoken with whoever wrote it', async t => {
  const { answer, request, signIn, client } = await openInvited(t)
  await answer(answers.question)
  const staff = await signIn()
  const read = async () => (await request('GET', '/api/inbox', undefined, staff)).json().items
  const [{ id, verified }] = await read()
  t.equal(verified, false)
  t.equal((await request('POST', `/api/inbox/${id}/verification`, undefined, staff)).statusCode, 201)
  t.match(await read(), [{ verified: true }])
  t.match(await client`select count(*)::int from audit where kind = 'verify'`, [{ count: 1 }])
  const [other] = await client<{ id: string }[]>`select booker_id as id from bookings`
  await client`update partner_invitations set therapist_id = ${other?.id ?? ''}`
  t.equal((await request('POST', `/api/inbox/${id}/verification`, undefined, staff)).statusCode, 404)
})
