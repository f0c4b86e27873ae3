import t from 'tap'
import { open, someone } from '../support/open.ts'

const series = { sessionType: 'weekly', occurrences: 4 }

t.test('a later time off or closed day is shown to the therapist and the client, and drops nothing', async t => {
  const { confirmed, request, signIn, client, app, openedBy } = await open(t)
  const { id } = await confirmed(series)
  const staff = await signIn()
  const tasks = async () => (await request('GET', '/api/tasks', undefined, staff)).json().items
  t.same(await tasks(), [])
  const off = { start: '2027-02-16T05:00:00Z', end: '2027-02-17T05:00:00Z' }
  t.equal((await request('POST', '/api/therapists/jessica/time-off', off, staff)).statusCode, 201)
  t.match(await tasks(), [{ kind: 'conflict', id, dueAt: '2027-02-16T15:00:00Z', late: false }])
  await client`insert into exceptions (practice_id, id, resource_id, date)
    select practice_id, gen_random_uuid(), id, '2027-02-23' from resources where slug = 'jessica'`
  t.equal((await tasks()).length, 1, 'one task a booking')
  const token = await openedBy(id)
  const page = await app.inject({
    url: `/b/${id}`,
    headers: { host: 'localhost:3000', accept: 'text/html', authorization: `Bearer ${token}` }
  })
  t.equal(page.body.match(/we are away at this time/g)?.length, 2)
  const rows = await client`select distinct a.state from appointments a where a.booking_id = ${id}`
  t.same(rows, [{ state: 'planned' }])
  const [, second] = await client<
    { id: string }[]
  >`select id from appointments where booking_id = ${id} order by ordinal`
  await request('POST', `/api/appointments/${second?.id}/skip`, undefined, staff)
  t.match(await tasks(), [{ kind: 'conflict', dueAt: '2027-02-23T15:00:00Z' }], 'what is called off is none any more')
})

t.test('a day with other hours is a conflict only where the appointment does not lie in them', async t => {
  const { confirmed, request, signIn, client } = await open(t)
  await confirmed(series)
  const staff = await signIn()
  const tasks = async () => (await request('GET', '/api/tasks', undefined, staff)).json().items.length
  const day = (date: string, from: number, to: number) => client`
    insert into exceptions (practice_id, id, resource_id, date, from_minute, to_minute)
    select practice_id, gen_random_uuid(), id, ${date}::date, ${from}, ${to} from resources where slug = 'jessica'`
  await day('2027-02-09', 600, 680)
  t.equal(await tasks(), 0, 'from ten to twenty past eleven')
  await day('2027-02-16', 600, 679)
  t.equal(await tasks(), 1)
})

t.test(
  'an hour that staff give away on purpose on a closed day is no conflict, whatever else is saved since',
  async t => {
    const { request, signIn, confirmed, openedBy, app, clock } = await open(t)
    const individual = { sessionType: 'individual', place: 'video' }
    const before = await confirmed({ ...individual, start: '2027-02-16T15:00:00Z' })
    const staff = await signIn()
    const url = '/api/therapists/jessica/opening-hours'
    const { zone, hours } = (await request('GET', url, undefined, staff)).json()
    const closed = { date: '2027-02-16', hours: [] }
    const save = (...exceptions: object[]) => request('PUT', url, { zone, hours, exceptions }, staff)
    clock.move({ minutes: 1 })
    t.equal((await save(closed)).statusCode, 200)
    clock.move({ minutes: 1 })
    const person = { ...someone, name: 'Robin Caller', email: 'robin@example.com' }
    const wish = { ...individual, person, payment: 'manual', start: '2027-02-16T19:00:00Z' }
    t.match((await request('POST', '/api/staff/bookings', wish, staff)).json(), { type: '/problems/not-offered' })
    const meant = { ...wish, override: ['hours'], reason: 'They can only then' }
    const booked = (await request('POST', '/api/staff/bookings', meant, staff)).json()
    t.match(booked, { state: 'confirmed' })
    clock.move({ minutes: 1 })
    t.equal((await save({ date: '2027-02-18', hours: [] }, closed)).statusCode, 200)
    const conflicts = async () => {
      const { items } = (await request('GET', '/api/tasks', undefined, staff)).json()
      return items.filter(({ kind }: { kind: string }) => kind === 'conflict').map(({ id }: { id: string }) => id)
    }
    t.same(await conflicts(), [before.id], 'what was booked before still is')
    for (const [id, away] of [
      [booked.id, false],
      [before.id, true]
    ] as const) {
      const headers = { host: 'localhost:3000', accept: 'text/html', authorization: `Bearer ${await openedBy(id)}` }
      const page = await app.inject({ url: `/b/${id}`, headers })
      t.equal(page.body.includes('We are away at this time'), away)
    }
    clock.move({ minutes: 1 })
    await save({ ...closed, hours: [{ from: '09:00', to: '10:00' }] })
    t.same((await conflicts()).sort(), [booked.id, before.id].sort(), 'other hours of that day are told of both')
  }
)

t.test('ending a series nobody comes to is proposed, and never done by itself', async t => {
  const { confirmed, request, signIn, client, clock, minute } = await open(t)
  const { id } = await confirmed(series)
  const rows = await client<{ id: string; person: string }[]>`select a.id, b.booker_id as person from appointments a
    join bookings b on b.id = a.booking_id where b.id = ${id} order by a.ordinal`
  const missed = async (index: number, attendance = 'absent') => {
    const row = rows[index]
    const people = [{ person: row?.person, attendance }]
    return request('POST', `/api/appointments/${row?.id}/attendance`, { people }, await signIn())
  }
  const kinds = async () =>
    (await request('GET', '/api/tasks', undefined, await signIn()))
      .json()
      .items.map(({ kind }: { kind: string }) => kind)
  clock.set('2027-02-09T17:00:00Z')
  t.equal((await missed(0)).statusCode, 200)
  t.same(await kinds(), [], 'once is no pattern')
  clock.set('2027-02-16T17:00:00Z')
  await missed(1)
  t.same(await kinds(), ['absence'], 'two in a row')
  await minute()
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'confirmed' }])
  await missed(1, 'attended')
  t.same(await kinds(), [], 'put right')
  clock.set('2027-02-23T17:00:00Z')
  await missed(2)
  t.same(await kinds(), [])
})

t.test('one who was away once without a word is asked after in two weeks, while something is ahead', async t => {
  const { confirmed, request, signIn, client, clock } = await open(t)
  const { id } = await confirmed(series)
  const [row] = await client<{ id: string; person: string }[]>`select a.id, b.booker_id as person from appointments a
    join bookings b on b.id = a.booking_id where b.id = ${id} order by a.ordinal`
  clock.set('2027-02-09T17:00:00Z')
  const people = [{ person: row?.person, attendance: 'absent' }]
  await request('POST', `/api/appointments/${row?.id}/attendance`, { people }, await signIn())
  const tasks = async () =>
    (await request('GET', '/api/tasks', undefined, await signIn()))
      .json()
      .items.filter(({ kind }: { kind: string }) => kind === 'absence')
  clock.set('2027-02-23T14:59:00Z')
  t.same(await tasks(), [])
  clock.set('2027-02-23T15:00:00Z')
  t.match(await tasks(), [{ kind: 'absence', id }])
  clock.set('2027-03-02T16:00:00Z')
  t.same(await tasks(), [], 'nothing is ahead that could be ended')
})
