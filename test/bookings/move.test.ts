import t from 'tap'
import { aStart, open } from '../support/open.ts'

const later = '2027-02-10T15:00:00Z'

t.test('a move takes the new time and gives the old one, with the same UIDs and a higher SEQUENCE', async t => {
  const { request, confirmed, book, client, work } = await open(t)
  const { token, appointment } = await confirmed()
  const before =
    await client`select uid, sequence from participants p join appointments a on a.id = p.appointment_id where a.booking_id is not null order by uid`
  const moved = await request('POST', `/api/appointments/${appointment}/move`, { start: later }, token)
  t.same(moved.json(), {
    id: appointment,
    state: 'moved',
    start: later,
    end: '2027-02-10T16:20:00Z',
    sequence: 1,
    proposal: null
  })
  await work()
  const after =
    await client`select uid, sequence from participants p join appointments a on a.id = p.appointment_id where a.booking_id is not null order by uid`
  t.same(
    after,
    before.map(({ uid, sequence }) => ({ uid, sequence: sequence + 1 }))
  )
  t.match(await client`select lower(during)::text as at from occupancy where appointment_id = ${appointment}`, [
    { at: /^2027-02-10 14:50/ },
    { at: /^2027-02-10 14:50/ }
  ])
  t.equal((await book({ start: later })).statusCode, 409, 'the new time is taken')
  t.equal((await book()).statusCode, 201, 'the old one is free')
})

t.test('a move may overlap its own old time', async t => {
  const { request, confirmed } = await open(t)
  const { token, appointment } = await confirmed()
  const moved = await request('POST', `/api/appointments/${appointment}/move`, { start: '2027-02-09T15:30:00Z' }, token)
  t.match(moved.json(), { state: 'moved', start: '2027-02-09T15:30:00Z' })
})

t.test('a taken time is refused with alternatives, and nothing changes', async t => {
  const { request, confirmed, client } = await open(t)
  await confirmed({ start: later })
  const { token, appointment } = await confirmed()
  const move = (start: string) => request('POST', `/api/appointments/${appointment}/move`, { start }, token)
  const refused = await move(later)
  t.match(refused.json(), { status: 409, type: '/problems/slot-taken' })
  t.ok(refused.json().alternatives.length > 0)
  t.match((await move('2027-02-10T05:00:00Z')).json(), { status: 422, type: '/problems/not-offered' })
  t.match((await move('2027-02-02T15:00:00Z')).json(), { status: 422, type: '/problems/too-soon' })
  t.match((await move('2028-02-01T15:00:00Z')).json(), { status: 422, type: '/problems/too-far' })
  t.match((await move(aStart)).json(), { status: 409, type: '/problems/wrong-state' })
  t.match(
    await client`select max(sequence) as sequence, count(*)::int as n from participants p join appointments a on a.id = p.appointment_id where a.booking_id is not null`,
    [{ sequence: 0, n: 4 }]
  )
})

t.test('a hold that is over and waits for nobody gives way to a move', async t => {
  const { request, confirmed, book, clock } = await open(t)
  const { token, appointment } = await confirmed()
  await book({ sessionType: 'consultation', start: later, therapist: undefined })
  clock.move({ minutes: 11 })
  const moved = await request('POST', `/api/appointments/${appointment}/move`, { start: later }, token)
  t.match(moved.json(), { state: 'moved' })
})

t.test(
  'so late that a cancellation would cost, the practice is asked; its yes moves, its no leaves all as it was',
  async t => {
    const { request, confirmed, openedBy, clock, signIn, client } = await open(t)
    const { id, appointment } = await confirmed()
    clock.set('2027-02-08T12:00:00Z')
    const one = { appointment, token: await openedBy(id) }
    const path = `/api/appointments/${one.appointment}/move`
    const proposed = (await request('POST', path, { start: '2027-02-11T15:00:00Z' }, one.token)).json()
    t.match(proposed, { state: 'proposed', start: aStart, sequence: 0, proposal: { by: 'client' } })
    const own = await request('POST', `${path}-answer`, { accept: true }, one.token)
    t.match(own.json(), { status: 409, type: '/problems/no-proposal' }, 'nobody says yes to himself')
    const staff = await signIn()
    t.match((await request('POST', `${path}-answer`, { accept: false }, staff)).json(), {
      state: 'unchanged',
      start: aStart
    })
    t.equal((await request('POST', `${path}-answer`, { accept: true }, staff)).statusCode, 409, 'it was answered')
    await request('POST', path, { start: '2027-02-11T15:00:00Z' }, one.token)
    const accepted = (await request('POST', `${path}-answer`, { accept: true }, staff)).json()
    t.match(accepted, { state: 'moved', start: '2027-02-11T15:00:00Z', sequence: 1, proposal: null })
    t.match(await client`select state from proposals order by id`, [{ state: 'declined' }, { state: 'accepted' }])
  }
)

t.test('what the practice wants to move, the client is asked; without an answer it stays as it is', async t => {
  const { request, confirmed, clock, signIn, minute, client } = await open(t)
  const { id, appointment } = await confirmed()
  const staff = await signIn()
  const path = `/api/appointments/${appointment}/move`
  t.match((await request('POST', path, { start: later }, staff)).json(), {
    state: 'proposed',
    start: aStart,
    proposal: { by: 'practice', start: later, expiresAt: '2027-02-04T12:00:00Z' }
  })
  t.match((await request('POST', path, { start: '2027-02-11T15:00:00Z' }, staff)).json(), { state: 'proposed' })
  clock.set('2027-02-04T12:00:00Z')
  await minute()
  t.match(await client`select state from proposals order by id`, [{ state: 'withdrawn' }, { state: 'lapsed' }])
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'confirmed' }])
  t.match(await client`select kind from events where kind = 'move.lapsed'`, [{ kind: 'move.lapsed' }])
  const again = await signIn()
  const agreed = await request('POST', path, { start: later, agreed: true }, again)
  t.match(agreed.json(), { state: 'moved', start: later }, 'agreed by telephone: at once')
})

for (const { by, from, start, deadline } of [
  { by: 'practice', from: '2027-02-03T14:00:00Z', start: '2027-02-05T15:00:00Z', deadline: '2027-02-04T15:00:00Z' },
  { by: 'client', from: '2027-02-08T14:00:00Z', start: '2027-02-10T14:30:00Z', deadline: '2027-02-08T15:00:00Z' }
] as const)
  t.test(
    `what the ${by} proposed in time can be accepted until its own deadline, though the notice for bookings is over`,
    async t => {
      const { request, confirmed, openedBy, clock, signIn, book } = await open(t)
      const { id, appointment } = await confirmed()
      clock.set(from)
      const actor = (who: 'client' | 'practice') => (who === 'practice' ? signIn() : openedBy(id))
      const other = by === 'practice' ? 'client' : 'practice'
      const path = `/api/appointments/${appointment}/move`
      const proposed = (await request('POST', path, { start }, await actor(by))).json()
      t.match(proposed, { state: 'proposed', proposal: { by, expiresAt: deadline } })
      clock.set(deadline)
      clock.move({ seconds: -1 })
      t.match((await book({ start })).json(), { status: 422, type: '/problems/too-soon' }, 'nobody could book it now')
      const accepted = await request('POST', `${path}-answer`, { accept: true }, await actor(other))
      t.match(accepted.json(), { state: 'moved', start })
    }
  )

t.test(
  'a proposed time that was sold meanwhile is refused with alternatives, and the proposal still waits',
  async t => {
    const { request, confirmed, book, signIn, client } = await open(t)
    const { token, appointment } = await confirmed()
    const staff = await signIn()
    const path = `/api/appointments/${appointment}/move`
    await request('POST', path, { start: later }, staff)
    await book({ start: later })
    const late = (await request('POST', `${path}-answer`, { accept: true }, token)).json()
    t.match(late, { status: 409, type: '/problems/slot-taken' })
    t.ok(late.alternatives.length > 0)
    t.match(await client`select state from proposals`, [{ state: 'open' }])
  }
)

t.test('a client says nothing for others, and moves nothing of others', async t => {
  const { request, confirmed } = await open(t)
  const { token, appointment } = await confirmed()
  const other = await confirmed({ start: later })
  const path = `/api/appointments/${appointment}/move`
  t.equal((await request('POST', path, { start: later }, other.token)).statusCode, 404)
  t.equal((await request('POST', path, { start: later })).statusCode, 401)
  t.equal((await request('POST', path, { start: '2027-02-11T15:00:00Z', agreed: true }, token)).statusCode, 403)
  t.equal((await request('POST', `${path}-answer`, { accept: true }, token)).statusCode, 409)
})
