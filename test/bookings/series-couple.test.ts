import t, { type Test } from 'tap'
import { settle } from '../../src/bookings/settle.ts'
import { openCouple } from '../support/couple.ts'
import { aStart } from '../support/open.ts'
import { sound, soundness } from '../support/race.ts'

/** A series of four of two who belong together: accepted, paid and confirmed. */
async function openSeries(t: Test) {
  const house = await openCouple(t)
  const { request, jo, sam, therapist, client, gateway, deps, scope, work } = house
  const wish = { sessionType: 'weekly', start: aStart, occurrences: 4, consent: { termsVersion: 1 } }
  const { id } = (await request('POST', '/api/bookings', wish, jo)).json()
  await request('POST', `/api/bookings/${id}/acceptance`, { answer: 'accept' }, sam)
  await request('POST', `/api/bookings/${id}/approval`, { approved: true }, therapist)
  await request('POST', `/api/bookings/${id}/payment`, undefined, jo)
  const [attempt] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${id}`
  if (!attempt) throw new Error('Nothing is to be paid')
  gateway.pay(attempt.checkout)
  await settle(deps, scope, attempt.id)
  await work()
  const rows = () => client<{ id: string; at: string; state: string; price: number }[]>`
    select id, to_char(starts_at, 'MM-DD HH24:MI') as at, state, price::int from appointments
    where booking_id = ${id} order by ordinal`
  return { ...house, id: String(id), rows }
}

t.test('neither of two chooses new hours for both by pausing and going on: the practice does', async t => {
  const { request, jo, sam, therapist, id, rows } = await openSeries(t)
  t.equal((await request('POST', `/api/bookings/${id}/pause`, { from: '2027-02-10T00:00:00Z' }, sam)).statusCode, 200)
  const before = await rows()
  const start = '2027-03-04T19:00:00Z'
  const goOn = (token: string) => request('POST', `/api/bookings/${id}/resumption`, { start }, token)
  for (const token of [sam, jo])
    t.match((await goOn(token)).json(), { status: 409, type: '/problems/wrong-state', detail: /for the two of you/ })
  t.same(await rows(), before)
  t.match(await goOn(therapist), { statusCode: 200 })
  t.equal((await rows())[1]?.at, '03-04 19:00')
})

t.test('what two made up for is not given back besides, though nobody decided over its fee', async t => {
  const house = await openSeries(t)
  const { request, clock, signInPerson, signIn, client, gateway, minute, rows } = house
  const [first] = await rows()
  clock.set('2027-02-09T13:00:00Z')
  const late = await request(
    'POST',
    `/api/appointments/${first?.id}/skip`,
    undefined,
    await signInPerson('jo@example.com')
  )
  t.match(late.json(), { fee: { amount: 40_000 }, decideBy: '2027-02-10T13:00:00Z' })
  const again = { start: '2027-02-11T15:00:00Z', agreed: true }
  const made = await request('POST', `/api/appointments/${first?.id}/move`, again, await signIn())
  t.equal(made.statusCode, 200, made.body)
  clock.set('2027-02-10T14:00:00Z')
  await minute()
  t.equal(gateway.refunds.size, 0)
  t.match(await rows(), [{ at: '02-11 15:00', state: 'planned', price: 40_000 }])
  t.match(await client`select decision, fee::int from skips`, [{ decision: null, fee: 40_000 }])
  t.match(await soundness(house), sound)
})
