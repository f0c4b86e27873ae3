import t from 'tap'
import { open, someone } from '../support/open.ts'
import { sound, soundness } from '../support/race.ts'

const series = { sessionType: 'weekly', occurrences: 5 }
type House = Awaited<ReturnType<typeof open>>
type Row = { id: string; state: string; at: string; uid: string; sequence: number }

/** The booker's entries, in their order. */
const rowsOf = ({ client }: House) => client<Row[]>`
  select a.id, a.state, to_char(a.starts_at at time zone 'UTC', 'MM-DD HH24:MI') as at, p.uid, p.sequence from appointments a
  join bookings b on b.id = a.booking_id join participants p on p.appointment_id = a.id and p.person_id = b.booker_id
  where a.price is not null order by a.ordinal`

t.test(
  'an appointment and all later ones are moved together: the same UIDs, one mail, and what is before stays',
  async t => {
    const house = await open(t)
    const { confirmed, request, mails, work, book } = house
    const { token } = await confirmed(series)
    const before = await rowsOf(house)
    const path = `/api/appointments/${before[2]?.id}/later`
    await request('POST', `/api/appointments/${before[3]?.id}/skip`, undefined, token)
    await book({ start: '2027-03-11T15:30:00Z', person: { ...someone, email: 'other@example.com' } })
    await work()
    const start = '2027-02-25T15:30:00Z'
    const quoted = (await request('GET', `${path}?start=${start}`, undefined, token)).json()
    t.match(quoted.appointments, [
      { start, free: true },
      { start: '2027-03-11T15:30:00Z', free: false }
    ])
    const refused = await request('POST', path, { start }, token)
    t.match(refused.json(), { status: 409, type: '/problems/slot-taken' })
    t.equal((await rowsOf(house))[2]?.at, '02-23 15:00', 'all of them, or none')
    const [other] = quoted.appointments[1].alternatives
    mails.length = 0
    const moved = await request('POST', path, { start, occurrences: [start, other.start] }, token)
    t.equal(moved.statusCode, 200, moved.body)
    await work()
    const after = await rowsOf(house)
    t.same(
      after.map(({ uid }) => uid),
      before.map(({ uid }) => uid)
    )
    t.same(
      after.map(({ at, state }) => [at, state]),
      [
        ['02-09 15:00', 'planned'],
        ['02-16 15:00', 'planned'],
        ['02-25 15:30', 'planned'],
        ['03-02 15:00', 'skipped'],
        [`${other.start.slice(5, 10)} ${other.start.slice(11, 16)}`, 'planned']
      ]
    )
    t.same(
      after.map(({ sequence }) => sequence),
      [0, 0, 1, 1, 1]
    )
    t.equal(mails.filter(({ to }) => to === someone.email).length, 1)
    t.match(await soundness(house), sound)
  }
)

t.test(
  'a series pauses and goes on at another hour: nothing is paid again, and its end gives all of it back',
  async t => {
    const house = await open(t)
    const { confirmed, request, mails, work, book, clock, openedBy } = house
    const { id } = await confirmed(series)
    clock.set('2027-02-14T16:00:00Z')
    const token = await openedBy(id)
    const from = '2027-02-15T00:00:00Z'
    const path = `/api/bookings/${id}`
    const shown = (await request('GET', `${path}/pause?from=${from}`, undefined, token)).json()
    t.equal(shown.appointments.length, 3, 'the next is too near to be free')
    mails.length = 0
    t.equal((await request('POST', `${path}/pause`, { from }, token)).statusCode, 200)
    await work()
    const mail = mails.find(({ to, text }) => to === someone.email && /for now/.test(text))
    t.match(mail?.text, /on Tue 23 Feb at 10:00–11:20 will not take place for now/)
    t.match(mail?.text, 'And: Tue 2 Mar, 10:00–11:20; Tue 9 Mar, 10:00–11:20.')
    t.equal((await book({ start: '2027-02-23T15:00:00Z' })).statusCode, 201, 'its times are free')
    t.match((await request('POST', `${path}/pause`, { from }, token)).json(), { status: 409 }, 'once at a time')
    clock.set('2027-03-20T12:00:00Z')
    const late = await openedBy(id)
    t.match((await request('GET', `${path}/cancellation`, undefined, late)).json(), { refund: { amount: 120_000 } })
    const start = '2027-04-01T14:00:00Z'
    const quoted = (await request('GET', `${path}/resumption?start=${start}`, undefined, late)).json()
    t.match(quoted.appointments, [{ start }, { start: '2027-04-08T14:00:00Z' }, { start: '2027-04-15T14:00:00Z' }])
    mails.length = 0
    const resumed = await request('POST', `${path}/resumption`, { start }, late)
    t.equal(resumed.statusCode, 200, resumed.body)
    await work()
    t.match(
      mails.find(({ to, text }) => to === someone.email && /now on/.test(text))?.text,
      'And: Thu 8 Apr, 10:00–11:20; Thu 15 Apr, 10:00–11:20.'
    )
    t.same(
      (await rowsOf(house)).map(({ at, state, sequence }) => [at, state, sequence]),
      [
        ['02-09 15:00', 'planned', 0],
        ['02-16 15:00', 'planned', 0],
        ['04-01 14:00', 'planned', 2],
        ['04-08 14:00', 'planned', 2],
        ['04-15 14:00', 'planned', 2]
      ]
    )
    t.match((await request('GET', `${path}/cancellation`, undefined, late)).json(), { refund: { amount: 120_000 } })
    t.match(
      (await request('POST', `${path}/resumption`, { start }, late)).json(),
      { status: 409 },
      'it goes on already'
    )
    t.match(await soundness(house), sound)
  }
)

t.test('what pauses and is ended comes back whole', async t => {
  const house = await open(t)
  const { confirmed, request, gateway, work } = house
  const { id, token } = await confirmed(series)
  await request('POST', `/api/bookings/${id}/pause`, { from: '2027-02-01T00:00:00Z' }, token)
  const ended = await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  t.match(ended.json(), { state: 'cancelled', refund: { amount: 200_000 }, fee: { amount: 0 } })
  await work()
  t.equal(
    [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
    200_000
  )
  t.match(await soundness(house), sound)
})

t.test(
  'of two who both belong to it neither moves all of it alone; single sessions neither pause nor move in rows',
  async t => {
    const { confirmed, request } = await open(t)
    const { id, token, appointment } = await confirmed()
    t.equal(
      (await request('POST', `/api/bookings/${id}/pause`, { from: '2027-02-01T00:00:00Z' }, token)).statusCode,
      409
    )
    const start = '2027-02-10T15:00:00Z'
    t.match((await request('POST', `/api/appointments/${appointment}/later`, { start }, token)).json(), { status: 409 })
    t.equal(
      (await request('POST', `/api/appointments/${appointment}/later`, { start, agreed: true }, token)).statusCode,
      403
    )
  }
)
