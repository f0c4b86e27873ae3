import { DateTime } from 'luxon'
import t from 'tap'
import { offerUntil } from '../../src/bookings/waitlist.ts'
import { couple, openRetreat } from '../support/retreat.ts'

const states = (rows: { state: string }[]) => rows.map(({ state }) => state)

t.test(
  'whoever finds no seat is offered the line, and a seat that comes free is kept for who waited first',
  async t => {
    const house = await openRetreat(t, { max: 1 })
    const { seat, wait, line, confirmedSeat, cancel, publicState, lineToken, accept, request, mails, pay } = house
    t.equal(await publicState(), 'open')
    const first = await confirmedSeat('a')
    t.equal(await publicState(), 'waitlist')
    const refused = await seat('b')
    t.match(refused.json(), { status: 409, type: '/problems/edition-full', waitlist: '/api/waitlist-entries' })
    t.equal((await wait('b')).statusCode, 202)
    t.equal((await wait('c')).statusCode, 202)
    t.same(states(await line()), ['waiting', 'waiting'])
    t.equal((await wait('b')).statusCode, 202, 'asked twice: the same answer')
    t.equal((await line()).length, 2, 'and one place in line')

    t.equal((await cancel(first)).statusCode, 200)
    t.equal((await seat('d')).statusCode, 409, 'nobody overtakes, not even before the line was asked')
    await house.work()
    t.same(states(await line()), ['offered', 'waiting'])
    t.equal(await publicState(), 'waitlist')
    t.equal((await seat('d')).statusCode, 409)
    const offered = mails.findLast(({ to }) => to === couple('b').email)
    t.equal(offered?.subject, 'A time for you: Thu 10 Jun')
    t.match(offered?.text, /Thu 10 Jun, 09:00–12:00 \(New York time\) is kept for you until Wed 3 Feb, 07:00: http/)
    t.match((await request('GET', `/api/waitlist-entries/${lineToken('b')}`)).json(), {
      state: 'offered',
      until: '2027-02-03T12:00:00Z',
      approved: false
    })
    const taken = await accept(lineToken('b'))
    t.match(taken.json(), { state: 'held', payment: { url: String } }, taken.body)
    await pay(taken.json().id)
    t.same(states(await line()), ['accepted', 'waiting'])
    t.equal((await accept(lineToken('b'))).statusCode, 409)
    t.equal((await accept(lineToken('c'))).statusCode, 409, 'nothing is kept for the second')
  }
)

t.test('an offer that nobody takes goes to the next at its deadline, and so on; the last one may leave', async t => {
  const house = await openRetreat(t, { max: 1 })
  const { wait, line, confirmedSeat, cancel, lineToken, accept, later, minute, request, publicState, mails } = house
  const first = await confirmedSeat('a')
  for (const word of ['b', 'c', 'd']) await wait(word)
  await cancel(first)
  await house.work()
  const token = lineToken('b')
  later(48)
  t.match((await accept(token)).json(), { type: '/problems/offer-over' }, 'at the very deadline')
  await minute()
  t.same(states(await line()), ['lapsed', 'offered', 'waiting'])
  t.match(mails.findLast(({ to }) => to === couple('b').email)?.text, /is no longer kept for you. Nothing was charged/)
  t.equal((await request('POST', `/api/waitlist-entries/${lineToken('c')}/leaving`)).statusCode, 204)
  t.same(states(await line()), ['lapsed', 'left', 'offered'])
  await house.work()
  t.equal((await request('POST', `/api/waitlist-entries/${lineToken('d')}/leaving`)).statusCode, 204)
  t.equal(await publicState(), 'open', 'nobody waits, and a seat is free')
})

t.test('an offer is for two days, in the last fourteen for one, and never beyond the first block', async t => {
  const start = DateTime.fromISO('2027-06-10T13:00:00Z', { zone: 'utc' })
  const hours = (before: { days?: number; hours?: number; minutes?: number }) => {
    const now = start.minus(before)
    return offerUntil(now, start).diff(now).as('hours')
  }
  t.equal(hours({ days: 30 }), 48)
  t.equal(hours({ days: 14, minutes: 1 }), 48)
  t.equal(hours({ days: 14 }), 24)
  t.equal(hours({ days: 2 }), 24)
  t.equal(hours({ hours: 24 }), 24)
  t.equal(hours({ hours: 10 }), 10)

  const house = await openRetreat(t, { max: 1 })
  const { wait, line, confirmedSeat, cancel, clock, openedBy, minute, lineToken, accept, request } = house
  const first = await confirmedSeat('a')
  for (const word of ['b', 'c', 'd']) await wait(word)
  clock.set('2027-06-08T13:00:00Z')
  t.equal((await cancel({ id: first.id, token: await openedBy(first.id) })).statusCode, 200)
  await house.work()
  const until = async (word: string) => (await request('GET', `/api/waitlist-entries/${lineToken(word)}`)).json().until
  t.equal(await until('b'), '2027-06-09T13:00:00Z', 'a day')
  clock.set('2027-06-09T13:00:00Z')
  t.equal((await accept(lineToken('b'))).statusCode, 409)
  await minute()
  t.equal(await until('c'), '2027-06-10T13:00:00Z')
  clock.set('2027-06-10T03:00:00Z')
  t.equal((await request('POST', `/api/waitlist-entries/${lineToken('c')}/leaving`)).statusCode, 204)
  await house.work()
  t.same(states(await line()), ['lapsed', 'left', 'offered'])
  t.equal(await until('d'), '2027-06-10T13:00:00Z', 'ten hours before, for ten hours')
})
