import t from 'tap'
import { open, someone } from '../support/open.ts'

const call = { sessionType: 'consultation', start: '2027-02-09T15:00:00Z' }

t.test('what costs nothing is confirmed by the code that was mailed, and by no other', async t => {
  const { book, request, work, mails, client } = await open(t)
  const answer = await book(call)
  t.equal(answer.statusCode, 201, answer.body)
  const { id, token } = answer.json()
  t.match(answer.json(), { state: 'held', holdUntil: '2027-02-01T12:10:00Z', payment: null, dues: [] })
  await work()
  t.equal(mails.length, 1)
  const code = /\b(\d{8})\b/.exec(mails[0]?.text ?? '')?.[1] ?? ''
  const wrong = code === '00000000' ? '11111111' : '00000000'
  const refused = await request('POST', `/api/bookings/${id}/confirmation`, { code: wrong }, token)
  t.match(refused.json(), { type: '/problems/wrong-code', status: 422 })
  const confirmed = await request('POST', `/api/bookings/${id}/confirmation`, { code }, token)
  t.match(confirmed.json(), { state: 'confirmed' }, confirmed.body)
  await work()
  t.same(
    mails
      .slice(1)
      .map(({ to }) => to)
      .sort(),
    ['jessica@example.com', someone.email]
  )
  t.equal((await client`select 1 from attempts`).length, 0, 'Stripe was never asked')
})

t.test('five wrong codes spend it; a new one is mailed on request', async t => {
  const { book, request, work, mails } = await open(t)
  const { id, token } = (await book(call)).json()
  await work()
  const first = codeIn(mails[0]?.text)
  const wrong = first === '00000000' ? '11111111' : '00000000'
  for (let tries = 0; tries < 5; tries++)
    t.equal((await request('POST', `/api/bookings/${id}/confirmation`, { code: wrong }, token)).statusCode, 422)
  const spent = await request('POST', `/api/bookings/${id}/confirmation`, { code: first }, token)
  t.match(spent.json(), { type: '/problems/code-spent', status: 409 })
  t.equal((await request('POST', `/api/bookings/${id}/codes`, undefined, token)).statusCode, 202)
  await work()
  const code = codeIn(mails[1]?.text)
  t.match((await request('POST', `/api/bookings/${id}/confirmation`, { code }, token)).json(), { state: 'confirmed' })
})

t.test('a free hold nobody confirmed is ended by the next who wants its time', async t => {
  const { book, clock, client } = await open(t)
  const { id } = (await book(call)).json()
  t.equal((await book(call)).statusCode, 409)
  clock.move({ minutes: 11 })
  t.equal((await book(call)).statusCode, 201)
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'expired' }])
})

function codeIn(text = ''): string {
  return /\b(\d{8})\b/.exec(text)?.[1] ?? ''
}
