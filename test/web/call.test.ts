import t from 'tap'
import { openCalls } from '../support/calls.ts'
import { withoutRandom } from '../support/random.ts'
import { titleOf } from './visitor.ts'

t.test('the partner’s call: no surname, no cookie, “A private page” on every step, and a mail with a time', async t => {
  const { call, partner, mails } = await openCalls(t)
  const { times, page, sent, confirmed } = await call()
  t.equal(sent.statusCode, 201)
  t.match(confirmed.body, 'Your call is confirmed')
  for (const answer of [times, page, sent, confirmed]) {
    t.equal(titleOf(answer), 'A private page')
    t.same(answer.cookies, [])
    t.match(answer.headers, {
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': /noindex/
    })
    t.match(answer.body, /data-leave/)
  }
  t.equal(partner.cookies.size, 0)
  const own = mails.filter(({ to }) => to === 'sam@example.com')
  t.match(own, [{ subject: 'Your code' }, { subject: /^Your appointment on / }])
  t.notMatch(withoutRandom(JSON.stringify(own)), /consultation|call|partner|therap/i)
})

t.test(
  'a wrong code, a token of another booking and a time that has gone are each answered as what they are',
  async t => {
    const { ask, partner, client, work } = await openCalls(t)
    const { held, chosen } = await ask()
    await work()
    const wrong = await partner.post('/p/call/confirmation', { ...held, code: '00000000' })
    t.equal(wrong.statusCode, 422)
    t.match(wrong.body, 'That is not the code')
    t.match((await partner.post('/p/call/codes', held)).body, 'A new one is on its way')
    const other = await ask({ email: 'else@example.com' })
    for (const token of [other.held.token, 'a'.repeat(43), ''])
      t.equal((await partner.post('/p/call/confirmation', { ...held, token, code: '1' })).statusCode, 404)
    const gone = await partner.post('/p/call/details', chosen)
    t.equal(gone.statusCode, 409)
    t.match(gone.body, 'That time has just been taken')
    const couples = { ...chosen, slot: `${chosen.slot.split(' ')[0]} nobody nowhere` }
    t.ok((await partner.post('/p/call/details', couples)).statusCode >= 400)
    t.match(await client`select count(*)::int from partner_calls`, [{ count: 2 }])
    const missing = await partner.post('/p/call/booking', { ...chosen, slot: other.chosen.slot, name: '' })
    t.ok([409, 422].includes(missing.statusCode))
  }
)

t.test('a call is in nobody’s calendar but the caller’s and the therapist’s, and tied to nobody', async t => {
  const house = await openCalls(t)
  const { call, client, book, request, signIn } = house
  const inviter = (await book({ sessionType: 'individual', start: '2027-02-09T15:00:00Z' })).json()
  const feed = (await request('POST', '/api/me/feeds', {}, inviter.token)).json()
  const fetched = async () => (await request('GET', new URL(feed.url).pathname)).body
  const before = await fetched()
  const { held } = await call()
  t.equal(await fetched(), before)
  const [row] = await client`
    select c.inviter from (select i.id as inviter from partner_invitations i join bookings b on b.client_id = i.client_id where b.id = ${held.booking}) c`
  t.equal(row, undefined)
  const staff = await signIn()
  t.match((await request('GET', `/api/bookings/${held.booking}`, undefined, staff)).json(), { verified: false })
  t.equal((await request('GET', `/api/bookings/${inviter.id}`, undefined, staff)).json().verified, undefined)
})

t.test('whose call it is, is “by link, not verified” until the practice has spoken with them', async t => {
  const { call, request, signIn, client } = await openCalls(t)
  const { held } = await call()
  const staff = await signIn()
  const verify = () => request('POST', `/api/bookings/${held.booking}/verification`, undefined, staff)
  await client`update staff set roles = array['assistant']`
  t.equal((await verify()).statusCode, 403)
  await client`update staff set roles = array['owner', 'therapist']`
  t.match((await verify()).json(), { verified: true })
  t.equal((await verify()).statusCode, 201, 'safe to repeat')
  t.match(await client`select count(*)::int from audit where kind = 'verify'`, [{ count: 1 }])
  const none = await request(
    'POST',
    `/api/bookings/018f0000-0000-7000-8000-000000000000/verification`,
    undefined,
    staff
  )
  t.equal(none.statusCode, 404)
})

t.test('misuse story 5: one books a call “for” the other, and learns nothing by it', async t => {
  const { ask, call, partner, mails, client, request, clock, minute, work } = await openCalls(t)
  // The inviter types the partner's address: the code goes to the partner, and without it nothing is booked.
  const { held, sent } = await ask({ email: 'partner@example.com' })
  await work()
  t.equal(sent.statusCode, 201)
  t.equal((await partner.post('/p/call/confirmation', { ...held, code: '12345678' })).statusCode, 422)
  clock.move({ minutes: 11 })
  await minute()
  t.match(await client`select state from bookings where id = ${held.booking}`, [{ state: 'expired' }])
  t.match(
    mails.filter(({ to }) => to === 'partner@example.com').map(({ subject }) => subject),
    ['Your code']
  )
  // The partner books a call of their own: the page that the inviter sees is the same before and after.
  const look = async () => {
    const { body } = await partner.get('/p')
    return body
  }
  const before = await look()
  await call({ email: 'partner@example.com' })
  t.equal(await look(), before)
  const mine = await request('GET', `/api/bookings/${held.booking}`, undefined, held.token)
  t.notMatch(mine.body, /confirmed/, 'what the inviter holds opens their own try alone')
})
