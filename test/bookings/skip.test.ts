import t from 'tap'
import { open, someone } from '../support/open.ts'
import { sound, soundness } from '../support/race.ts'

const series = (occurrences: number) => ({ sessionType: 'weekly', occurrences })

t.test(
  'one appointment is let fall: its time is free, its share goes back, its entry goes, the others stay',
  async t => {
    const { confirmed, request, client, mails, work, book, gateway } = await open(t)
    const { id, token } = await confirmed(series(4))
    const rows = await client<{ id: string; uid: string }[]>`select a.id, p.uid from appointments a
    join participants p on p.appointment_id = a.id where a.booking_id is not null order by a.ordinal, p.uid`
    const second = rows[2]?.id ?? ''
    const path = `/api/appointments/${second}/skip`
    const quoted = (await request('GET', path, undefined, token)).json()
    t.match(quoted, { refund: { amount: 40_000 }, fee: { amount: 0 }, band: '48-hours', free: 4, freeLeft: 4 })
    mails.length = 0
    const done = await request('POST', path, undefined, token)
    t.match(done.json(), { id: second, state: 'skipped', sequence: 1, refund: { amount: 40_000 }, fee: { amount: 0 } })
    await work()
    t.equal(mails.length, 2, 'one to each')
    for (const mail of mails) {
      t.equal(mail.invitation?.method, 'CANCEL')
      t.match(mail.invitation?.calendar, 'SEQUENCE:1')
    }
    t.match(mails.find(({ to }) => to === someone.email)?.text, /appointment on Tue 16 Feb at 10:00–11:20 is cancelled/)
    const after = await client`select p.uid, p.sequence, a.state, a.price::int from appointments a
    join participants p on p.appointment_id = a.id where a.booking_id is not null order by a.ordinal, p.uid`
    t.same(
      after.map(({ uid }) => uid),
      rows.map(({ uid }) => uid),
      'every UID is as it was'
    )
    t.same(
      after.map(({ sequence }) => sequence),
      [0, 0, 1, 1, 0, 0, 0, 0]
    )
    t.equal((await book({ start: '2027-02-16T15:00:00Z' })).statusCode, 201, 'the time is free')
    t.equal(
      [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
      40_000
    )
    t.match(await soundness({ client, gateway }), sound)
    t.equal((await request('POST', path, undefined, token)).statusCode, 409, 'once')
    const booking = (await request('GET', `/api/bookings/${id}`, undefined, token)).json()
    t.match(booking, { state: 'confirmed', appointments: [{ state: 'planned' }, { state: 'skipped' }, {}, {}] })
  }
)

t.test(
  'four a calendar year are free; the fifth costs what a late one costs, and the next year counts anew',
  async t => {
    const { confirmed, request, client, clock, openedBy } = await open(t, { start: '2027-11-01T12:00:00Z' })
    const { id } = await confirmed({ ...series(12), start: '2027-11-09T15:00:00Z' })
    const rows = await client<
      { id: string; at: string }[]
    >`select id, to_char(starts_at, 'YYYY-MM-DD') as at from appointments where booking_id is not null order by ordinal`
    const token = await openedBy(id)
    const skip = async (index: number) =>
      (await request('POST', `/api/appointments/${rows[index]?.id}/skip`, undefined, token)).json()
    for (const index of [1, 2, 3, 4]) t.match(await skip(index), { fee: { amount: 0 } }, rows[index]?.at ?? '')
    t.match(await skip(5), { band: 'beyond-free', fee: { amount: 40_000 }, refund: { amount: 0 } }, rows[5]?.at ?? '')
    t.equal(rows[8]?.at, '2028-01-04')
    t.match(await skip(8), { band: '48-hours', fee: { amount: 0 } }, 'of another year')
    clock.set('2027-11-08T15:00:00Z')
    const late = await request('GET', `/api/appointments/${rows[0]?.id}/skip`, undefined, await openedBy(id))
    t.match(late.json(), { fee: { amount: 40_000 }, freeLeft: 0 })
  }
)

t.test('the sum that was shown holds for ten minutes, though the notice ends in between', async t => {
  const { confirmed, request, client, clock, openedBy } = await open(t)
  const { id } = await confirmed(series(2))
  clock.set('2027-02-07T14:55:00Z')
  const token = await openedBy(id)
  const [first] = await client`select id from appointments where booking_id is not null order by ordinal`
  const path = `/api/appointments/${first?.id}/skip`
  t.match((await request('GET', path, undefined, token)).json(), {
    fee: { amount: 0 },
    validUntil: '2027-02-07T15:05:00Z'
  })
  clock.move({ minutes: 8 })
  t.match((await request('POST', path, undefined, token)).json(), { fee: { amount: 0 } })
})

t.test('what was kept can be made up for once, within a week, under the same UIDs and for nothing more', async t => {
  const { confirmed, request, client, clock, openedBy, mails, work, gateway } = await open(t)
  const { id } = await confirmed(series(3))
  clock.set('2027-02-08T15:00:00Z')
  const token = await openedBy(id)
  const [first, second] = await client<
    { id: string }[]
  >`select id from appointments where booking_id is not null order by ordinal`
  const path = `/api/appointments/${first?.id}`
  t.match((await request('POST', `${path}/skip`, undefined, token)).json(), { fee: { amount: 40_000 } })
  await work()
  mails.length = 0
  const far = await request('POST', `${path}/move`, { start: '2027-02-18T15:00:00Z' }, token)
  t.match(far.json(), { status: 422, type: '/problems/not-offered' }, 'a week, and no longer')
  const uids = await client`select uid from participants where appointment_id = ${first?.id ?? ''} order by uid`
  const made = await request('POST', `${path}/move`, { start: '2027-02-11T15:00:00Z' }, token)
  t.match(made.json(), { state: 'moved', start: '2027-02-11T15:00:00Z', sequence: 2 })
  t.same(await client`select uid from participants where appointment_id = ${first?.id ?? ''} order by uid`, uids)
  await work()
  t.same(
    mails.map(({ invitation }) => invitation?.method),
    ['REQUEST', 'REQUEST']
  )
  t.equal(gateway.refunds.size, 0)
  t.equal((await request('POST', `${path}/skip`, undefined, token)).statusCode, 409, 'it makes up for one already')
  t.match((await request('POST', `/api/appointments/${second?.id}/skip`, undefined, token)).json(), {
    fee: { amount: 0 }
  })
  const free = await request('POST', `/api/appointments/${second?.id}/move`, { start: '2027-02-17T15:00:00Z' }, token)
  t.match(free.json(), { status: 409, type: '/problems/wrong-state' }, 'what came back is booked anew')
  t.match(await soundness({ client, gateway }), sound)
})

t.test('what the practice lets fall costs nothing and counts for nobody', async t => {
  const { confirmed, request, client, clock, signIn, mails, work } = await open(t)
  await confirmed(series(2))
  clock.set('2027-02-08T15:00:00Z')
  const staff = await signIn()
  const [first] = await client`select id from appointments where booking_id is not null order by ordinal`
  mails.length = 0
  const done = await request('POST', `/api/appointments/${first?.id}/skip`, undefined, staff)
  t.match(done.json(), { band: 'by-practice', refund: { amount: 40_000 }, fee: { amount: 0 } })
  await work()
  t.match(mails.find(({ to }) => to === someone.email)?.text, 'your other appointments stay as they are')
  t.match(await client`select counted from skips`, [{ counted: false }])
})

t.test('what belongs together is not let fall by itself, and nobody lets fall what is another’s', async t => {
  const { confirmed, request } = await open(t)
  const single = await confirmed()
  t.match((await request('POST', `/api/appointments/${single.appointment}/skip`, undefined, single.token)).json(), {
    status: 409,
    type: '/problems/not-skippable'
  })
  const other = await confirmed({ ...series(2), start: '2027-02-10T15:00:00Z' })
  const path = `/api/appointments/${other.appointment}/skip`
  t.equal((await request('POST', path, undefined, single.token)).statusCode, 404)
  t.equal((await request('GET', path)).statusCode, 401)
})

t.test('after some were let fall, the end gives back what is left of them to the cent', async t => {
  const { confirmed, request, client, clock, openedBy, gateway, work } = await open(t)
  const { id } = await confirmed(series(4))
  const rows = await client<{ id: string }[]>`select id from appointments where booking_id is not null order by ordinal`
  await request('POST', `/api/appointments/${rows[1]?.id}/skip`, undefined, await openedBy(id))
  clock.set('2027-02-09T17:00:00Z')
  const ended = await request('POST', `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
  t.match(ended.json(), { state: 'cancelled', refund: { amount: 80_000 }, fee: { amount: 0 } })
  await work()
  t.equal(
    [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
    120_000
  )
  t.match(await client`select state from appointments where booking_id is not null order by ordinal`, [
    { state: 'planned' },
    { state: 'skipped' },
    { state: 'cancelled' },
    { state: 'cancelled' }
  ])
  t.match(await soundness({ client, gateway }), sound)
})

t.test('what was kept of a late one stays kept after it was made up for, though the rest is ended in time', async t => {
  const { confirmed, request, client, clock, openedBy, gateway } = await open(t)
  const { id } = await confirmed(series(3))
  const [first] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} order by ordinal`
  clock.set('2027-02-09T14:00:00Z')
  const token = await openedBy(id)
  const path = `/api/appointments/${first?.id}`
  t.match((await request('POST', `${path}/skip`, undefined, token)).json(), { fee: { amount: 40_000 } })
  t.match(await request('POST', `${path}/move`, { start: '2027-02-15T15:00:00Z' }, token), { statusCode: 200 })
  // Two days after the move its notice counts to the new start alone, and is given.
  clock.set('2027-02-11T14:30:00Z')
  const later = await openedBy(id)
  const ended = await request('POST', `/api/bookings/${id}/cancellation`, undefined, later)
  t.match(ended.json(), { refund: { amount: 80_000 }, fee: { amount: 40_000 } })
  t.match(await soundness({ client, gateway }), sound)
})

t.test('where the practice ends it, what makes up for a late one comes back as well', async t => {
  const { confirmed, request, client, clock, openedBy, signIn } = await open(t)
  const { id } = await confirmed(series(3))
  const [first] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} order by ordinal`
  clock.set('2027-02-09T14:00:00Z')
  const token = await openedBy(id)
  const path = `/api/appointments/${first?.id}`
  await request('POST', `${path}/skip`, undefined, token)
  await request('POST', `${path}/move`, { start: '2027-02-15T15:00:00Z' }, token)
  const ended = await request('POST', `/api/bookings/${id}/cancellation`, undefined, await signIn())
  t.match(ended.json(), { refund: { amount: 120_000 }, fee: { amount: 0 } })
})

t.test('the last one that was let fall late can be made up for; a week later its series is over', async t => {
  const { confirmed, request, client, clock, openedBy, signIn, minute } = await open(t)
  const stateOf = async (id: string) => (await client`select state from bookings where id = ${id}`)[0]?.state
  const [made, left] = [await confirmed(series(2)), await confirmed({ ...series(2), start: '2027-02-10T15:00:00Z' })]
  clock.set('2027-02-10T20:00:00Z')
  for (const { id, appointment } of [made, left]) {
    const staff = await signIn()
    const { people } = (await request('GET', `/api/bookings/${id}`, undefined, staff)).json()
    const came = people.map(({ id }: { id: string }) => ({ person: id, attendance: 'attended' }))
    const put = await request('POST', `/api/appointments/${appointment}/attendance`, { people: came }, staff)
    t.equal(put.statusCode, 200, put.body)
  }
  clock.set('2027-02-16T10:00:00Z')
  for (const { id } of [made, left]) {
    const [last] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 1`
    const path = `/api/appointments/${last?.id}`
    const token = await openedBy(id)
    t.match((await request('POST', `${path}/skip`, undefined, token)).json(), { fee: { amount: 40_000 } })
    await minute()
    t.equal(await stateOf(id), 'confirmed', 'it is not over yet')
    if (id === left.id) continue
    const again = await request('POST', `${path}/move`, { start: '2027-02-18T15:00:00Z' }, token)
    t.match(again.json(), { state: 'moved' }, again.body)
  }
  clock.set('2027-02-25T12:00:00Z')
  await minute()
  t.equal(await stateOf(left.id), 'completed')
  t.equal(await stateOf(made.id), 'confirmed', 'who came is not put down yet')
})

t.test(
  'a series of which every appointment was let fall is over: at once, or when none can be made up for',
  async t => {
    const { confirmed, request, client, clock, openedBy, minute } = await open(t)
    const { id } = await confirmed(series(2))
    const other = await confirmed({
      ...series(2),
      start: '2027-02-10T15:00:00Z',
      person: { ...someone, email: 'a@example.com' }
    })
    const skipAll = async (booking: string) => {
      const rows = await client<
        { id: string }[]
      >`select id from appointments where booking_id = ${booking} order by ordinal`
      const token = await openedBy(booking)
      for (const row of rows)
        t.equal((await request('POST', `/api/appointments/${row.id}/skip`, undefined, token)).statusCode, 200)
    }
    const stateOf = async (booking: string) =>
      (await client`select state from bookings where id = ${booking}`)[0]?.state
    await skipAll(id)
    t.equal(await stateOf(id), 'cancelled', 'nothing was kept')
    const ended = { refund: { amount: 80_000 }, fee: { amount: 0 } }
    for (const method of ['GET', 'POST'] as const)
      t.match(
        (await request(method, `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))).json(),
        ended,
        'what came of it'
      )
    clock.set('2027-02-09T15:00:00Z')
    await skipAll(other.id)
    await minute()
    t.equal(await stateOf(other.id), 'confirmed', 'a day before: it can be made up for within a week')
    clock.set('2027-02-18T15:00:00Z')
    await minute()
    t.equal(await stateOf(other.id), 'no_show', 'one was kept')
    const page = (await request('GET', `/api/bookings/${other.id}`, undefined, await openedBy(other.id))).json()
    t.match(page, { state: 'no_show', appointments: [{ state: 'skipped' }, { state: 'skipped' }] })
  }
)
