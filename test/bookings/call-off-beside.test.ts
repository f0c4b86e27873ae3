import t from 'tap'
import { paidDays } from '../support/private-days.ts'

/** Private days with all their steps, paid, and what each may do with them. */
async function house(t: Parameters<typeof paidDays>[0]) {
  const made = await paidDays(t)
  const { request, id, nth, clock, openedBy, signIn, signInPerson, minute, mails } = made
  const path = async (ordinal: number) => `/api/appointments/${await nth(id, ordinal)}/cancellation`
  return {
    ...made,
    /** Time goes by: whoever comes then has signed in anew. */
    at: async (moment: string) => {
      clock.set(moment)
      const who = { jo: await openedBy(id), other: await signInPerson('other@example.com'), staff: await signIn() }
      await minute()
      mails.length = 0
      return who
    },
    quote: async (ordinal: number, by: string) => (await request('GET', await path(ordinal), undefined, by)).json(),
    callOff: async (ordinal: number, by: string) => (await request('POST', await path(ordinal), undefined, by)).json(),
    lay: (step: number, start: string, by: string) => request('POST', `/api/bookings/${id}/steps`, { step, start }, by),
    read: async (by: string) => (await request('GET', `/api/bookings/${id}`, undefined, by)).json()
  }
}

t.test('an own step is called off in time: its share stays paid, and it is laid again under the same UID', async t => {
  const { at, quote, callOff, lay, read, rows, id, nth, client, mails, work, gateway } = await house(t)
  const confirmed = mails.filter(({ to, invitation }) => to === 'jo@example.com' && invitation)
  t.equal(confirmed.length, 1)
  t.notMatch(confirmed[0]?.text, 'free of charge', 'of days something is kept from the first hour on')
  // Two days before, to the minute.
  const { jo, other } = await at('2027-02-20T14:00:00Z')
  const before = await read(other)
  const entries = async () =>
    (
      await client`select person_id, uid, sequence from participants where appointment_id = ${await nth(id, 4)} order by uid`
    ).map(row => ({ ...row }))
  const uids = await entries()
  const money = { fee: { amount: 0 }, refund: { amount: 0 } }
  t.match(await quote(4, jo), { ...money, opens: true, givesWay: [], band: '48-hours' })
  t.match(await callOff(4, jo), { ...money, opens: true, sequence: 1 })
  await work()
  t.same(mails.map(({ to }) => to).sort(), ['jessica@example.com', 'jo@example.com'], 'nobody else is told')
  t.match(mails.find(({ to }) => to === 'jo@example.com')?.invitation, { method: 'CANCEL' })
  t.match((await rows(id))[4], { state: 'cancelled', price: 25_000, taken: 0 })
  t.match((await read(jo)).appointments[4], { who: 'first', step: 4, open: { to: '2027-03-06T14:00:00Z' } })
  t.same(await read(other), before, 'the other sees nothing of it')
  t.match(await callOff(4, jo), { status: 409 }, 'once')
  t.match((await read(jo)).appointments[6], { start: '2027-04-06T13:00:00Z' }, 'what comes after the days stays')
  t.equal((await lay(4, '2027-03-08T13:00:00Z', jo)).statusCode, 422, 'not so near to the first day')
  const laid = await lay(4, '2027-03-02T15:00:00Z', jo)
  t.equal(laid.statusCode, 201, laid.body)
  await work()
  const told = mails.findLast(({ to }) => to === 'jo@example.com')
  t.match(told?.text, 'You can change or cancel it free of charge until Sun 28 Feb, 10:00', 'it has its own notice')
  t.same(
    await entries(),
    uids.map(entry => ({ ...entry, sequence: 2 }))
  )
  t.match((await rows(id))[4], { state: 'planned', price: 25_000, taken: 2 })
  t.equal(gateway.refunds.size, 0)
})

t.test('late its share is kept, at once where nobody else takes part; the days and their terms stay', async t => {
  const { at, quote, callOff, read, rows, request, id, mails, work } = await house(t)
  const { jo } = await at('2027-02-21T14:00:00Z')
  const cancelling = async () => (await request('GET', `/api/bookings/${id}/cancellation`, undefined, jo)).json()
  // Half the deposit of 2,850 is kept.
  t.match(await cancelling(), { refund: { amount: 142_500 }, band: '15-days' })
  t.match(await quote(4, jo), { fee: { amount: 25_000 }, refund: { amount: 0 }, opens: false, band: '0-hours' })
  const done = await callOff(4, jo)
  t.match(done, { opens: false, fee: { amount: 25_000 } })
  t.notOk(done.decideBy)
  t.match((await rows(id))[4], { state: 'skipped', price: 25_000, taken: 0 })
  t.match((await read(jo)).appointments[4], { state: 'skipped' })
  await work()
  t.same(mails.map(({ to }) => to).sort(), ['jessica@example.com', 'jo@example.com'])
  // What was kept of it is used; of the rest half its share of the deposit is kept.
  const [used, left] = [25_000, 545_000]
  const kept = Math.round((285_000 * left) / 570_000) / 2
  t.match(await cancelling(), { refund: { amount: 285_000 - used - kept } })
})

t.test('of one for both staff say late whether its share is kept; without their word it is open again', async t => {
  for (const how of ['keep', 'waive', 'lapse'] as const) {
    const { at, callOff, read, rows, request, id, clock, minute, client } = await house(t)
    const { jo, other, staff } = await at('2027-04-05T14:00:00Z')
    // All the rest has been.
    await client`update appointments set state = 'done' where booking_id = ${id} and ordinal < 6`
    const state = async () => (await client`select state from bookings where id = ${id}`)[0]?.state
    const done = await callOff(6, other)
    t.match(done, { opens: false })
    t.notOk(done.fee, 'who does not pay is told no sum')
    t.match((await rows(id))[6], { state: 'skipped', taken: 0 })
    t.equal(await state(), 'confirmed', 'it is not over before staff have decided')
    if (how === 'lapse') clock.set('2027-04-06T14:01:00Z')
    else
      t.equal(
        (await request('POST', `/api/bookings/${id}/fee-decision`, { keep: how === 'keep' }, staff)).statusCode,
        204,
        how
      )
    await minute()
    t.match((await rows(id))[6], { state: how === 'keep' ? 'skipped' : 'cancelled', price: 40_000 }, how)
    t.equal(await state(), how === 'keep' ? 'completed' : 'confirmed', how)
    const { jo: later } = how === 'lapse' ? await at('2027-04-06T14:02:00Z') : { jo }
    const last = (await read(later)).appointments[6]
    if (how === 'keep') t.match(last, { state: 'skipped' })
    else t.match(last, { step: 6, open: { to: '2027-05-05T04:00:00Z' } })
  }
})

t.test('what the practice calls off is open again at any time; days are called off by nobody', async t => {
  const { at, quote, callOff, lay, rows, id, mails, work } = await house(t)
  const { staff, jo } = await at('2027-02-22T13:00:00Z')
  for (const ordinal of [0, 1, 3])
    for (const by of [staff, jo])
      t.match(await callOff(ordinal, by), { status: 409, type: '/problems/not-skippable' }, 'they belong together')
  t.match(
    await quote(5, jo),
    { status: 404, type: '/problems/no-such-appointment' },
    'nor the other’s own by who booked'
  )
  t.match(await callOff(4, staff), { opens: true, fee: { amount: 0 } })
  await work()
  t.match(mails.findLast(({ to }) => to === 'jo@example.com')?.text, /22 Feb/)
  t.match((await rows(id))[4], { state: 'cancelled', taken: 0 })
  t.equal((await lay(4, '2027-02-22T19:00:00Z', staff)).statusCode, 422, 'less than a day from now')
  t.equal((await lay(4, '2027-02-24T15:00:00Z', staff)).statusCode, 201)
})

t.test('the follow-up is laid by staff after the days, as long as its window is open', async t => {
  const { at, callOff, lay, rows, id, client } = await house(t)
  const { staff } = await at('2027-03-20T14:00:00Z')
  await client`update appointments set state = 'done' where booking_id = ${id} and ordinal < 6`
  t.match(await callOff(6, staff), { opens: true })
  t.equal((await lay(6, '2027-04-05T15:00:00Z', staff)).statusCode, 422, 'four weeks after the second day')
  const laid = await lay(6, '2027-04-08T15:00:00Z', staff)
  t.equal(laid.statusCode, 201, laid.body)
  t.match((await rows(id))[6], { start: '2027-04-08T15:00Z', state: 'planned', taken: 2 })
})
