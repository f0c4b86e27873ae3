import t from 'tap'
import { joint, renew } from '../support/joint.ts'
import { confirmedDays as confirmed, days, monday, openDays, withAll } from '../support/private-days.ts'

t.test('the session type names its steps; who asks for none gets none, at the price it has', async t => {
  const { request, quote } = await openDays(t)
  const { steps, minutes } = (await request('GET', '/api/session-types/intensive-2-day')).json()
  t.equal(minutes, 720)
  t.match(steps, [
    { step: 4, minutes: 50, who: 'first', optional: true, price: { amount: 25_000 }, before: { hours: 48, days: 42 } },
    { step: 5, minutes: 50, who: 'second', optional: true, price: { amount: 25_000 } },
    { step: 6, minutes: 80, who: 'both', optional: true, price: { amount: 40_000 }, after: { min: 28, max: 56 } }
  ])
  for (const none of [undefined, days, [...days, null, null, null]]) {
    const { appointments, price } = (await quote(none)).json()
    t.equal(appointments.length, 4)
    t.equal(price.amount, 480_000)
  }
})

t.test('steps that are wanted are proposed in their windows and added to the price', async t => {
  const { quote } = await openDays(t)
  const answer = await quote(withAll)
  t.equal(answer.statusCode, 200, answer.body)
  const { appointments, price, dues } = answer.json()
  t.match(appointments.slice(4), [
    // Minimum notice is asked of whatever comes first: three weeks from Monday, 1 February at seven.
    { who: 'first', step: 4, start: '2027-02-22T14:00:00Z', free: true, proposed: true },
    { who: 'other' },
    // Four weeks after the second day, which ends on 9 March; the clock has changed.
    { who: 'both', step: 6, start: '2027-04-06T13:00:00Z', free: true, proposed: true }
  ])
  t.same(Object.keys(appointments[5]), ['who'])
  const alone = (await quote([...days, 'propose'])).json()
  t.same(appointments[4], alone.appointments[4], 'nor do other times tell where the other’s was proposed')
  t.ok(appointments[4].alternatives.length > 0)
  t.equal(price.amount, 570_000)
  t.match(dues, [
    { reason: 'deposit', amount: { amount: 285_000 } },
    // Two weeks before the first day, whatever comes before it.
    { reason: 'balance', amount: { amount: 285_000 }, dueAt: '2027-02-22T14:00:00Z' }
  ])
  const own = '2027-03-04T15:00:00Z'
  const chosen = (await quote([...days, own, null, 'open'])).json()
  t.match(chosen.appointments.slice(4), [
    { who: 'first', start: own, free: true },
    { who: 'both', step: 6, open: { from: '2027-04-06T04:00:00Z', to: '2027-05-05T04:00:00Z' } }
  ])
  t.notOk(chosen.appointments[4].proposed)
  t.equal(chosen.price.amount, 545_000)
})

t.test('a step ends 48 real hours before the first day, and no minute later', async t => {
  const { quote } = await openDays(t)
  // Friday is more than 48 hours before Monday; a Wednesday start tells the minute.
  const wednesday = '2027-03-10T14:00:00Z'
  const free = async (own: string) => (await quote([...days, own], wednesday)).json().appointments[4]
  // 08:00 in New York is before the practice opens on Monday, the eighth: so the day is opened earlier.
  t.match(await free('2027-03-05T14:00:00Z'), { free: true })
  t.match(await free('2027-03-08T14:00:00Z'), { free: false }, 'fifty minutes that begin 48 hours before')
})

t.test('where the other’s own conversation was proposed one can come oneself: theirs is found anew', async t => {
  const { book, rows } = await openDays(t)
  const occurrences = [...days, '2027-02-22T16:30:00Z', 'propose']
  const answer = await book({ sessionType: 'intensive-2-day', start: monday, occurrences, together: true })
  t.equal(answer.statusCode, 201, answer.body)
  t.same(
    (await rows(answer.json().id)).slice(4).map(({ start }) => start),
    ['2027-02-22T16:30Z', '2027-02-22T14:00Z']
  )
})

t.test('what cannot be asked for is said, with what can', async t => {
  const { quote } = await openDays(t)
  const fault = async (occurrences: unknown) => (await quote(occurrences)).json().errors
  t.match(await fault([monday]), [{ pointer: '/occurrences/0', detail: 'These times belong together: null' }])
  t.match(await fault(['open']), [{ pointer: '/occurrences/0' }])
  t.match(await fault([...days, null, '2027-03-02T15:00:00Z']), [
    { pointer: '/occurrences/5', detail: /The other of you chooses this time/ }
  ])
  t.match(await fault([...withAll, null]), [{ pointer: '/occurrences', detail: 'Name at most 7' }])
})

t.test('they are booked with the days, each its own appointment; the other’s is kept for them alone', async t => {
  const { book, rows } = await openDays(t)
  const answer = await book({ sessionType: 'intensive-2-day', start: monday, occurrences: withAll, together: true })
  t.equal(answer.statusCode, 201, answer.body)
  const { id, appointments, price } = answer.json()
  t.equal(price.amount, 570_000)
  t.match(appointments[4], { who: 'first', start: '2027-02-22T14:00:00Z' })
  t.same(Object.keys(appointments[5]), ['who'])
  t.same(
    (await rows(id)).slice(3).map(row => ({ ...row })),
    [
      { ordinal: 3, start: '2027-03-09T18:30Z', state: 'planned', price: null, people: 2, taken: 2 },
      { ordinal: 4, start: '2027-02-22T14:00Z', state: 'planned', price: 25_000, people: 2, taken: 2 },
      { ordinal: 5, start: '2027-02-22T16:30Z', state: 'planned', price: 25_000, people: 1, taken: 2 },
      { ordinal: 6, start: '2027-04-06T13:00Z', state: 'planned', price: 40_000, people: 2, taken: 2 }
    ]
  )
})

t.test('a step for which there is no time stays open, and is laid later in its window, once', async t => {
  const { request, id, rows, openedBy } = await confirmed(t, [...days, 'open', null, 'open'])
  t.equal((await rows(id)).length, 4)
  const own = await openedBy(id)
  const view = (await request('GET', `/api/bookings/${id}`, undefined, own)).json()
  t.match(view.appointments.slice(4), [
    { who: 'first', step: 4, open: { from: '2027-01-25T05:00:00Z', to: '2027-03-06T14:00:00Z' } },
    { who: 'both', step: 6, open: {} }
  ])
  t.equal(view.appointments.length, 6, 'what was left out is no step of it')
  const lay = (step: number, start: string) => request('POST', `/api/bookings/${id}/steps`, { step, start }, own)
  t.equal((await lay(5, '2027-02-18T15:00:00Z')).statusCode, 409, 'it was not taken along')
  t.equal((await lay(0, '2027-02-18T15:00:00Z')).statusCode, 409)
  t.equal((await lay(4, '2027-03-08T13:00:00Z')).statusCode, 422, 'too near to the first day')
  const laid = await lay(4, '2027-02-18T15:00:00Z')
  t.equal(laid.statusCode, 201, laid.body)
  t.equal((await rows(id)).at(-1)?.price, 25_000)
  t.equal((await lay(4, '2027-02-19T15:00:00Z')).statusCode, 409)
  t.equal((await lay(6, '2027-04-05T15:00:00Z')).statusCode, 422, 'less than four weeks after')
  t.equal((await lay(6, '2027-05-04T15:00:00Z')).statusCode, 201)
})

t.test('a step is moved alone and asks nobody of the practice; the days stay', async t => {
  const { request, id, openedBy, client, rows } = await confirmed(t)
  const before = await rows(id)
  const [step] = await client`select id from appointments where booking_id = ${id} and ordinal = 4`
  const move = async (start: string) =>
    request('POST', `/api/appointments/${step?.id}/move`, { start }, await openedBy(id))
  const moved = await move('2027-03-02T15:00:00Z')
  t.equal(moved.statusCode, 200, moved.body)
  t.equal(moved.json().state, 'moved')
  t.same(
    (await rows(id)).filter(({ ordinal }) => ordinal !== 4),
    before.filter(({ ordinal }) => ordinal !== 4)
  )
  t.equal((await move('2027-03-08T13:00:00Z')).statusCode, 422, 'not so near to the first day')
})

t.test('when the days move, a step that no longer fits follows them, under the same UID; the others stay', async t => {
  const { request, id, client, rows, signIn } = await confirmed(t)
  const uids = () => client`select uid, a.ordinal from participants p join appointments a on a.id = p.appointment_id
    where a.booking_id = ${id} order by uid`
  const before = await uids()
  const [first] = await client`select id from appointments where booking_id = ${id} and ordinal = 2`
  const staff = await signIn()
  const move = (start: string) => request('POST', `/api/appointments/${first?.id}/move`, { start, agreed: true }, staff)
  // A week later: the conversations before still lie before, the one after would be three weeks after.
  const later = await move('2027-03-15T13:00:00Z')
  t.equal(later.statusCode, 200, later.body)
  t.same(
    (await rows(id)).map(({ start, state, taken }) => [start, state, taken]),
    [
      ['2027-03-15T13:00Z', 'planned', 2],
      ['2027-03-15T17:30Z', 'planned', 2],
      ['2027-03-16T13:00Z', 'planned', 2],
      ['2027-03-16T17:30Z', 'planned', 2],
      ['2027-02-22T14:00Z', 'planned', 2],
      ['2027-02-22T16:30Z', 'planned', 2],
      ['2027-04-13T13:00Z', 'planned', 2]
    ]
  )
  t.same(await uids(), before)
  // Onto the day of the conversations before: they go to where there is time ahead of it.
  const sooner = await move('2027-02-22T14:00:00Z')
  t.equal(sooner.statusCode, 200, sooner.body)
  const there = await rows(id)
  t.equal(there[0]?.start, '2027-02-22T14:00Z')
  t.ok(there.slice(4, 6).every(({ start, state }) => state === 'planned' && start <= '2027-02-20T13:10Z'))
  t.equal(there[6]?.start, '2027-04-13T13:00Z', 'seven weeks after: it stays')
  t.same(await uids(), before)
})

t.test('a step that no longer fits and finds no time is open again, and gets one later', async t => {
  const { request, id, client, rows, signIn, openedBy } = await confirmed(t)
  const staff = await signIn()
  const [first] = await client`select id from appointments where booking_id = ${id} and ordinal = 0`
  // Nobody works four to eight weeks after the new days.
  await client`insert into time_off (practice_id, id, resource_id, during, created_at)
    select practice_id, gen_random_uuid(), id, '[2027-04-10T00:00:00Z,2027-05-20T00:00:00Z)', now() from resources where slug = 'jessica'`
  const moved = await request(
    'POST',
    `/api/appointments/${first?.id}/move`,
    { start: '2027-03-15T13:00:00Z', agreed: true },
    staff
  )
  t.equal(moved.statusCode, 200, moved.body)
  t.match((await rows(id))[6], { state: 'cancelled', taken: 0 })
  const [told] = await client`select by, band from skips where booking_id = ${id}`
  t.match(told, { by: 'practice', band: 'given-way' }, 'and it is written down, so that they hear of it')
  const own = await openedBy(id)
  const view = (await request('GET', `/api/bookings/${id}`, undefined, own)).json()
  t.match(view.appointments[6], { who: 'both', step: 6, open: { from: '2027-04-13T04:00:00Z' } })
  await client`delete from time_off`
  const laid = await request('POST', `/api/bookings/${id}/steps`, { step: 6, start: '2027-04-20T15:00:00Z' }, own)
  t.equal(laid.statusCode, 201, laid.body)
  t.match((await rows(id))[6], { start: '2027-04-20T15:00Z', state: 'planned', taken: 2 })
})

t.test(
  'cancelling the days cancels their steps; what has taken place is used, and the rest counts by the days',
  async t => {
    const house = await openDays(t)
    const { request, client, clock, openedBy, rows } = house
    await renew(house, 'intensive-2-day', '{"rules": {"approval": false, "callEach": false}}')
    const { id } = await joint(house, 'other@example.com', {
      sessionType: 'intensive-2-day',
      start: monday,
      occurrences: withAll
    })
    const back = async () => {
      const answer = await request('GET', `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
      t.equal(answer.statusCode, 200, answer.body)
      return answer.json()
    }
    clock.move({ hours: 2 })
    // 35 days before: 250 is kept of the deposit of 2,850.
    t.match(await back(), { refund: { amount: 260_000 }, fee: { amount: 25_000 }, band: '30-days' })
    // 19 days before: half the deposit.
    clock.set('2027-02-17T12:00:00Z')
    t.match(await back(), { refund: { amount: 142_500 }, band: '15-days' })
    // A conversation before took place: it is used, and half the deposit of what is left is kept.
    await client`update appointments set starts_at = '2027-02-17T15:00Z', ends_at = '2027-02-17T15:50Z'
    where booking_id = ${id} and ordinal = 4`
    clock.set('2027-02-17T16:00:00Z')
    const used = await back()
    t.match(used, { refund: { amount: 285_000 - 50_000 - 130_000 }, band: '15-days' })
    const cancelled = await request('POST', `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
    t.equal(cancelled.statusCode, 200, cancelled.body)
    t.same(cancelled.json().refund, used.refund)
    t.same(
      (await rows(id)).map(({ ordinal, state, taken }) => [ordinal, state, taken]),
      [0, 1, 2, 3, 4, 5, 6].map(ordinal => (ordinal === 4 ? [4, 'planned', 2] : [ordinal, 'cancelled', 0]))
    )
  }
)

t.test(
  'of a session and private days that want the same hour one has it: never the days without their step',
  async t => {
    const { book, rows } = await openDays(t)
    const hour = '2027-03-03T15:00:00Z'
    const person = { name: 'Ada', email: 'ada@example.com', zone: 'America/New_York' }
    const [private_, single] = await Promise.all([
      book({ sessionType: 'intensive-2-day', start: monday, occurrences: [...days, hour], together: true }),
      book({ sessionType: 'individual', start: hour, place: 'video', person })
    ])
    t.same([private_.statusCode, single.statusCode].sort(), [201, 409])
    const refused = private_.statusCode === 409 ? private_ : single
    t.match(refused.json(), { type: '/problems/slot-taken' })
    t.ok(refused.json().alternatives.length > 0, 'with other times for what is gone')
    if (private_.statusCode === 201) t.equal((await rows(private_.json().id)).length, 5)
  }
)

t.test(
  'between the days nothing is cancelled; after them nothing of them comes back while a step still waits',
  async t => {
    const { request, id, client, clock, signIn, openedBy, rows } = await confirmed(t, [...withAll.slice(0, 6), 'open'])
    await client`update appointments set state = 'skipped' where booking_id = ${id} and ordinal in (4, 5)`
    const before = await rows(id)
    clock.set('2027-03-08T20:00:00Z')
    for (const by of [await signIn(), await openedBy(id)])
      t.match((await request('POST', `/api/bookings/${id}/cancellation`, undefined, by)).json(), {
        status: 409,
        type: '/problems/wrong-state'
      })
    t.same(await rows(id), before, 'and every time is kept')
    clock.set('2027-03-10T12:00:00Z')
    await client`update appointments set state = 'done' where booking_id = ${id} and ordinal < 4`
    const quote = await request('GET', `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
    t.match(quote.json(), { refund: { amount: 0 } }, quote.body)
  }
)
