import t from 'tap'
import { couple, openRetreat } from '../support/retreat.ts'

t.test('dates take the therapist’s days and the day of rest; what is in the way is named', async t => {
  const house = await openRetreat(t)
  const { request, staff, client, edition } = house
  const again = await request(
    'POST',
    '/api/session-types/retreat/editions',
    { day: '2027-06-12', min: 1, max: 2 },
    staff
  )
  t.match(again.json(), {
    status: 409,
    type: '/problems/edition-collides',
    collisions: [{ what: 'edition', id: edition }]
  })
  const off = { start: '2027-07-02T04:00:00Z', end: '2027-07-04T04:00:00Z' }
  const { id } = (await request('POST', '/api/therapists/jessica/time-off', off, staff)).json()
  const inTime = await request(
    'POST',
    '/api/session-types/retreat/editions',
    { day: '2027-07-01', min: 1, max: 2 },
    staff
  )
  t.match(inTime.json(), { collisions: [{ what: 'time off', id }] })
  t.match(inTime.json().detail, /time off from 2027-07-02T04:00:00Z to 2027-07-04T04:00:00Z/)
  const [row] = await client<{ first: string; last: string; stretches: number; there: number }[]>`
    select min(lower(o.during))::text as first, max(upper(o.during))::text as last, count(*)::int as stretches,
      (select count(*)::int from participants p join appointments b on b.id = p.appointment_id where b.edition_id = ${edition}) as there
    from occupancy o join appointments a on a.id = o.appointment_id where a.edition_id = ${edition}`
  t.match(row, { first: /^2027-06-10 04:00/, last: /^2027-06-14 04:00/, stretches: 14, there: 6 })
  const wrong = await request(
    'POST',
    '/api/session-types/retreat/editions',
    { day: '2027-08-05', min: 3, max: 2 },
    staff
  )
  t.equal(wrong.statusCode, 422)
  t.equal(
    (await request('POST', '/api/session-types/couples/editions', { day: '2027-08-05', min: 1, max: 2 }, staff))
      .statusCode,
    422
  )
  t.equal(
    (await request('POST', '/api/session-types/retreat/editions', { day: '2027-08-05', min: 1, max: 2 })).statusCode,
    401
  )
  house.clock.set('2027-05-20T12:00:00Z')
  const { slots } = (
    await request('GET', '/api/session-types/individual/slots?from=2027-06-07&to=2027-06-14&zone=America/New_York')
  ).json()
  t.same(
    [...new Set(slots.map(({ start }: { start: string }) => start.slice(0, 10)))],
    ['2027-06-07', '2027-06-08', '2027-06-09', '2027-06-14']
  )
})

t.test('it does not take place: everybody has everything back, is told, and the days are free', async t => {
  const house = await openRetreat(t, { max: 2 })
  const { request, staff, client, confirmedSeat, seat, wait, work, mails, edition, gateway, publicState } = house
  const first = await confirmedSeat('a')
  await seat('b')
  await wait('c')
  mails.length = 0
  const changed = await request('PATCH', `/api/editions/${edition}`, { decision: 'no_go', reason: 'too few' }, staff)
  t.match(changed.json(), { state: 'cancelled', decision: 'no_go' }, changed.body)
  await work()
  await house.minute()
  const rows = await client<
    { id: string; state: string }[]
  >`select id, state from bookings where edition_id = ${edition} order by created_at, id`
  t.same(
    rows.map(({ state }) => state),
    ['cancelled', 'expired']
  )
  t.match((await request('GET', `/api/bookings/${first.id}/cancellation`, undefined, first.token)).json(), {
    refund: { amount: 144_000 },
    fee: { amount: 0 },
    band: 'by-practice'
  })
  t.equal(
    [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
    144_000
  )
  t.ok(mails.some(({ to, invitation }) => to === couple('a').email && invitation?.brings === 'CANCEL'))
  t.match(mails.findLast(({ to }) => to === couple('c').email)?.text, /will not take place/)
  t.same(
    await client`select 1 from occupancy o join appointments a on a.id = o.appointment_id where a.edition_id = ${edition}`,
    []
  )
  t.equal(await publicState(), undefined)
  t.equal((await seat('d')).statusCode, 404)
  t.equal((await request('PATCH', `/api/editions/${edition}`, { state: 'open' }, staff)).statusCode, 409)
})

t.test('it takes place: it stays, and begins and ends by itself', async t => {
  const house = await openRetreat(t, { max: 2 })
  const { request, edition, confirmedSeat, clock, minute, wait, line } = house
  const seat = await confirmedSeat('a')
  t.match((await request('PATCH', `/api/editions/${edition}`, { decision: 'go' }, house.staff)).json(), {
    state: 'open',
    decision: 'go'
  })
  const stateOf = async () =>
    (await request('GET', `/api/editions/${edition}/roster`, undefined, await house.signIn())).json().state
  await confirmedSeat('b')
  await wait('c')
  await minute()
  t.equal(await stateOf(), 'full')
  clock.set('2027-06-10T13:00:00Z')
  await minute()
  t.equal(await stateOf(), 'running')
  t.same(
    (await line()).map(({ state }) => state),
    ['lapsed']
  )
  t.equal(
    (await request('PATCH', `/api/editions/${edition}`, { state: 'cancelled' }, await house.signIn())).statusCode,
    409
  )
  clock.set('2027-06-12T20:30:00Z')
  await minute()
  t.equal(await stateOf(), 'done')
  t.ok(seat.id)
})

t.test('dates are moved only once every couple has agreed; then everybody’s entries follow, as themselves', async t => {
  const house = await openRetreat(t, { max: 2 })
  const { request, staff, edition, confirmedSeat, client, work, mails } = house
  const seat = await confirmedSeat('a')
  const before = await client<{ uid: string }[]>`
    select p.uid from participants p join appointments a on a.id = p.appointment_id where a.booking_id = ${seat.id} order by a.ordinal`
  const move = (more: object) => request('PATCH', `/api/editions/${edition}`, { day: '2027-06-17', ...more }, staff)
  t.equal((await move({})).statusCode, 409)
  mails.length = 0
  const moved = await move({ agreed: true })
  t.match(moved.json(), { start: '2027-06-17T13:00:00Z', end: '2027-06-19T20:30:00Z' }, moved.body)
  await work()
  const after = await client<{ uid: string; sequence: number; start: Date }[]>`
    select p.uid, p.sequence, a.starts_at as start from participants p join appointments a on a.id = p.appointment_id
    where a.booking_id = ${seat.id} order by a.ordinal`
  t.same(
    after.map(({ uid }) => uid),
    before.map(({ uid }) => uid)
  )
  t.ok(after.every(({ sequence }) => sequence === 1))
  t.match((await request('GET', `/api/bookings/${seat.id}`, undefined, seat.token)).json().appointments[0], {
    start: '2027-06-17T13:00:00Z'
  })
  t.equal(mails.filter(({ to, invitation }) => to === couple('a').email && invitation?.brings === 'REQUEST').length, 1)
  const own = await request(
    'POST',
    `/api/appointments/${(await request('GET', `/api/bookings/${seat.id}`, undefined, seat.token)).json().appointments[0].id}/move`,
    { start: '2027-06-24T13:00:00Z' },
    seat.token
  )
  t.equal(own.statusCode, 409, 'nobody moves the dates for themselves')
})

t.test('the places cannot become fewer than are taken, and more are offered to who waits', async t => {
  const house = await openRetreat(t, { max: 2 })
  const { request, staff, edition, confirmedSeat, wait, line } = house
  await confirmedSeat('a')
  await confirmedSeat('b')
  await wait('c')
  const change = (max: number) => request('PATCH', `/api/editions/${edition}`, { max }, staff)
  t.equal((await change(1)).statusCode, 409)
  t.equal((await change(3)).statusCode, 200)
  t.same(
    (await line()).map(({ state }) => state),
    ['offered']
  )
  t.equal((await change(2)).statusCode, 409, 'what is offered counts as well')
})

t.test(
  'who cancelled and whose seat was filled from the line gets all back but what is kept of a refilled one',
  async t => {
    const house = await openRetreat(t, { max: 1 })
    const { request, confirmedSeat, cancel, wait, accept, lineToken, pay, work, clock, gateway } = house
    const first = await confirmedSeat('a')
    await wait('b')
    clock.set('2027-03-20T12:00:00Z')
    const token = await house.openedBy(first.id)
    const outcome = await cancel({ ...first, token })
    t.match(outcome.json(), { refund: { amount: 0 }, fee: { amount: 144_000 } }, 'the deposit is kept')
    await work()
    const taken = await accept(lineToken('b'))
    t.match((await request('GET', `/api/bookings/${first.id}/cancellation`, undefined, token)).json(), {
      fee: { amount: 144_000 }
    })
    await pay(taken.json().id)
    await work()
    t.match((await request('GET', `/api/bookings/${first.id}/cancellation`, undefined, token)).json(), {
      refund: { amount: 119_000 },
      fee: { amount: 25_000 }
    })
    await house.minute()
    t.equal(
      [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
      119_000
    )
  }
)

t.test('an edition has hours of its own, at its making and later, while no couple has a seat', async t => {
  const { request, staff, client, seat, edition } = await openRetreat(t)
  const blocks = [
    { day: 0, at: '14:00', minutes: 240 },
    { day: 1, at: '09:00', minutes: 480 },
    { day: 2, at: '09:00', minutes: 480, who: 'nobody' }
  ]
  const wanted = { day: '2027-07-09', min: 1, max: 2, state: 'open' }
  const made = (await request('POST', '/api/session-types/retreat/editions', { ...wanted, blocks }, staff)).json()
  const shown = [
    { start: '2027-07-09T18:00:00Z', end: '2027-07-09T22:00:00Z', who: 'both' },
    { start: '2027-07-10T13:00:00Z', end: '2027-07-10T21:00:00Z', who: 'both' }
  ]
  t.same(made.appointments, shown)
  const days = async (id: string) =>
    client`select min(lower(o.during))::text as first, max(upper(o.during))::text as last, count(*)::int as stretches
      from occupancy o join appointments a on a.id = o.appointment_id where a.edition_id = ${id}`
  t.match((await days(made.id))[0], { first: /^2027-07-09 04:00/, last: /^2027-07-12 04:00/, stretches: 6 })
  const moved = await request('PATCH', `/api/editions/${made.id}`, { day: '2027-07-16' }, staff)
  t.same(
    moved.json().appointments.map(({ start }: { start: string }) => start),
    ['2027-07-16T18:00:00Z', '2027-07-17T13:00:00Z'],
    'moved with its own hours'
  )
  const other = await request('PATCH', `/api/editions/${made.id}`, { blocks: blocks.slice(0, 1) }, staff)
  t.same(other.json().appointments, [{ start: '2027-07-16T18:00:00Z', end: '2027-07-16T22:00:00Z', who: 'both' }])
  t.match((await days(made.id))[0], { last: /^2027-07-17 04:00/, stretches: 2 }, 'nothing of the old hours is left')
  const sold = (await seat('own', { edition: made.id })).json()
  t.same(
    sold.appointments.map(({ start, end }: { start: string; end: string }) => [start, end]),
    [['2027-07-16T18:00:00Z', '2027-07-16T22:00:00Z']],
    'a seat has the hours of its edition'
  )
  t.match((await request('PATCH', `/api/editions/${made.id}`, { blocks }, staff)).json(), {
    status: 409,
    type: '/problems/wrong-edition-state'
  })
  for (const [wrong, pointer] of [
    [[{ day: 1, at: '09:00', minutes: 60 }], '/blocks/0'],
    [
      [
        { day: 0, at: '09:00', minutes: 600 },
        { day: 0, at: '12:00', minutes: 60 }
      ],
      '/blocks/1'
    ],
    [[{ day: 0, at: '09:00', minutes: 60, who: 'nobody' }], '/blocks'],
    [[], '/blocks']
  ] as const) {
    const refused = await request('POST', '/api/session-types/retreat/editions', { ...wanted, blocks: wrong }, staff)
    t.equal(refused.statusCode, 422)
    t.equal(refused.json().errors[0].pointer, pointer)
  }
  t.same((await days(edition))[0]?.stretches, 14, 'another edition keeps the usual hours')
})

t.test(
  'hours of its own leave room for what is kept free around them, or say so: no booking is in the way',
  async t => {
    const { request, staff, client } = await openRetreat(t)
    await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1,
      'plan', v.plan || '{"dayExclusive": false}', 'rules', v.rules || '{"before": 10, "after": 15}'))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = 'retreat'`
    await client`update session_types set version = version + 1 where slug = 'retreat'`
    const wanted = { day: '2027-07-09', min: 1, max: 2, state: 'open' }
    const blocks = (at: string) => [
      { day: 0, at: '09:00', minutes: 180 },
      { day: 0, at, minutes: 60 }
    ]
    const make = (at: string) =>
      request('POST', '/api/session-types/retreat/editions', { ...wanted, blocks: blocks(at) }, staff)
    const detail = 'Leave 25 minutes after the one before: they are kept free'
    t.match((await make('12:20')).json(), { status: 422, errors: [{ pointer: '/blocks/1', detail }] })
    const made = await make('12:25')
    t.equal(made.statusCode, 201, made.body)
    const closer = await request('PATCH', `/api/editions/${made.json().id}`, { blocks: blocks('12:00') }, staff)
    t.match(closer.json(), { status: 422, errors: [{ pointer: '/blocks/1', detail }] })
  }
)

t.test('a time off over dates for couples names them, and they stay', async t => {
  const { request, staff, edition, client } = await openRetreat(t)
  const off = { start: '2027-06-11T04:00:00Z', end: '2027-06-12T04:00:00Z' }
  const dates = [{ id: edition, start: '2027-06-10T13:00:00Z' }]
  const query = new URLSearchParams(off).toString()
  const before = await request('GET', `/api/therapists/jessica/collisions?${query}`, undefined, staff)
  t.match(before.json(), { items: [], editions: dates }, before.body)
  const added = await request('POST', '/api/therapists/jessica/time-off', off, staff)
  t.match(added.json(), { collisions: [], editions: dates }, added.body)
  const clear = { start: '2027-06-15T04:00:00Z', end: '2027-06-16T04:00:00Z' }
  t.same((await request('POST', '/api/therapists/jessica/time-off', clear, staff)).json().editions, [])
  t.match(
    await client`select count(*)::int from occupancy o join appointments a on a.id = o.appointment_id
    where a.edition_id = ${edition}`,
    [{ count: 14 }]
  )
})
