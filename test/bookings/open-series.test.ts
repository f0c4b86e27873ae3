import t from 'tap'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { aStart, open, someone } from '../support/open.ts'
import { sound, soundness } from '../support/race.ts'
import { colleague } from '../support/staff.ts'

const endless = { sessionType: 'weekly', occurrences: 'open' }
type House = Awaited<ReturnType<typeof open>>
type Row = { at: string; state: string; price: number }

const rowsOf = ({ client }: House) => client<Row[]>`
  select to_char(starts_at at time zone 'America/New_York', 'MM-DD HH24:MI') as at, state, price::int from appointments
  where price is not null order by ordinal`
const duesOf = ({ client }: House) => client`
  select reason, amount::int, state, to_char(due_at at time zone 'America/New_York', 'MM-DD HH24:MI') as at from dues
  where appointment_id is not null order by due_at`

t.test(
  'a series without an end is laid for twelve weeks, and further as they pass, each owed on its own day',
  async t => {
    const house = await open(t)
    const { confirmed, request, clock, minute, mails, client } = house
    const quoted = (
      await request('POST', '/api/session-types/weekly/quote', {
        start: aStart,
        therapist: 'jessica',
        place: 'office',
        occurrences: 'open'
      })
    ).json()
    t.equal(quoted.appointments.length, 12)
    t.match(quoted.price, { amount: 480_000 })
    await confirmed(endless)
    t.equal((await rowsOf(house)).length, 12)
    await minute()
    t.equal((await rowsOf(house)).length, 12, 'twelve weeks are laid')
    mails.length = 0
    clock.set('2027-02-10T12:00:00Z')
    await minute()
    const rows = await rowsOf(house)
    t.match(rows.slice(12), [{ at: '05-04 10:00', state: 'planned', price: 40_000 }], 'the same local hour')
    t.match(await duesOf(house), [{ reason: 'session', amount: 40_000, state: 'scheduled', at: '05-04 10:00' }])
    await minute()
    t.equal((await rowsOf(house)).length, 13, 'once')
    const told = mails.filter(({ to, text }) => to === someone.email && /Tue 4 May/.test(text))
    t.equal(told.length, 1)
    t.equal(told[0]?.invitation?.method, 'REQUEST')
    clock.set('2027-03-03T12:00:00Z')
    await minute()
    t.equal((await rowsOf(house)).length, 16, 'a job that was away makes up for it')
    t.match(await soundness(house), sound)
    t.match(
      await client`select count(distinct uid)::int as n from participants p join appointments a on a.id = p.appointment_id where a.booking_id is not null`,
      [{ n: 32 }]
    )
  }
)

t.test('a week that is not free is shown to both, and can lie elsewhere; it is never left out silently', async t => {
  const house = await open(t)
  const { confirmed, request, clock, minute, mails, openedBy, client } = house
  const { id } = await confirmed(endless)
  await client`insert into time_off (practice_id, id, resource_id, during, created_at)
    select practice_id, gen_random_uuid(), id, '[2027-05-04 04:00+00, 2027-05-05 04:00+00)', '2027-02-01' from resources where slug = 'jessica'`
  mails.length = 0
  clock.set('2027-02-10T12:00:00Z')
  await minute()
  t.match((await rowsOf(house)).slice(12), [{ at: '05-04 10:00', state: 'skipped', price: 0 }])
  t.same(await duesOf(house), [], 'nothing is owed for it')
  t.match(
    mails.find(({ to }) => to === someone.email && true)?.text,
    /on Tue 4 May your usual time, 10:00–11:20, is not free/
  )
  t.equal(mails.filter(({ subject }) => /Not free/.test(subject)).length, 1, 'the therapist too')
  const [gap] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 12`
  const moved = await request(
    'POST',
    `/api/appointments/${gap?.id}/move`,
    { start: '2027-05-05T14:00:00Z' },
    await openedBy(id)
  )
  t.match(moved.json(), { state: 'moved', start: '2027-05-05T14:00:00Z' })
  t.match(await duesOf(house), [{ amount: 40_000, state: 'scheduled', at: '05-05 10:00' }])
  clock.set('2027-02-17T12:00:00Z')
  await minute()
  t.match((await rowsOf(house)).slice(13), [{ at: '05-11 10:00', state: 'planned' }], 'the next keeps the usual hour')
  t.match(await soundness(house), sound)
})

t.test('what is skipped or ended before it is paid is owed no more, and what was paid comes back', async t => {
  const house = await open(t)
  const { confirmed, request, clock, minute, openedBy, client, gateway, work } = house
  const { id } = await confirmed(endless)
  clock.set('2027-02-24T12:00:00Z')
  await minute()
  const [later] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 12`
  const token = await openedBy(id)
  const skipped = await request('POST', `/api/appointments/${later?.id}/skip`, undefined, token)
  t.match(skipped.json(), { refund: { amount: 0 }, fee: { amount: 0 } })
  t.match(await duesOf(house), [{ state: 'void' }, { state: 'scheduled' }, { state: 'scheduled' }])
  const ended = await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  t.match(ended.json(), { refund: { amount: 360_000 } }, 'three of twelve have begun')
  t.match(await duesOf(house), [{ state: 'void' }, { state: 'void' }, { state: 'void' }])
  await work()
  t.equal(
    [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
    360_000
  )
  clock.move({ days: 7 })
  await minute()
  t.equal((await rowsOf(house)).length, 15, 'what is ended is not laid further')
  t.match(await soundness(house), sound)
})

t.test(
  'what pauses is not laid further, and what has no end is not offered where the plan does not say so',
  async t => {
    const house = await open(t)
    const { confirmed, request, clock, minute, openedBy, book } = house
    const { id } = await confirmed(endless)
    await request('POST', `/api/bookings/${id}/pause`, { from: '2027-02-15T00:00:00Z' }, await openedBy(id))
    clock.set('2027-03-03T12:00:00Z')
    await minute()
    t.equal((await rowsOf(house)).length, 12)
    t.equal((await book({ occurrences: 'open' })).statusCode, 422)
  }
)

t.test('a round that lies elsewhere is owed on its new day', async t => {
  const house = await open(t)
  const { confirmed, request, clock, minute, openedBy, client } = house
  const { id } = await confirmed(endless)
  clock.set('2027-02-10T12:00:00Z')
  await minute()
  const [round] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 12`
  const move = async (path: string, start: string) =>
    request('POST', `/api/appointments/${round?.id}/${path}`, { start }, await openedBy(id))
  t.match((await move('move', '2027-05-06T14:00:00Z')).json(), { state: 'moved' })
  t.match(await duesOf(house), [{ state: 'scheduled', at: '05-06 10:00' }])
  t.match(await move('later', '2027-05-05T14:00:00Z'), { statusCode: 200 })
  t.match(await duesOf(house), [{ state: 'scheduled', at: '05-05 10:00' }])
})

t.test('with two therapists it goes on with the same two, and where one is away it says so', async t => {
  const house = await open(t)
  const { confirmed, clock, minute, client } = house
  for (const slug of ['alex', 'blair']) {
    await colleague(house, slug, ['therapist'])
    await workLikeJessica(client, slug)
  }
  await changeRules(client, 'weekly', { therapists: 2 })
  await confirmed({ ...endless, therapist: 'jessica' })
  await client`insert into time_off (practice_id, id, resource_id, during, created_at)
    select b.practice_id, gen_random_uuid(), b.second_therapist_id, '[2027-05-11 04:00+00, 2027-05-12 04:00+00)', '2027-02-01'
    from bookings b`
  clock.set('2027-02-24T12:00:00Z')
  await minute()
  t.match((await rowsOf(house)).slice(12), [
    { at: '05-04 10:00', state: 'planned' },
    { at: '05-11 10:00', state: 'skipped' },
    { at: '05-18 10:00', state: 'planned' }
  ])
  t.match(await soundness(house), sound)
})

t.test('one that was moved months ahead does not keep the others from being laid', async t => {
  const house = await open(t)
  const { confirmed, request, clock, minute, openedBy, client } = house
  const { id } = await confirmed(endless)
  const [first, last] = await client<{ id: string }[]>`
    select id from appointments where booking_id = ${id} and ordinal in (5, 11) order by ordinal`
  for (const [one, start] of [
    [first, '2027-07-14T14:00:00Z'],
    [last, '2027-08-11T14:00:00Z']
  ] as const) {
    const moved = await request('POST', `/api/appointments/${one?.id}/move`, { start }, await openedBy(id))
    t.match(moved.json(), { state: 'moved' }, moved.body)
  }
  clock.set('2027-02-24T12:00:00Z')
  await minute()
  t.match((await rowsOf(house)).slice(12), [{ at: '05-04 10:00' }, { at: '05-11 10:00' }, { at: '05-18 10:00' }])
  t.match(await soundness(house), sound)
})
