import t from 'tap'
import { open, someone } from '../support/open.ts'

/** Monday to Wednesday in Tokyo, where ten in the morning in New York is midnight. */
const tokyo = { zone: 'Asia/Tokyo', firstDay: '2027-02-15', lastDay: '2027-02-17', keeps: 'local', videoOnly: false }
const individual = { sessionType: 'individual', place: 'video' }
const reason = 'They can only then'

t.test('an hour that staff give away on purpose while they are elsewhere is in the way of nothing', async t => {
  const house = await open(t)
  const { request, signIn, confirmed, openedBy, app, clock, client } = house
  const before = await confirmed({ ...individual, start: '2027-02-16T15:00:00Z' })
  const token = await signIn()
  const url = '/api/therapists/jessica/travels'
  const travel = (await request('POST', url, tokyo, token)).json()
  clock.move({ minutes: 1 })
  const person = { ...someone, name: 'Robin Caller', email: 'robin@example.com' }
  const wish = { ...individual, person, payment: 'manual', start: '2027-02-16T19:00:00Z' }
  t.match((await request('POST', '/api/staff/bookings', wish, token)).json(), { type: '/problems/not-offered' })
  const meant = { ...wish, override: ['hours'], reason }
  const booked = (await request('POST', '/api/staff/bookings', meant, token)).json()
  t.match(booked, { state: 'confirmed' })
  const idsOf = (items: { id: string }[]) => items.map(({ id }) => id)
  const collisions = async () =>
    idsOf((await request('GET', `${url}/${travel.id}/collisions`, undefined, token)).json().items)
  t.same(await collisions(), [before.id], 'what was booked before still is')
  const tasks = (await request('GET', '/api/tasks', undefined, token)).json().items
  t.same(idsOf(tasks.filter(({ kind }: { kind: string }) => kind === 'conflict')), [before.id])
  for (const [id, away] of [
    [booked.id, false],
    [before.id, true]
  ] as const) {
    const headers = { host: 'localhost:3000', accept: 'text/html', authorization: `Bearer ${await openedBy(id)}` }
    const page = await app.inject({ url: `/b/${id}`, headers })
    t.equal(page.body.includes('We are away at this time'), away)
  }
  const at = '2027-02-01T12:01:00Z'
  await client`update appointments set moved_at = ${at}, moved_from = starts_at where booking_id = ${before.id}`
  t.same(await collisions(), [], 'what was moved there since is as much meant')
})

t.test('what was proposed before they knew, and accepted after, is told', async t => {
  const { request, signIn, clock } = await open(t)
  const token = await signIn()
  const start = '2027-02-16T15:00:00Z'
  const price = { amount: 20_000, currency: 'USD' }
  const offer = { ...individual, person: someone, price, starts: [start], hold: true, until: '2027-02-05T17:00:00Z' }
  const proposed = (await request('POST', '/api/proposals', offer, token)).json()
  clock.move({ minutes: 1 })
  const url = '/api/therapists/jessica/travels'
  const travel = (await request('POST', url, tokyo, token)).json()
  clock.move({ minutes: 1 })
  const answer = { answer: 'accept', start, consent: { termsVersion: 1 } }
  const link = `/api/proposal-links/${String(proposed.url).split('/o/')[1]}/answers`
  const { booking } = (await request('POST', link, answer)).json()
  const { items } = (await request('GET', `${url}/${travel.id}/collisions`, undefined, token)).json()
  t.match(items, [{ id: booking }])
  t.equal(items.length, 1)
})

t.test('in a room while they are away for video alone nothing that was given away can be held', async t => {
  const { request, signIn, confirmed, client } = await open(t)
  const { id } = await confirmed({ sessionType: 'individual', start: '2027-02-16T15:00:00Z' })
  const token = await signIn()
  const url = '/api/therapists/jessica/travels'
  const travel = (await request('POST', url, { ...tokyo, videoOnly: true }, token)).json()
  await client`update bookings set created_at = created_at + interval '1 minute' where id = ${id}`
  const { items } = (await request('GET', `${url}/${travel.id}/collisions`, undefined, token)).json()
  t.match(items, [{ id }])
})
