import t from 'tap'
import { open } from '../support/open.ts'

t.test('another therapist’s booking is busy time: it is neither cancelled, moved, let go nor answered', async t => {
  const { request, confirmed, client, signIn } = await open(t)
  const { id, token, appointment } = await confirmed()
  // The booking's therapist is somebody else than who signs in, who is a therapist and nothing more.
  await client`update resources set person_id = (select booker_id from bookings) where kind = 'therapist'`
  await client`update staff set roles = '{therapist}'`
  const staff = await signIn()
  for (const [method, path, body] of [
    ['GET', `/api/bookings/${id}/cancellation`, undefined],
    ['POST', `/api/bookings/${id}/cancellation`, undefined],
    ['POST', `/api/bookings/${id}/approval`, { approved: true }],
    ['POST', `/api/appointments/${appointment}/move`, { start: '2027-02-10T15:00:00Z' }]
  ] as const) {
    const answer = await request(method, path, body, staff)
    t.equal(answer.statusCode, 403, `${method} ${path}: ${answer.body}`)
    t.notMatch(answer.body, /40000/)
  }
  t.match((await request('GET', `/api/bookings/${id}`, undefined, token)).json(), { state: 'confirmed' })
})

t.test('an assistant cancels, and is told no sums', async t => {
  const { request, confirmed, client, signIn } = await open(t)
  const { id } = await confirmed()
  await client`update staff set roles = '{assistant}'`
  const staff = await signIn()
  const quote = await request('GET', `/api/bookings/${id}/cancellation`, undefined, staff)
  t.match(quote.json(), { band: 'by-practice' })
  const cancelled = await request('POST', `/api/bookings/${id}/cancellation`, undefined, staff)
  t.match(cancelled.json(), { band: 'by-practice', state: 'cancelled' })
  for (const { body } of [quote, cancelled]) t.notMatch(body, /amount/)
})
