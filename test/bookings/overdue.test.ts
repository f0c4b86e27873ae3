import t, { type Test } from 'tap'
import { changePlan } from '../support/care.ts'
import { open, someone } from '../support/open.ts'

/** Jessica's day is California's, the practice's New York's; at 23:00 of hers a free call was kept, and not confirmed in time. */
async function westOfThePractice(t: Test) {
  const house = await open(t)
  const { client, book, clock } = house
  await client`update resources set zone = 'America/Los_Angeles' where slug = 'jessica'`
  await client`update opening_hours set from_minute = 0, to_minute = 1440, days = array[1,2,3,4,5,6,7]`
  await changePlan(client, 'individual', { dayExclusive: true })
  const kept = await book({ sessionType: 'consultation', start: '2027-02-10T07:00:00Z' })
  t.match(kept.json(), { state: 'held' })
  clock.move({ hours: 1 })
  return house
}

const other = { ...someone, email: 'sam@example.com' }

t.test('who wants a whole day ends what is over at its end, by the therapist’s clock', async t => {
  const { book, client } = await westOfThePractice(t)
  const made = await book({ sessionType: 'individual', start: '2027-02-09T18:00:00Z', person: other })
  t.equal(made.statusCode, 201, made.body)
  t.match(await client`select state from bookings order by created_at`, [{ state: 'expired' }, { state: 'held' }])
})

t.test('and so does who moves to that day', async t => {
  const { confirmed, request, client } = await westOfThePractice(t)
  const { appointment, token } = await confirmed({
    sessionType: 'individual',
    start: '2027-02-16T18:00:00Z',
    person: other
  })
  const start = '2027-02-09T18:00:00Z'
  const moved = await request('POST', `/api/appointments/${appointment}/move`, { start }, token)
  t.equal(moved.statusCode, 200, moved.body)
  t.match(await client`select state from bookings order by created_at`, [{ state: 'expired' }, { state: 'confirmed' }])
})

t.test('what was ended for somebody does not count against them', async t => {
  const { book, clock } = await open(t, { limits: { holds: 1 } })
  const start = '2027-02-10T15:00:00Z'
  t.match((await book({ sessionType: 'consultation', start })).json(), { state: 'held' })
  clock.move({ hours: 1 })
  const again = await book({ sessionType: 'consultation', start })
  t.equal(again.statusCode, 201, again.body)
})
