import t from 'tap'
import { joint, suggested } from '../support/joint.ts'
import { aStart, open } from '../support/open.ts'

const [first, other] = ['jo@example.com', 'sam@example.com']
const later = '2027-02-11T15:00:00Z'
const money = (amount: number) => ({ amount, currency: 'USD' })

type House = Awaited<ReturnType<typeof open>>
const told = ({ mails }: House) => new Map(mails.splice(0).map(({ to, text }) => [to, text]))
const kept = async ({ client }: House, id: string) => {
  const [row] = await client<{ left: number }[]>`
    select coalesce(sum(l.amount), 0)::int as left from ledger l join dues d on d.id = l.due_id where d.booking_id = ${id}`
  return row?.left
}

for (const who of ['first', 'other'] as const)
  t.test(`what the ${who} wants to move, the one beside them is asked; their yes moves both calendars`, async t => {
    const house = await open(t)
    const pair = await joint(house, other)
    const tokens = { first: await house.openedBy(pair.id), other: pair.personToken }
    const [mover, answerer] = who === 'first' ? [tokens.first, tokens.other] : [tokens.other, tokens.first]
    const asked = who === 'first' ? other : first
    const path = `/api/appointments/${pair.appointment}/move`
    house.mails.splice(0)
    const proposed = (await house.request('POST', path, { start: later }, mover)).json()
    t.match(proposed, {
      state: 'proposed',
      start: aStart,
      proposal: { start: later, expiresAt: '2027-02-04T12:00:00Z' }
    })
    await house.work()
    const mails = told(house)
    t.same([...mails.keys()], [asked], 'one mail, to the other alone')
    t.match(mails.get(asked), /^Hello, would Thu 11 Feb, 10:00–11:20 \(New York time\) suit you instead of Tue 9 Feb/)
    t.equal((await house.request('POST', `${path}-answer`, { accept: true }, mover)).statusCode, 409)
    t.equal((await house.request('POST', `${path}-answer`, { accept: true }, await house.signIn())).statusCode, 409)
    const moved = await house.request('POST', `${path}-answer`, { accept: true }, answerer)
    t.match(moved.json(), { state: 'moved', start: later, sequence: 1, proposal: null }, moved.body)
    await house.work()
    t.same([...told(house).keys()].sort(), ['jessica@example.com', first, other])
  })

t.test(
  'both want the same other time: who asks second has said yes, and nobody is asked twice for one wish',
  async t => {
    const house = await open(t)
    const pair = await joint(house, other)
    const path = `/api/appointments/${pair.appointment}/move`
    house.mails.splice(0)
    for (const _ of ['once', 'again'])
      t.match((await house.request('POST', path, { start: later }, pair.personToken)).json(), { state: 'proposed' })
    await house.work()
    t.same(
      house.mails.splice(0).map(({ to }) => to),
      [first],
      'one mail'
    )
    const same = await house.request('POST', path, { start: later }, await house.openedBy(pair.id))
    t.match(same.json(), { state: 'moved', start: later, sequence: 1, proposal: null }, same.body)
    await house.work()
    t.same([...told(house).keys()].sort(), ['jessica@example.com', first, other])
    t.match(await house.client`select state from proposals`, [{ state: 'accepted' }])
  }
)

t.test('without an answer, or with a no, the old time stays, and only who asked hears of it', async t => {
  const house = await open(t)
  const pair = await joint(house, other)
  const path = `/api/appointments/${pair.appointment}/move`
  await house.request('POST', path, { start: later }, pair.personToken)
  await house.work()
  house.mails.splice(0)
  const no = await house.request('POST', `${path}-answer`, { accept: false }, await house.openedBy(pair.id))
  t.match(no.json(), { state: 'unchanged', start: aStart })
  await house.work()
  t.match([...told(house)], [[other, /stays as it is/]])
  await house.request('POST', path, { start: later }, await house.openedBy(pair.id))
  await house.work()
  house.mails.splice(0)
  house.clock.set('2027-02-04T12:00:00Z')
  await house.minute()
  t.match(await house.client`select starts_at from appointments where id = ${pair.appointment}`, [
    { starts_at: '2027-02-09 15:00:00+00' }
  ])
  t.match([...told(house)], [[first, /stays as it is/]])
})

t.test(
  'late, the practice is asked as well, and the last yes moves it; what the practice wants, both are asked',
  async t => {
    const house = await open(t)
    const pair = await joint(house, other)
    const path = `/api/appointments/${pair.appointment}/move`
    const staff = await house.signIn()
    await house.request('POST', path, { start: later }, staff)
    await house.work()
    t.same([...told(house).keys()].filter(to => to !== 'jessica@example.com').sort(), [first, other])
    t.match((await house.request('POST', `${path}-answer`, { accept: true }, pair.personToken)).json(), {
      state: 'proposed'
    })
    t.match((await house.request('POST', `${path}-answer`, { accept: false }, await house.openedBy(pair.id))).json(), {
      state: 'unchanged'
    })
    await house.work()
    t.match(told(house).get(other), /stays as it is/, 'who had said yes hears that it stays')
    house.clock.set('2027-02-08T12:00:00Z')
    const person = await house.signInPerson(other)
    await house.request('POST', path, { start: later }, person)
    t.match((await house.request('POST', `${path}-answer`, { accept: true }, await house.signIn())).json(), {
      state: 'proposed'
    })
    t.match((await house.request('POST', `${path}-answer`, { accept: true }, await house.openedBy(pair.id))).json(), {
      state: 'moved'
    })
  }
)

t.test('either may cancel: the other reads a neutral note, without who or why', async t => {
  const house = await open(t)
  const pair = await joint(house, other)
  house.mails.splice(0)
  const done = await house.request('POST', `/api/bookings/${pair.id}/cancellation`, undefined, pair.personToken)
  t.same(done.json(), { state: 'cancelled' }, 'who does not pay reads no sum')
  await house.work()
  t.same(
    house.mails.filter(({ to }) => to === first || to === other).map(({ invitation }) => invitation?.method),
    ['CANCEL', 'CANCEL'],
    'and it goes from the calendar of either'
  )
  const mails = told(house)
  t.match(
    mails.get(first),
    /^Hello, the appointment on Tue 9 Feb at 10:00–11:20 will not take place\. There is nothing for/
  )
  t.notMatch(mails.get(first), /as you asked|Sam|sam@|partner|because/i)
  t.match(mails.get(other), /is cancelled, as you asked\./)
  t.notMatch(mails.get(other), /pay|fee|charge/i)
  const calendars = await house.client`select sequence from participants where appointment_id = ${pair.appointment}`
  t.match(calendars, [{ sequence: 1 }, { sequence: 1 }, { sequence: 1 }])
  t.equal(await kept(house, pair.id), 0, 'with notice everything goes back to who paid')
  const page = await house.app.inject({
    url: `/b/${pair.id}`,
    headers: { host: 'localhost:3000' },
    cookies: { [`b-${pair.id}`]: await house.openedBy(pair.id) }
  })
  t.match(page.body, 'This appointment will not take place')
  t.notMatch(page.body, 'as you asked')
})

t.test(
  'the other lets the time go while the first is paying: all of it goes back, and nobody is told whose wish it was',
  async t => {
    const house = await open(t)
    const time = await suggested(house)
    await time.accept(other)
    await house.request('POST', `/api/bookings/${time.id}/payment`, undefined, time.token)
    const [attempt] = await house.client<{ checkout: string }[]>`select checkout_id as checkout from attempts`
    house.gateway.pay(attempt?.checkout ?? '')
    await house.work()
    const person = await house.signInPerson(other)
    house.mails.splice(0)
    const done = await house.request('POST', `/api/bookings/${time.id}/cancellation`, undefined, person)
    t.same(done.json(), { state: 'expired' })
    await house.minute()
    t.equal(await kept(house, time.id), 0, 'the payment went back')
    const toFirst = house.mails.filter(({ to }) => to === first).map(({ text }) => text)
    t.match(toFirst, [/^Hello, the time on .* is free again, and your payment reached us all the same\. It comes back/])
    t.notMatch(toFirst.join(), /you gave|Nothing was charged|as you asked|has been taken/)
    t.notMatch(told(house).get(other), /pay|charged/)
  }
)

for (const who of ['the other', 'the payer'] as const)
  t.test(`misuse story 8: one cancels late to hit the other’s card, and the reverse (${who} cancels)`, async t => {
    const house = await open(t)
    const pair = await joint(house, other)
    house.clock.set('2027-02-09T10:00:00Z')
    house.mails.splice(0)
    const token = who === 'the payer' ? await house.openedBy(pair.id) : await house.signInPerson(other)
    const path = `/api/bookings/${pair.id}/cancellation`
    const quote = (await house.request('GET', path, undefined, token)).json()
    const done = (await house.request('POST', path, undefined, token)).json()
    if (who === 'the payer') {
      t.match(quote, { refund: money(0), fee: money(40_000), band: '0-hours', decideBy: '2027-02-10T10:00:00Z' })
      t.match(done, { fee: money(40_000), decideBy: '2027-02-10T10:00:00Z', state: 'cancelled' })
    } else {
      t.same(Object.keys(quote), ['validUntil'], 'what may be due is the payer’s to know')
      t.same(done, { state: 'cancelled' })
    }
    await house.work()
    const mails = told(house)
    t.match(mails.get('jessica@example.com'), /./)
    t.equal(
      (await house.client`select 1 from messages where template = 'staff-fee' and state = 'sent'`).length,
      1,
      'staff are asked'
    )
    t.equal(await kept(house, pair.id), 40_000, 'nothing is decided yet')
    house.clock.set('2027-02-10T10:00:00Z')
    await house.minute()
    t.equal(await kept(house, pair.id), 0, 'without staff’s word nothing is kept')
    t.match([...told(house)], [[first, /comes back in full/]], 'only who paid hears of it')
    t.match(await house.client`select decision, refund::int, fee::int from cancellations`, [
      { decision: 'lapse', refund: 40_000, fee: 0 }
    ])
  })

for (const keep of [true, false])
  t.test(
    `staff ${keep ? 'keep' : 'waive'} a late fee of two within 24 hours, once; only the payer hears of it`,
    async t => {
      const house = await open(t)
      const pair = await joint(house, other)
      house.clock.set('2027-02-09T10:00:00Z')
      await house.request('POST', `/api/bookings/${pair.id}/cancellation`, undefined, await house.signInPerson(other))
      await house.work()
      house.mails.splice(0)
      const path = `/api/bookings/${pair.id}/fee-decision`
      const staff = await house.signIn()
      t.equal((await house.request('POST', path, { keep }, await house.openedBy(pair.id))).statusCode, 401)
      t.equal((await house.request('POST', path, { keep, reason: 'as agreed' }, staff)).statusCode, 204)
      t.match((await house.request('POST', path, { keep: !keep }, staff)).json(), {
        status: 409,
        type: '/problems/nothing-to-decide'
      })
      await house.work()
      t.same([...told(house).keys()], [first])
      t.equal(await kept(house, pair.id), keep ? 40_000 : 0)
      house.clock.set('2027-02-10T10:00:00Z')
      await house.minute()
      t.equal(await kept(house, pair.id), keep ? 40_000 : 0, 'decided once')
      t.match(await house.client`select kind, why from audit where kind like 'fee-%'`, [
        { kind: keep ? 'fee-kept' : 'fee-waived', why: 'as agreed' }
      ])
    }
  )

t.test('a late fee of one alone follows the terms, as before', async t => {
  const house = await open(t)
  const one = await house.confirmed()
  house.clock.set('2027-02-09T10:00:00Z')
  const done = await house.request(
    'POST',
    `/api/bookings/${one.id}/cancellation`,
    undefined,
    await house.openedBy(one.id)
  )
  t.same(done.json(), { refund: money(0), fee: money(40_000), band: '0-hours', state: 'cancelled' })
})
