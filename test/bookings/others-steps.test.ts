import t, { type Test } from 'tap'
import { settle } from '../../src/bookings/settle.ts'
import { suggested } from '../support/joint.ts'
import { open } from '../support/open.ts'

/** An assessment of two who have both said yes, approved and paid; `sums`: what its booker is told of a cancellation. */
async function paid(t: Test, occurrences: readonly ('open' | null)[]) {
  const house = await open(t)
  const { request, signIn, signInPerson, client, gateway, deps, scope, work, openedBy } = house
  const wish = { sessionType: 'assessment', start: '2027-02-09T15:00:00Z', place: 'video', occurrences }
  const { id, accept } = await suggested(house, wish)
  await accept('sam@example.com')
  await request('POST', `/api/bookings/${id}/approval`, { approved: true }, await signIn())
  await request('POST', `/api/bookings/${id}/payment`, undefined, await openedBy(id))
  const [attempt] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${id}`
  if (!attempt) throw new Error('Nothing is to be paid')
  gateway.pay(attempt.checkout)
  await settle(deps, scope, attempt.id)
  await work()
  const sums = async () => {
    await client`delete from cancellation_quotes`
    const quoted = await request('GET', `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
    const { refund, fee, band } = quoted.json()
    return { refund, fee, band }
  }
  return { ...house, id, sums, sam: () => signInPerson('sam@example.com') }
}

t.test('no sum tells the booker that the other has chosen a time for their own step', async t => {
  const { request, id, sums, sam, clock } = await paid(t, [null, null, 'open', null])
  // Less than two days before the booker's own step, by which the other's is counted.
  clock.set('2027-02-09T01:00:00Z')
  const before = await sums()
  t.match(before, { fee: { amount: 95_000 } })
  const laid = await request(
    'POST',
    `/api/bookings/${id}/steps`,
    { step: 2, start: '2027-02-10T20:00:00Z' },
    await sam()
  )
  t.equal(laid.statusCode, 201, laid.body)
  t.same(await sums(), before)
})

t.test('nor that they called it off', async t => {
  const { request, id, sums, sam, clock, client } = await paid(t, [null, null, null, null])
  const [step] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and who = 'second'`
  const path = `/api/appointments/${step?.id}`
  t.match(await request('POST', `${path}/move`, { start: '2027-02-10T21:00:00Z' }, await sam()), { statusCode: 200 })
  clock.set('2027-02-08T15:00:00Z')
  const before = await sums()
  const off = await request('POST', `${path}/cancellation`, undefined, await sam())
  t.match(off.json(), { opens: true }, off.body)
  t.same(await sums(), before)
})
