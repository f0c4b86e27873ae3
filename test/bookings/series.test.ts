import t from 'tap'
import { changePlan } from '../support/care.ts'
import { renew } from '../support/joint.ts'
import { aStart, open, someone } from '../support/open.ts'

const weekly = { sessionType: 'weekly' }
/** The second of a series that begins at `aStart`. */
const second = '2027-02-16T15:00:00Z'
const quoted = { start: aStart, therapist: 'jessica', place: 'office' }

t.test('a quote shows every appointment, free or not, over the change of the clock at the same local hour', async t => {
  const { request, book } = await open(t)
  const path = '/api/session-types/weekly/quote'
  const quote = (await request('POST', path, quoted)).json()
  t.equal(quote.appointments.length, 12, 'as usual')
  t.ok(quote.appointments.every(({ free }: { free: boolean }) => free))
  t.match(quote.appointments[4], { start: '2027-03-09T15:00:00Z' })
  t.match(quote.appointments[5], { start: '2027-03-16T14:00:00Z' }, 'ten o’clock in summer time')
  t.match(quote.price, { amount: 480_000 })
  await book({ start: second })
  const other = (await request('POST', path, { ...quoted, occurrences: 3 })).json()
  t.match(other, {
    price: { amount: 120_000 },
    appointments: [
      { free: true, alternatives: [] },
      { start: second, free: false },
      { free: true, alternatives: [] }
    ]
  })
  const near = other.appointments[1].alternatives
  t.ok(near.length > 0 && near.every(({ start }: { start: string }) => start.startsWith('2027-02-16')), 'the same day')
  const left = (await request('POST', path, { ...quoted, occurrences: [aStart, null, '2027-02-23T15:00:00Z'] })).json()
  t.match(left, { price: { amount: 80_000 }, dues: [{ amount: { amount: 80_000 } }] }, 'without what is left out')
  t.equal(left.appointments.length, 2)
  const fortnightly = (await request('POST', path, { ...quoted, occurrences: 3, every: 14 })).json()
  t.match(fortnightly.appointments, [
    { start: aStart },
    { start: '2027-02-23T15:00:00Z' },
    { start: '2027-03-09T15:00:00Z' }
  ])
  for (const wrong of [{ occurrences: 1 }, { occurrences: 27 }, { every: 10 }])
    t.match((await request('POST', path, { ...quoted, ...wrong })).json(), {
      status: 422,
      type: '/problems/invalid-input'
    })
})

t.test('a series is booked whole: every appointment with its own UIDs and its share of the price', async t => {
  const { confirmed, client, request } = await open(t)
  const { id, token } = await confirmed({
    ...weekly,
    occurrences: [null, second, '2027-02-24T15:30:00Z', '2027-03-02T15:00:00Z']
  })
  const booking = (await request('GET', `/api/bookings/${id}`, undefined, token)).json()
  t.match(booking, { state: 'confirmed', price: { amount: 120_000 } })
  t.same(
    booking.appointments.map(({ start }: { start: string }) => start),
    [second, '2027-02-24T15:30:00Z', '2027-03-02T15:00:00Z']
  )
  t.same(await client`select ordinal, price::int from appointments where booking_id = ${id} order by ordinal`, [
    { ordinal: 1, price: 40_000 },
    { ordinal: 2, price: 40_000 },
    { ordinal: 3, price: 40_000 }
  ])
  const uids =
    await client`select distinct uid from participants p join appointments a on a.id = p.appointment_id where a.booking_id is not null`
  t.equal(uids.length, 6, 'of the booker and the therapist, three each')
})

t.test(
  'one appointment that has gone refuses all of it, with other starts for that one, and nothing is written',
  async t => {
    const { book, client } = await open(t)
    await book({ start: second })
    const refused = (
      await book({ ...weekly, occurrences: 3, person: { ...someone, email: 'other@example.com' } })
    ).json()
    t.match(refused, { status: 409, type: '/problems/slot-taken', detail: /2027-02-16T15:00:00Z/ })
    t.ok(refused.alternatives.length > 0)
    for (const { start } of refused.alternatives) t.match(start, /^2027-02-16/, 'of that appointment’s own day')
    t.match(await client`select count(*)::int as n from bookings`, [{ n: 1 }])
    const [{ start }] = refused.alternatives
    t.equal((await book({ ...weekly, occurrences: [aStart, start, '2027-02-23T15:00:00Z'] })).statusCode, 201)
  }
)

t.test('what is left out, or lies elsewhere, leaves its usual time to others', async t => {
  const { book } = await open(t)
  await book({ ...weekly, occurrences: [aStart, null, '2027-02-24T15:30:00Z'] })
  t.equal((await book({ start: second })).statusCode, 201)
  t.equal((await book({ start: '2027-02-23T15:00:00Z' })).statusCode, 201)
  t.equal((await book({ start: '2027-02-24T15:30:00Z' })).statusCode, 409)
})

t.test('a series in which nothing is left is none, and single sessions are not repeated', async t => {
  const { book } = await open(t)
  t.match((await book({ ...weekly, occurrences: [null, null] })).json(), { status: 422 })
  t.match((await book({ occurrences: 2 })).json(), { status: 422, errors: [{ pointer: '/occurrences' }] })
  t.match(
    (await book({ ...weekly, occurrences: [aStart, '2027-02-09T16:00:00Z'] })).json(),
    { status: 422 },
    'they keep apart'
  )
})

t.test('a price that no number of appointments divides is shared to the cent', async t => {
  const { book, client } = await open(t)
  await renew({ client }, 'weekly', '{"price": 1200005}')
  await book({ ...weekly, occurrences: [aStart, null, '2027-02-23T15:00:00Z', '2027-03-02T15:00:00Z'] })
  const [sum] = await client`select b.price::int as price, sum(a.price)::int as shares from bookings b
    join appointments a on a.booking_id = b.id group by b.price`
  t.equal(sum?.shares, sum?.price)
})

t.test(
  'what is left out does not get a series below the least that is offered; one without an end has none',
  async t => {
    const { request, book, client } = await open(t)
    await changePlan(client, 'weekly', { repeat: { every: [7], times: 12, least: 3, most: 26, open: true } })
    const days = ['02-09', '02-16', '02-23', '03-02'].map(day => `2027-${day}T15:00:00Z`)
    const two = [days[0], null, days[2], null]
    const refused = {
      status: 422,
      type: '/problems/invalid-input',
      errors: [{ pointer: '/occurrences', detail: 'Leave out 1 at most, or choose more of them' }]
    }
    const path = '/api/session-types/weekly/quote'
    t.match((await request('POST', path, { ...quoted, occurrences: two })).json(), refused)
    t.match((await book({ ...weekly, occurrences: two })).json(), refused)
    t.match((await book({ ...weekly, occurrences: [days[0], null, days[2]] })).json().errors, [
      { detail: 'Leave out 0 at most, or choose more of them' }
    ])
    t.equal((await book({ ...weekly, occurrences: [days[0], null, ...days.slice(2)] })).statusCode, 201)
  }
)
