import t from 'tap'
import { openCouple } from '../support/couple.ts'
import { aStart, open, someone } from '../support/open.ts'
import { colleague } from '../support/staff.ts'

const caller = { name: 'Robin Caller', email: 'robin@example.com', zone: 'America/New_York' }
/** A Tuesday at 20:10 in New York: after hours, and off the grid. */
const evening = '2027-02-10T01:10:00Z'

type House = Awaited<ReturnType<typeof open>>

/** Books as this member of staff; for a new caller, to be paid by link, unless told. */
const bookAs = ({ request }: Pick<House, 'request'>, token: string, more: object = {}) =>
  request(
    'POST',
    '/api/staff/bookings',
    { person: caller, sessionType: 'couples', start: aStart, payment: 'link', ...more },
    token
  )

t.test('a caller gets 48 hours to pay, and a mail with the link to it; nothing is asked of anybody else', async t => {
  const house = await open(t)
  const token = await house.signIn()
  const answer = await bookAs(house, token)
  t.equal(answer.statusCode, 201, answer.body)
  const booked = answer.json()
  t.match(booked, { state: 'held', holdUntil: '2027-02-03T12:00:00Z', price: { amount: 40000 } })
  t.match(booked.dues, [{ reason: 'full', state: 'open' }])
  await house.work()
  t.same(
    house.mails.map(({ to, subject }) => ({ to, subject })),
    [{ to: caller.email, subject: 'Your appointment on Tue 9 Feb' }],
    'one mail, to the caller'
  )
  t.match(house.mails[0]?.text, /can be confirmed now.*kept until Wed 3 Feb, 07:00/)
  const link = /\/b\/([\w-]{43})/.exec(house.mails[0]?.text ?? '')?.[1]
  t.ok(link, 'the link opens the booking')
  const opened = await house.openedBy(booked.id)
  const paid = await house.request('POST', `/api/bookings/${booked.id}/payment`, undefined, opened)
  t.equal(paid.statusCode, 200, paid.body)
  house.clock.move({ hours: 48, minutes: 1 })
  await house.minute()
  const [row] = await house.client`select state from bookings`
  t.match(row, { state: 'expired' }, 'then the time is free again')
})

t.test('paid by hand or not at all, it stands at once, and the caller is told where to see it', async t => {
  const house = await open(t)
  const token = await house.signIn()
  const byHand = (await bookAs(house, token, { payment: 'manual' })).json()
  t.match(byHand, { state: 'confirmed', dues: [{ amount: { amount: 40000 }, state: 'scheduled' }] })
  const unexplained = await bookAs(house, token, { payment: 'none', start: '2027-02-10T15:00:00Z' })
  t.match(unexplained.json(), { status: 422, errors: [{ pointer: '/reason' }] })
  const free = (await bookAs(house, token, { payment: 'none', reason: 'A gift', start: '2027-02-10T15:00:00Z' })).json()
  t.match(free, { state: 'confirmed', price: { amount: 0 }, dues: [] })
  await house.work()
  t.equal(house.mails.filter(({ to, text }) => to === caller.email && /is confirmed/.test(text)).length, 2)
  const cancelled = await house.request('POST', `/api/bookings/${free.id}/cancellation`, {}, token)
  t.match(cancelled.json(), { refund: { amount: 0 }, fee: { amount: 0 }, state: 'cancelled' })
})

t.test('each rule is set aside by its name alone, with a reason that is written down', async t => {
  const house = await open(t)
  const token = await house.signIn()
  const soon = '2027-02-01T15:00:00Z'
  t.match((await bookAs(house, token, { start: soon })).json(), { type: '/problems/too-soon' })
  t.match((await bookAs(house, token, { start: soon, override: ['hours'], reason: 'Urgent' })).json(), {
    type: '/problems/too-soon'
  })
  t.match((await bookAs(house, token, { start: soon, override: ['notice'] })).json(), {
    errors: [{ pointer: '/reason' }]
  })
  t.equal((await bookAs(house, token, { start: soon, override: ['notice'], reason: 'Urgent' })).statusCode, 201)
  const [line] = await house.client`select why, actor from audit where kind = 'booked-for-caller'`
  t.match(line, { why: 'without notice: Urgent', actor: /^staff:/ })

  const late = { start: evening, override: ['notice'], reason: 'No other time' }
  t.match((await bookAs(house, token, late)).json(), { type: '/problems/not-offered' })
  t.equal((await bookAs(house, token, { ...late, override: ['hours'] })).statusCode, 201)

  const far = { start: '2027-06-08T14:00:00Z', reason: 'They plan far ahead' }
  t.match((await bookAs(house, token, far)).json(), { type: '/problems/too-far' })
  t.equal((await bookAs(house, token, { ...far, override: ['horizon'] })).statusCode, 201)

  await house.client`
    insert into session_type_versions
      select practice_id, session_type_id, 2, name, description, plan, price, currency, policy,
        rules || '{"perDay": 1}', created_at
      from session_type_versions where session_type_id = (select id from session_types where slug = 'couples')`
  await house.client`update session_types set version = 2 where slug = 'couples'`
  const second = { start: '2027-02-01T18:00:00Z', override: ['notice'], reason: 'Once' }
  t.match((await bookAs(house, token, second)).json(), { type: '/problems/not-offered' })
  t.equal((await bookAs(house, token, { ...second, override: ['notice', 'caps'] })).statusCode, 201)
  t.match((await bookAs(house, token, { start: '2026-12-01T15:00:00Z', override: ['notice'], reason: 'x' })).json(), {
    type: '/problems/too-soon'
  })
})

t.test('what is sold, and when the therapist is away, is set aside by nobody', async t => {
  const house = await open(t)
  const token = await house.signIn()
  const all = { override: ['notice', 'horizon', 'hours', 'caps'], reason: 'All of them' }
  await house.book()
  t.match((await bookAs(house, token, all)).json(), { type: '/problems/slot-taken', status: 409 })
  await house.request(
    'POST',
    '/api/therapists/jessica/time-off',
    { start: '2027-02-10T00:00:00Z', end: '2027-02-11T00:00:00Z' },
    token
  )
  t.match((await bookAs(house, token, { ...all, start: '2027-02-10T15:00:00Z' })).json(), {
    type: '/problems/slot-taken'
  })
})

t.test('of staff and the public at once for one time, one has it', async t => {
  const rivals = 20
  const house = await open(t, { most: 2 * rivals + 1 })
  const token = await house.signIn()
  const answers = await Promise.all(
    Array.from({ length: rivals }, (_, index) => [
      house.book({ person: { ...someone, email: `public-${index}@example.com` } }),
      bookAs(house, token, { person: { ...caller, email: `caller-${index}@example.com` } })
    ]).flat()
  )
  t.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 1)
  t.equal(answers.filter(({ statusCode }) => statusCode === 409).length, 2 * rivals - 1)
  const [row] = await house.client`select count(*)::int as bookings from bookings`
  t.match(row, { bookings: 1 })
})

t.test('for two who belong together one calls, and the other is asked; both hear of it in their own mails', async t => {
  const house = await openCouple(t)
  const { request, client, couple, therapist, mails, work, sam } = house
  const members = await client`select person_id as person from memberships where client_id = ${couple} order by number`
  const wrong = await bookAs(house, therapist, { person: undefined, client: couple, caller: couple })
  t.match(wrong.json(), { status: 422, errors: [{ pointer: '/caller' }] })
  const booked = (
    await bookAs(house, therapist, { person: undefined, client: couple, caller: members[0]?.person, payment: 'manual' })
  ).json()
  t.match(booked, { state: 'requested', client: couple })
  await work()
  t.same(mails.map(({ to }) => to).sort(), ['jo@example.com', 'sam@example.com'], 'the therapist is not asked again')
  const answer = await request('POST', `/api/bookings/${booked.id}/acceptance`, { answer: 'accept' }, sam)
  t.equal(answer.statusCode, 200, answer.body)
  t.match(await client`select state from bookings where id = ${booked.id}`, [{ state: 'confirmed' }])
})

t.test(
  'an assistant books inside the rules; another therapist in their own calendar alone; billing not at all',
  async t => {
    const house = await open(t)
    const assistant = await colleague(house, 'alex', ['assistant'])
    const robin = await colleague(house, 'robin', ['therapist'])
    const billing = await colleague(house, 'bill', ['billing'])
    t.match((await bookAs(house, assistant.token, { override: ['hours'], reason: 'x' })).json(), { status: 403 })
    t.match((await bookAs(house, assistant.token, { payment: 'none', reason: 'x' })).json(), { status: 403 })
    t.match((await bookAs(house, robin.token, { therapist: 'jessica' })).json(), { status: 403 })
    t.match((await bookAs(house, robin.token)).json(), { type: '/problems/not-offered' }, 'they offer nothing yet')
    t.match((await bookAs(house, billing.token)).json(), { status: 403 })
    t.match((await bookAs(house, 'none')).json(), { status: 401 })
    const made = (await bookAs(house, assistant.token)).json()
    t.match(made, { state: 'held', people: [{ name: caller.name }] })
    t.notOk('price' in made, 'an assistant sees no price')
  }
)

t.test('the same request twice makes one booking; who is named twice or not at all is refused', async t => {
  const house = await open(t)
  const token = await house.signIn()
  const send = () =>
    house.app.inject({
      method: 'POST',
      url: '/api/staff/bookings',
      headers: { host: 'localhost:3000', authorization: `Bearer ${token}`, 'idempotency-key': 'a-key-of-a-caller-1' },
      payload: { person: caller, sessionType: 'couples', start: aStart, payment: 'link' }
    })
  const [first, second] = [await send(), await send()]
  t.equal(first.json().id, second.json().id)
  t.match((await bookAs(house, token, { person: undefined })).json(), { errors: [{ pointer: '/client' }] })
  t.match((await bookAs(house, token, { client: first.json().client })).json(), { errors: [{ pointer: '/client' }] })
})
