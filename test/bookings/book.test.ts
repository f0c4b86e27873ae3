import t from 'tap'
import { aStart, open } from '../support/open.ts'

t.test('a booking holds its time for 35 minutes and answers where to pay', async t => {
  const { book, request } = await open(t)
  const answer = await book()
  t.equal(answer.statusCode, 201, answer.body)
  const booked = answer.json()
  t.match(booked, {
    state: 'held',
    holdUntil: '2027-02-01T12:35:00Z',
    appointments: [{ start: aStart, end: '2027-02-09T16:20:00Z', who: 'both', therapist: 'jessica', place: 'office' }],
    price: { amount: 40_000, currency: 'USD' },
    dues: [{ reason: 'full', amount: { amount: 40_000, currency: 'USD' } }],
    payment: { url: /^https:\/\/pay\.invalid\// }
  })
  t.equal(answer.headers.location, `/api/bookings/${booked.id}`)
  const again = await request('GET', `/api/bookings/${booked.id}`, undefined, booked.token)
  t.equal(again.statusCode, 200, again.body)
  t.match(again.json(), { id: booked.id, state: 'held' })
})

t.test('a slot is sold once, however many ask at the same moment', async t => {
  const { book, client } = await open(t, { most: 50 })
  const answers = await Promise.all(Array.from({ length: 50 }, () => book()))
  const won = answers.filter(answer => answer.statusCode === 201)
  const lost = answers.filter(answer => answer.statusCode === 409)
  t.equal(won.length, 1)
  t.equal(lost.length, 49, answers.map(({ statusCode }) => statusCode).join(' '))
  t.match(lost[0]?.json(), { type: '/problems/slot-taken', status: 409 })
  t.equal(lost[0]?.json().alternatives.length, 5)
  t.equal((await client`select 1 from bookings`).length, 1)
})
