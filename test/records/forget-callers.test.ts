import t from 'tap'
import { openCalls } from '../support/calls.ts'
import { nothingLeftOf } from '../support/forgotten.ts'

t.test('ninety days after the last that happened, nothing of a partner’s call is left', async t => {
  const { call, ask, client, clock, minute } = await openCalls(t)
  const { held } = await call()
  await ask({ email: 'never@example.com' }) // and one that was never confirmed
  const [row] = await client<{ person: string; client: string; appointment: string }[]>`
    select booker_id as person, client_id as client, a.id as appointment
    from bookings b join appointments a on a.booking_id = b.id where b.id = ${held.booking}`
  const ids = [held.booking, row?.person ?? '', row?.client ?? '', row?.appointment ?? '']
  clock.move({ minutes: 11 })
  await minute() // it is expired
  clock.set('2027-05-10T23:00:00Z')
  await minute()
  t.match(await client`select count(*)::int from bookings`, [{ count: 1 }], 'the unconfirmed one is gone by then')
  clock.set('2027-05-13T00:00:00Z')
  await minute()
  await nothingLeftOf(t, client, ids)
  t.match(await client`select count(*)::int from partner_calls`, [{ count: 0 }])
  await minute()
})

t.test('who became a client is kept: a booking more, or an address that was proven', async t => {
  const { call, client, clock, minute } = await openCalls(t)
  const { held } = await call()
  await client`update people set proven_at = now() where id = (select booker_id from bookings where id = ${held.booking})`
  clock.set('2027-06-30T00:00:00Z')
  await minute()
  t.match(await client`select count(*)::int from bookings`, [{ count: 1 }])
})

t.test('somebody who asked not long ago for another time is kept as long as that was', async t => {
  const { call, client, clock, minute } = await openCalls(t)
  const { held } = await call()
  clock.set('2027-05-09T00:00:00Z')
  await client`update partner_calls set spoken_at = ${clock.now().toISO()}`
  clock.set('2027-06-30T00:00:00Z')
  await minute()
  t.match(await client`select count(*)::int from bookings where id = ${held.booking}`, [{ count: 1 }])
})
