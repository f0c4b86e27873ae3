import t from 'tap'
import { suggested } from '../support/joint.ts'
import { open } from '../support/open.ts'

/** A Monday and a Tuesday, and the days around them; five weeks ahead of the clock. */
const monday = '2027-03-08T14:00:00Z'
const query = 'from=2027-03-08&to=2027-03-12&zone=America/New_York'

/** The therapist works whole days, as an intensive needs them. */
async function openDays(t: Parameters<typeof open>[0]) {
  const house = await open(t)
  await house.client`update opening_hours set from_minute = 540, to_minute = 1080, days = '{1,2,3,4,5}'`
  return house
}

t.test('an intensive is found as days on which all its blocks fit, and quoted with each of them', async t => {
  const { request, book } = await openDays(t)
  const days = async () =>
    (
      (await request('GET', `/api/session-types/intensive-2-day/slots?${query}`)).json().slots as { start: string }[]
    ).map(({ start }) => start)
  t.same(await days(), [monday, '2027-03-09T14:00:00Z', '2027-03-10T14:00:00Z', '2027-03-11T14:00:00Z'])
  t.equal((await book({ sessionType: 'individual', start: '2027-03-10T16:00:00Z', place: 'video' })).statusCode, 201)
  t.same(await days(), [monday, '2027-03-11T14:00:00Z'], 'one session takes its whole day from it')
  const quote = await request('POST', '/api/session-types/intensive-2-day/quote', { start: monday })
  const { appointments, price, dues } = quote.json()
  t.same(
    appointments.map(({ start, end, free }: Record<string, unknown>) => [start, end, free]),
    [
      [monday, '2027-03-08T17:00:00Z', true],
      ['2027-03-08T18:30:00Z', '2027-03-08T21:30:00Z', true],
      ['2027-03-09T14:00:00Z', '2027-03-09T17:00:00Z', true],
      ['2027-03-09T18:30:00Z', '2027-03-09T21:30:00Z', true]
    ]
  )
  t.match(price, { amount: 480_000 })
  t.match(dues, [
    { reason: 'deposit', amount: { amount: 240_000 } },
    // Fourteen days before, at nine.
    { reason: 'balance', amount: { amount: 240_000 }, dueAt: '2027-02-22T14:00:00Z' }
  ])
  const taken = await request('POST', '/api/session-types/intensive-2-day/quote', { start: '2027-03-09T14:00:00Z' })
  t.ok(
    taken.json().appointments.every(({ free }: { free: boolean }) => !free),
    'as a whole or not at all'
  )
  t.ok(taken.json().appointments[0].alternatives.length > 0)
})

t.test('its days are taken whole, for the therapist and for the room', async t => {
  const { book, client } = await openDays(t)
  const booked = await book({ sessionType: 'intensive-2-day', start: monday, together: true })
  t.equal(booked.statusCode, 201, booked.body)
  t.equal(booked.json().state, 'requested', 'a private call with each, and the practice’s yes, come first')
  t.same(
    (
      await client`
        select lower(range_agg(during)) as from, upper(range_agg(during)) as to, count(*)::int as rows from occupancy o
        join appointments a on a.id = o.appointment_id where a.booking_id = ${booked.json().id} group by resource_id`
    ).map(({ from, to, rows }) => [from, to, rows]),
    [1, 2].map(() => ['2027-03-08 05:00:00+00', '2027-03-10 05:00:00+00', 4])
  )
  for (const start of ['2027-03-08T22:00:00Z', '2027-03-09T13:00:00Z', '2027-03-09T17:15:00Z'])
    t.not((await book({ sessionType: 'individual', start, place: 'video' })).statusCode, 201, start)
})

t.test('it is moved and cancelled as one', async t => {
  const house = await openDays(t)
  const { client, request, signIn, work } = house
  const { id } = await suggested(house, { sessionType: 'intensive-2-day', start: monday })
  await client`update bookings set state = 'confirmed', confirmed_at = created_at where id = ${id}`
  const staff = await signIn()
  const blocks = () => client<{ id: string; start: string; taken: number }[]>`
    select a.id, a.starts_at::text as start, (select count(*)::int from occupancy o where o.appointment_id = a.id) as taken
    from appointments a where booking_id = ${id} order by ordinal`
  const third = (await blocks())[2]?.id
  const before = await client`select uid from participants p join appointments a on a.id = p.appointment_id
    where a.booking_id = ${id} order by uid`
  const url = `/api/appointments/${third}/move`
  const moved = await request('POST', url, { start: '2027-03-10T14:00:00Z', agreed: true }, staff)
  t.equal(moved.statusCode, 200, moved.body)
  t.same(
    (await blocks()).map(({ start, taken }) => [start, taken]),
    [
      ['2027-03-10 14:00:00+00', 2],
      ['2027-03-10 18:30:00+00', 2],
      ['2027-03-11 14:00:00+00', 2],
      ['2027-03-11 18:30:00+00', 2]
    ],
    'whichever of its blocks was named, the new start is that of the first'
  )
  t.same(
    await client`select uid from participants p join appointments a on a.id = p.appointment_id
      where a.booking_id = ${id} order by uid`,
    before,
    'UIDs stay'
  )
  // A day later it overlaps itself, and is in nobody's way.
  const again = await request('POST', url, { start: '2027-03-11T14:00:00Z', agreed: true }, staff)
  t.equal(again.statusCode, 200, again.body)
  await work()
  t.equal((await request('POST', `/api/bookings/${id}/cancellation`, undefined, staff)).statusCode, 200)
  t.same(
    (await blocks()).map(({ taken }) => taken),
    [0, 0, 0, 0]
  )
})

t.test('over a change of the clock its blocks keep their local hours and its days their real length', async t => {
  const { book, client } = await openDays(t)
  await client`update opening_hours set days = '{1,2,3,4,5,6,7}'`
  // Sunday 14 March has 23 hours in New York.
  const booked = await book({ sessionType: 'intensive-2-day', start: '2027-03-13T14:00:00Z', together: true })
  t.equal(booked.statusCode, 201, booked.body)
  t.same(
    booked.json().appointments.map(({ start }: { start: string }) => start),
    ['2027-03-13T14:00:00Z', '2027-03-13T18:30:00Z', '2027-03-14T13:00:00Z', '2027-03-14T17:30:00Z']
  )
  const [taken] = await client`select upper(range_agg(during)) - lower(range_agg(during)) as length from occupancy o
    join appointments a on a.id = o.appointment_id where a.booking_id = ${booked.json().id} group by resource_id`
  t.match(String(taken?.length), /47:00:00|1 day 23:00:00/)
})
