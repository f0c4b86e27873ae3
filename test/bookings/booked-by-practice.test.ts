import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { someone } from '../support/open.ts'
import { monday, openDays } from '../support/private-days.ts'

const folder = new URL('../../db/migrations/', import.meta.url)
const name = readdirSync(folder).find(file => file.endsWith('_booked_by_practice.sql'))
const days = { sessionType: 'intensive-2-day' }
const robin = { ...someone, name: 'Robin Caller', email: 'robin@example.com' }
const noor = { ...someone, name: 'Noor Caller', email: 'noor@example.com' }

t.test('what the practice booked or proposed before that was kept is known as its own; nothing else is', async t => {
  const house = await openDays(t)
  const { request, signIn, client, book, clock } = house
  const post = async (url: string, body: object) => (await request('POST', url, body, await signIn())).json()
  const called = await post('/api/staff/bookings', { ...days, start: monday, person: robin, payment: 'link' })
  const price = { amount: 450_000, currency: 'USD' }
  const offer = { ...days, person: noor, price, starts: ['2027-03-15T13:00:00Z'], hold: true }
  const { url } = await post('/api/proposals', { ...offer, until: '2027-02-05T17:00:00Z' })
  const answer = { answer: 'accept', start: offer.starts[0], consent: { termsVersion: 1 } }
  const proposed = await post(`/api/proposal-links/${String(url).split('/o/')[1]}/answers`, answer)
  clock.set('2027-02-01T13:00:00Z')
  // The caller's own wish, an hour later, and somebody else's.
  const own = (await book({ ...days, together: true, start: '2027-04-08T13:00:00Z', person: robin })).json()
  const others = (await book({ sessionType: 'individual', start: '2027-02-16T15:00:00Z' })).json()
  await client`update bookings set by_practice = false`
  await client.unsafe(readFileSync(new URL(name ?? '', folder), 'utf8'))
  const known = await client<{ id: string; own: boolean }[]>`select id, by_practice as own from bookings`
  const expected = { [called.id]: true, [proposed.booking]: true, [own.id]: false, [others.id]: false }
  t.same(Object.fromEntries(known.map(({ id, own }) => [id, own])), expected)
  const said = await post(`/api/bookings/${called.id}/approval`, { approved: true, spokenWithEach: true })
  t.match(said, { state: 'requested' })
  t.match(await client`select subjects from audit where kind = 'spoken-with-each'`, [{ subjects: [called.id] }])
})
