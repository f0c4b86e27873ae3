import type { Test } from 'tap'
import t from 'tap'
import { open } from '../support/open.ts'
import { colleague } from '../support/staff.ts'

/** Monday to Wednesday of a week in February, in Tokyo: 14 hours ahead of New York. */
const tokyo = { zone: 'Asia/Tokyo', firstDay: '2027-02-15', lastDay: '2027-02-17', keeps: 'local', videoOnly: true }
type House = Awaited<ReturnType<typeof open>>

async function openTravelling(t: Test) {
  const house = await open(t)
  const token = await house.signIn()
  const travel = (more: object = {}, as = token) =>
    house.request('POST', '/api/therapists/jessica/travels', { ...tokyo, ...more }, as)
  return { ...house, token, travel }
}

/** The free starts of individual sessions of a week, by the clock of New York, and where. */
async function slots({ request }: Pick<House, 'request'>, place?: string) {
  const query = `from=2027-02-14&to=2027-02-20&zone=America/New_York${place ? `&place=${place}` : ''}`
  return (await request('GET', `/api/session-types/individual/slots?${query}`)).json().slots as {
    start: string
    place: string
  }[]
}
const startsOf = (found: { start: string }[]) => found.map(({ start }) => start)

t.test('away with local hours: nine in Tokyo is nine in Tokyo, by video alone, and home before and after', async t => {
  const house = await openTravelling(t)
  const before = startsOf(await slots(house))
  t.ok(before.includes('2027-02-15T14:00:00Z'))
  const added = await house.travel()
  t.match(added, { statusCode: 201 }, added.body)
  const found = await slots(house)
  const starts = startsOf(found)
  // Monday 09:00 in Tokyo is midnight UTC; its last start of the day, 17:00, is 08:00.
  t.ok(starts.includes('2027-02-15T00:00:00Z'))
  t.ok(starts.includes('2027-02-17T08:00:00Z'))
  t.notOk(
    starts.some(start => start >= '2027-02-15T09:00' && start < '2027-02-16T00:00'),
    'Monday at home is closed'
  )
  t.ok(starts.includes('2027-02-18T14:00:00Z'), 'Thursday is at home again')
  const there = found.filter(({ start }) => start < '2027-02-17T09:00')
  t.same([...new Set(there.map(({ place }) => place))], ['video'])
  t.same(
    startsOf(await slots(house, 'office')).filter(start => start < '2027-02-18'),
    []
  )
})

t.test('away with home’s hours: the same instants as ever, but in no room', async t => {
  const house = await openTravelling(t)
  const [before, inRoom] = [startsOf(await slots(house)), startsOf(await slots(house, 'office'))]
  await house.travel({ keeps: 'home' })
  t.same(startsOf(await slots(house)), before)
  t.same(
    startsOf(await slots(house, 'office')),
    inRoom.filter(start => start >= '2027-02-18')
  )
})

t.test('what is sold stays; a time of the travel can be booked, and no other of those days', async t => {
  const house = await openTravelling(t)
  const booked = await house.book({ start: '2027-02-16T15:00:00Z' })
  await house.travel()
  t.match(await house.client`select state from bookings where id = ${booked.json().id}`, [{ state: 'held' }])
  const at = { sessionType: 'individual', place: 'video' }
  t.match((await house.book({ ...at, start: '2027-02-15T15:00:00Z' })).json(), { type: '/problems/not-offered' })
  t.equal((await house.book({ ...at, start: '2027-02-15T00:00:00Z' })).statusCode, 201)
})

t.test('a travel is listed and removed; two on one day, wrong days and other people are refused', async t => {
  const house = await openTravelling(t)
  const { travel, request, token } = house
  const before = startsOf(await slots(house))
  const { id } = (await travel()).json()
  t.match((await request('GET', '/api/therapists/jessica/travels', undefined, token)).json().items, [{ id, ...tokyo }])
  t.match((await travel({ firstDay: '2027-02-17', lastDay: '2027-02-20' })).json(), {
    type: '/problems/travels-overlap',
    status: 409
  })
  t.match((await travel({ firstDay: '2027-03-02', lastDay: '2027-03-01' })).json(), {
    errors: [{ pointer: '/lastDay' }]
  })
  t.match((await travel({ zone: 'Mars/Olympus' })).json(), { errors: [{ pointer: '/zone' }] })
  for (const [slug, roles] of [
    ['robin', ['therapist']],
    ['alex', ['assistant']]
  ] as const) {
    const other = (await colleague(house, slug, [...roles])).token
    t.equal((await travel({ firstDay: '2027-05-01', lastDay: '2027-05-01' }, other)).statusCode, 403, slug)
  }
  t.equal((await request('DELETE', `/api/therapists/jessica/travels/${id}`, undefined, token)).statusCode, 204)
  t.equal((await request('DELETE', `/api/therapists/jessica/travels/${id}`, undefined, token)).statusCode, 404)
  t.same(startsOf(await slots(house)), before)
})
