import t from 'tap'
import { aStart, open } from '../support/open.ts'

/** The demo's couples session, as a practice that says yes by hand would keep it. */
async function openWithApproval(t: Parameters<typeof open>[0]) {
  const house = await open(t)
  await house.client`
    insert into session_type_versions
      select practice_id, session_type_id, 2, name, description, plan, price, currency, policy,
        rules || '{"approval": true}', created_at
      from session_type_versions where session_type_id = (select id from session_types where slug = 'couples')`
  await house.client`update session_types set version = 2 where slug = 'couples'`
  return house
}

t.test('a requested booking keeps its time, charges nothing, and is paid after the yes', async t => {
  const { book, request, signIn, work, mails, gateway, client } = await openWithApproval(t)
  const answer = await book()
  t.match(answer.json(), { state: 'requested', holdUntil: null, payment: null }, answer.body)
  t.equal(gateway.checkouts.size, 0)
  t.equal((await book()).statusCode, 409)
  const { id, token } = answer.json()
  const staff = await signIn()
  const approved = await request('POST', `/api/bookings/${id}/approval`, { approved: true }, staff)
  t.match(approved.json(), { state: 'held', holdUntil: '2027-02-03T12:00:00Z' }, approved.body)
  await work()
  t.ok(mails.some(({ to }) => to === 'jo@example.com'))
  const payment = await request('POST', `/api/bookings/${id}/payment`, undefined, token)
  t.match(payment.json(), { url: /^https/ }, payment.body)
  t.match(await client`select kind from audit where kind = 'approved'`, [{ kind: 'approved' }])
})

t.test('a declined request frees its time and cannot be answered again', async t => {
  const { book, request, signIn, client } = await openWithApproval(t)
  const { id } = (await book()).json()
  const staff = await signIn()
  const declined = await request('POST', `/api/bookings/${id}/approval`, { approved: false, note: 'full' }, staff)
  t.match(declined.json(), { state: 'declined' }, declined.body)
  t.equal(
    (await client`select 1 from occupancy o join appointments a on a.id = o.appointment_id where a.booking_id = ${id}`)
      .length,
    0
  )
  const again = await request('POST', `/api/bookings/${id}/approval`, { approved: true }, staff)
  t.match(again.json(), { type: '/problems/wrong-state', status: 409 })
  t.match((await book()).json(), { state: 'requested', appointments: [{ start: aStart }] })
})

t.test('a request that got no answer in two working days lapses', async t => {
  const { book, clock, minute, client, request, signIn } = await openWithApproval(t)
  const { id } = (await book()).json()
  clock.set('2027-02-03T11:59:00Z')
  await minute()
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'requested' }])
  clock.set('2027-02-03T12:00:00Z')
  const late = await request('POST', `/api/bookings/${id}/approval`, { approved: true }, await signIn())
  t.match(late.json(), { status: 409, type: '/problems/wrong-state' }, 'also before the minute’s job came by')
  await minute()
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'expired' }])
})

t.test('a client cannot approve, nor can nobody', async t => {
  const { book, request } = await openWithApproval(t)
  const { id, token } = (await book()).json()
  t.equal((await request('POST', `/api/bookings/${id}/approval`, { approved: true }, token)).statusCode, 401)
  t.equal((await request('POST', `/api/bookings/${id}/approval`, { approved: true })).statusCode, 401)
})

t.test('a yes is asked for and given before the start only, and what it opens is paid before the start', async t => {
  const { book, clock, request, signIn, client } = await openWithApproval(t)
  clock.set('2027-02-05T16:00:00Z')
  const { id } = (await book({ start: '2027-02-08T18:00:00Z' })).json()
  const [asked] = await client`select deadline from acceptances where booking_id = ${id}`
  t.equal(asked?.deadline, '2027-02-08 18:00:00+00', 'two working days would end on Tuesday')
  clock.set('2027-02-08T17:00:00Z')
  const approved = await request('POST', `/api/bookings/${id}/approval`, { approved: true }, await signIn())
  t.match(approved.json(), { state: 'held', holdUntil: '2027-02-08T18:00:00Z' })
  const late = (await book({ start: '2027-02-11T15:00:00Z' })).json()
  clock.set('2027-02-11T15:00:00Z')
  const refused = await request('POST', `/api/bookings/${late.id}/approval`, { approved: true }, await signIn())
  t.match(refused.json(), { status: 409, type: '/problems/wrong-state' })
})

t.test('an approved booking can be paid until the last of its 48 hours, and no further', async t => {
  const { book, clock, request, signIn, openedBy, minute, client } = await openWithApproval(t)
  const { id } = (await book()).json()
  await request('POST', `/api/bookings/${id}/approval`, { approved: true }, await signIn())
  clock.set('2027-02-03T11:50:00Z')
  const paying = await request('POST', `/api/bookings/${id}/payment`, undefined, await openedBy(id))
  t.match(paying.json(), { url: /^https/ }, paying.body)
  clock.set('2027-02-03T12:30:00Z')
  await minute()
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'expired' }])
})

t.test('a withdrawn request that is cancelled again answers what came of the first', async t => {
  const { book, request, client } = await openWithApproval(t)
  const { id, token } = (await book()).json()
  const path = `/api/bookings/${id}/cancellation`
  const nothing = { amount: 0, currency: 'USD' }
  const answers = [
    await request('POST', path, undefined, token),
    await request('POST', path, undefined, token),
    await request('GET', path, undefined, token)
  ]
  for (const answer of answers) t.match(answer.json(), { refund: nothing, fee: nothing, band: 'unpaid' }, answer.body)
  t.match(answers[1]?.json(), { state: 'expired' })
  t.match(await client`select by, band from cancellations`, [{ by: 'client', band: 'unpaid' }])
  const other = (await book()).json()
  await request('POST', `/api/bookings/${other.id}/release`, undefined, other.token)
  const after = await request('POST', `/api/bookings/${other.id}/cancellation`, undefined, other.token)
  t.match(after.json(), { band: 'unpaid', state: 'expired' }, 'let go by its other door')
})

t.test('who withdraws a request reads that it is withdrawn, and the therapist who was asked hears of it', async t => {
  const { book, request, work, mails } = await openWithApproval(t)
  const { id, token } = (await book()).json()
  await work()
  t.match(
    mails
      .splice(0)
      .map(({ to, subject }) => `${to}: ${subject}`)
      .sort(),
    ['jessica@example.com: An appointment to answer: Tue 9 Feb', 'jo@example.com: Your appointment on Tue 9 Feb']
  )
  for (const _ of ['first', 'again']) await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  await work()
  const told = new Map(mails.map(mail => [mail.to, mail]))
  t.equal(mails.length, 2, 'each once')
  t.match(told.get('jo@example.com')?.text, /^Hello, the time on Tue 9 Feb at 10:00–11:20 is withdrawn, as you asked\./)
  t.match(told.get('jessica@example.com'), {
    subject: 'Withdrawn: Tue 9 Feb',
    text: /^Hello, Tue 9 Feb, 10:00–11:20 \(New York time\) was asked for and is withdrawn\./
  })
})

t.test('what staff withdraw is told to the client as not confirmed, and written down', async t => {
  const { book, request, signIn, work, mails, client } = await openWithApproval(t)
  const { id } = (await book()).json()
  await work()
  mails.splice(0)
  await request('POST', `/api/bookings/${id}/cancellation`, undefined, await signIn())
  await work()
  t.match(mails.find(({ to }) => to === 'jo@example.com')?.text, 'was not confirmed and is free again')
  t.match(await client`select kind from audit where kind = 'let-go'`, [{ kind: 'let-go' }])
})

t.test('a request is withdrawn at once; what is confirmed is not let go without its cancellation', async t => {
  const { book, request, confirmed } = await openWithApproval(t)
  const { id, token } = (await book()).json()
  const withdrawn = await request('POST', `/api/bookings/${id}/release`, undefined, token)
  t.match(withdrawn.json(), { state: 'expired' }, withdrawn.body)
  t.equal((await book()).statusCode, 201, 'the time is free')
  const other = await confirmed({ sessionType: 'individual', start: '2027-02-10T15:00:00Z' })
  const refused = await request('POST', `/api/bookings/${other.id}/release`, undefined, other.token)
  t.match(refused.json(), { status: 409, type: '/problems/wrong-state' })
})

t.test('an approved time is kept for who pays late, but never beyond its own start', async t => {
  const { book, clock, request, signIn, client, gateway, openedBy } = await openWithApproval(t)
  clock.set('2027-02-05T16:00:00Z')
  const { id } = (await book({ start: '2027-02-08T18:00:00Z' })).json()
  clock.set('2027-02-08T16:00:00Z')
  await request('POST', `/api/bookings/${id}/approval`, { approved: true }, await signIn())
  const pay = async () => request('POST', `/api/bookings/${id}/payment`, undefined, await openedBy(id))
  const heldUntil = async () => (await client`select hold_until from bookings where id = ${id}`)[0]?.hold_until
  clock.set('2027-02-08T17:00:00Z')
  t.equal((await pay()).statusCode, 200)
  t.equal(await heldUntil(), '2027-02-08 18:00:00+00')
  clock.set('2027-02-08T17:40:00Z')
  t.match(
    (await pay()).json(),
    { status: 409, type: '/problems/wrong-state' },
    'a new Checkout would outlast the start'
  )
  t.equal(await heldUntil(), '2027-02-08 18:00:00+00')
  t.equal(gateway.checkouts.size, 1)
})
