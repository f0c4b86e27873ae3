import t from 'tap'
import { attend } from '../../src/bookings/attend.ts'
import { lapseFees } from '../../src/bookings/decide-fee.ts'
import { agreed, type Shown } from '../support/programme.ts'

/** A programme of two that is agreed, and what each may do with its steps. */
async function house(t: Parameters<typeof agreed>[0], more: object = {}) {
  const made = await agreed(t, more)
  const { request, steps, client, id, clock, openedBy, signIn, signInPerson } = made
  const of = (step: number) => `/api/appointments/${steps[step]?.id}/cancellation`
  return {
    ...made,
    /** Time goes by: whoever comes then has signed in anew. */
    at: async (moment: string) => {
      clock.set(moment)
      return { jo: await openedBy(id), sam: await signInPerson('sam@example.com'), staff: await signIn() }
    },
    quote: (step: number, token: string) => request('GET', of(step), undefined, token),
    callOff: (step: number, token: string) => request('POST', of(step), undefined, token),
    lay: (step: number, start: string, token: string) =>
      request('POST', `/api/bookings/${id}/steps`, { step, start }, token),
    rows: async () =>
      (
        await client`select a.state, a.price::int, (select count(*)::int from occupancy o where o.appointment_id = a.id) as taken
          from appointments a where booking_id = ${id} order by ordinal`
      ).map(({ state, price, taken }) => [state, price, taken])
  }
}

t.test(
  'an own step called off in time is open again: nothing goes back, and it is laid under the same UID',
  async t => {
    const { jo, sam, quote, callOff, lay, read, rows, mails, work, client, steps, gateway } = await house(t)
    const before = await read(sam)
    const uids = async () =>
      (
        await client`select person_id, uid, sequence from participants where appointment_id = ${steps[1]?.id ?? ''} order by uid`
      ).map(row => ({ ...row }))
    const entries = await uids()
    t.match((await quote(1, jo)).json(), { refund: { amount: 0 }, fee: { amount: 0 }, opens: true, givesWay: [] })
    mails.length = 0
    t.match((await callOff(1, jo)).json(), { opens: true, fee: { amount: 0 }, sequence: 1 })
    await work()
    t.same(mails.map(({ to }) => to).sort(), ['jessica@example.com', 'jo@example.com'], 'nobody else is told')
    t.match(mails.find(({ to }) => to === 'jo@example.com')?.invitation, { method: 'CANCEL' })
    t.same((await rows())[1], ['cancelled', 25_000, 0])
    t.match((await read(jo)).appointments[1], { who: 'first', step: 1, open: { from: '2027-02-10T05:00:00Z' } })
    t.same(await read(sam), before, 'the other sees nothing of it')
    t.equal((await callOff(1, jo)).statusCode, 409, 'it is called off once')
    mails.length = 0
    t.equal((await lay(1, '2027-02-10T18:00:00Z', jo)).statusCode, 201)
    await work()
    t.match(mails.find(({ to }) => to === 'jo@example.com')?.invitation, { method: 'REQUEST' })
    t.same(
      await uids(),
      entries.map(entry => ({ ...entry, sequence: 2 }))
    )
    t.same((await rows())[1], ['planned', 25_000, 1])
    t.equal(gateway.refunds.size, 0)
  }
)

t.test(
  'the joint step called off: what follows gives way, is shown before, and waits until it has its time',
  async t => {
    const { jo, sam, staff, quote, callOff, lay, read, rows, mails, work } = await house(t)
    const [first, own, , last] = (await read(jo)).appointments as Shown[]
    const shown = (await quote(0, jo)).json()
    t.same(
      shown.givesWay.map(({ start }: Shown) => start),
      [own?.start, last?.start],
      'of the other’s own step nothing is shown'
    )
    t.notMatch(JSON.stringify(shown), (await read(sam)).appointments[2].start)
    const theirs = (await quote(0, sam)).json()
    t.notMatch(JSON.stringify(theirs), own?.start ?? 'none')
    t.notOk(theirs.refund, 'and no sums for who does not pay')
    t.equal((await quote(0, staff)).json().givesWay.length, 3)
    mails.length = 0
    t.match((await callOff(0, sam)).json(), { opens: true })
    await work()
    t.same(
      (await rows()).map(([state, , taken]) => [state, taken]),
      Array(4).fill(['cancelled', 0])
    )
    t.same(mails.map(({ to }) => to).sort(), ['jessica@example.com', 'jo@example.com', 'sam@example.com'])
    const told = (to: string) => mails.find(mail => mail.to === to)?.text ?? ''
    t.match(told('jo@example.com'), /Tue 9 Feb.*will not take place/)
    t.match(told('jo@example.com'), /And: Wed 10 Feb, 09:00.*; Thu 11 Feb/)
    t.notMatch(told('sam@example.com'), 'Wed 10 Feb, 09:00', 'each hears of their own and the joint ones')
    t.equal(mails.find(({ to }) => to === 'jo@example.com')?.invitation?.calendar.match(/STATUS:CANCELLED/g)?.length, 3)
    const open = (await read(jo)).appointments as Shown[]
    t.match(open, [{ step: 0 }, { step: 1, waits: true }, { who: 'other' }, { step: 3, waits: true }])
    t.notOk(open[0]?.waits)
    t.match((await lay(1, '2027-02-17T18:00:00Z', jo)).json(), { status: 409, type: '/problems/wrong-state' })
    t.equal((await lay(0, '2027-08-10T15:00:00Z', jo)).statusCode, 422, 'not at any time at all')
    const again = '2027-02-16T15:00:00Z'
    t.equal((await lay(0, again, jo)).statusCode, 201)
    t.equal((await lay(1, '2027-02-16T21:00:00Z', jo)).statusCode, 422, 'its gap is kept')
    t.equal((await lay(1, '2027-02-17T18:00:00Z', jo)).statusCode, 201)
    t.equal((await lay(3, '2027-02-18T18:00:00Z', sam)).statusCode, 201)
    t.not(first?.start, again)
    t.match((await read(sam)).appointments, [{ start: again }, { who: 'other' }, { step: 2 }, { who: 'both' }])
  }
)

t.test('what can stay stays: where the joint step still finds a later day before it', async t => {
  const wide = { occurrences: [null, null, null, '2027-02-18T15:00:00Z'] }
  const { jo, sam, quote, callOff, rows, read } = await house(t, wide)
  const [, own] = (await read(jo)).appointments as Shown[]
  t.same(
    (await quote(0, jo)).json().givesWay.map(({ start }: Shown) => start),
    [own?.start],
    'the own ones between give way, the joint one after them stays'
  )
  await callOff(0, jo)
  t.same(
    (await rows()).map(([state]) => state),
    ['cancelled', 'cancelled', 'cancelled', 'planned']
  )
  const [open] = (await read(sam)).appointments as Shown[]
  t.match(open, { step: 0, open: { to: '2027-02-18T15:00:00Z' } })
})

t.test('late, its share is kept; of two only by the word of staff, and without it it is open again', async t => {
  for (const how of ['keep', 'lapse', 'waive'] as const) {
    const { at, clock, quote, callOff, rows, read, request, id, deps, work, mails, gateway } = await house(t)
    const { jo, sam, staff } = await at('2027-02-08T20:00:00Z')
    t.match((await quote(0, jo)).json(), {
      fee: { amount: 45_000 },
      refund: { amount: 0 },
      opens: false,
      decideBy: /Z/
    })
    t.match((await callOff(0, sam)).json(), { opens: false })
    t.same((await rows())[0], ['skipped', 45_000, 0])
    await work()
    mails.length = 0
    if (how === 'lapse') {
      clock.set('2027-02-09T20:30:00Z')
      await lapseFees(deps)
    } else
      t.ok(
        (await request('POST', `/api/bookings/${id}/fee-decision`, { keep: how === 'keep' }, staff)).statusCode < 300
      )
    await work()
    t.same((await rows())[0], [how === 'keep' ? 'skipped' : 'cancelled', 45_000, 0], how)
    t.equal(gateway.refunds.size, 0, 'no money goes back, for another time is paid')
    const [step] = (await read((await at(deps.now().toISO() ?? '')).jo)).appointments as Shown[]
    if (how === 'keep') t.match(step, { state: 'skipped' })
    else {
      t.match(step, { step: 0 })
      t.match(mails.find(({ to }) => to === 'sam@example.com')?.text, /another time is still to be chosen/)
    }
  }
})

t.test('an own late step of whoever booked is kept at once; the other’s leaves no trace for who pays', async t => {
  const { at, callOff, rows, read, work, mails } = await house(t)
  const { jo, sam } = await at('2027-02-08T20:00:00Z')
  t.match((await callOff(1, jo)).json(), { opens: false, fee: { amount: 25_000 }, decideBy: undefined })
  t.same((await rows())[1], ['skipped', 25_000, 0])
  const before = await read(jo)
  await work()
  mails.length = 0
  t.equal((await callOff(2, sam)).statusCode, 200)
  await work()
  t.notOk(mails.some(({ to }) => to === 'jo@example.com'))
  t.same(await read(jo), before)
  t.equal((await callOff(2, jo)).statusCode, 404, 'and it is nobody else’s to touch')
})

t.test('the practice calls off for nothing, whenever it is', async t => {
  const { at, callOff, rows, mails, work, read, lay } = await house(t)
  const { staff, jo } = await at('2027-02-08T20:00:00Z')
  mails.length = 0
  t.match((await callOff(3, staff)).json(), { opens: true, band: 'by-practice', fee: { amount: 0 } })
  await work()
  t.match(mails.find(({ to }) => to === 'jo@example.com')?.text, /we are sorry.*You pay nothing more/)
  t.same((await rows())[3], ['cancelled', 45_000, 0])
  t.match((await read(staff)).appointments[3], { step: 3, who: 'both' })
  t.equal((await lay(3, '2027-02-16T15:00:00Z', jo)).statusCode, 201)
})

t.test('called off in time and laid again counts as one of the free moves', async t => {
  const { jo, callOff, lay, move } = await house(t)
  await callOff(1, jo)
  await lay(1, '2027-02-10T18:00:00Z', jo)
  t.match((await move(1, '2027-02-10T14:00:00Z', jo)).json(), { state: 'moved' })
  t.match((await move(1, '2027-02-10T18:00:00Z', jo)).json(), { state: 'proposed' })
})

t.test('with everything called off the rest can be ended, and all of it comes back', async t => {
  const { jo, request, id, callOff, mails, work } = await house(t)
  await callOff(0, jo)
  await work()
  const url = `/api/bookings/${id}/cancellation`
  t.match((await request('GET', url, undefined, jo)).json(), { refund: { amount: 140_000 }, fee: { amount: 0 } })
  mails.length = 0
  t.match((await request('POST', url, undefined, jo)).json(), { state: 'cancelled', refund: { amount: 140_000 } })
})

t.test('a booking whose last step still waits for its time is not over', async t => {
  const { jo, at, callOff, deps, scope, steps, read, id, client } = await house(t)
  await callOff(3, jo)
  const later = await at('2027-02-12T12:00:00Z')
  const people = await client<{ person: string; appointment: string }[]>`
    select p.person_id as person, p.appointment_id as appointment from participants p
    join appointments a on a.id = p.appointment_id where a.booking_id = ${id}
    and p.person_id not in (select person_id from resources where person_id is not null)`
  const [owner] = await client<{ id: string }[]>`select person_id as id from resources where slug = 'jessica'`
  const actor = { kind: 'staff', person: owner?.id ?? '', roles: ['owner'], session: '' } as const
  for (const step of steps.slice(0, 3)) {
    const there = people.filter(({ appointment }) => appointment === step.id)
    await attend(
      deps,
      scope,
      actor,
      step.id,
      there.map(({ person }) => ({ person, attendance: 'attended' as const }))
    )
  }
  t.equal((await read(later.jo)).state, 'confirmed')
})

t.test('what is no step is refused, and a step of somebody else is not there', async t => {
  const { request, confirmed, callOff } = await house(t)
  const single = await confirmed({ sessionType: 'individual', start: '2027-02-22T15:00:00Z' })
  const refused = await request('POST', `/api/appointments/${single.appointment}/cancellation`, undefined, single.token)
  t.match(refused.json(), { status: 409, type: '/problems/not-skippable' })
  t.equal((await callOff(0, single.token)).statusCode, 404)
})

t.test(
  'what was called off, laid again and then ended with all of it is told as ended; what had no time is not',
  async t => {
    const { jo, request, id, callOff, lay, mails, work } = await house(t)
    await callOff(1, jo)
    await lay(1, '2027-02-10T18:00:00Z', jo)
    await callOff(3, jo)
    await work()
    mails.length = 0
    await request('POST', `/api/bookings/${id}/cancellation`, undefined, jo)
    await work()
    const told = mails.find(({ to }) => to === 'jo@example.com')?.text ?? ''
    t.match(told, /Tue 9 Feb.*And: Wed 10 Feb, 13:00/s)
    t.notMatch(told, 'Thu 11 Feb')
  }
)
