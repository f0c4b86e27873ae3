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

t.test('of rounds of several each is laid whole, each of its appointments at its own hour and price', async t => {
  const house = await open(t)
  const { confirmed, request, clock, minute, client, openedBy } = house
  await client`
    insert into session_type_versions select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1,
      'plan', jsonb_set(v.plan, '{segments}', '[{"minutes": 80, "who": "both", "day": 0},
        {"minutes": 50, "who": "both", "day": 1, "at": "16:00"}]')))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version where t.slug = 'weekly'`
  await client`update session_types set version = version + 1 where slug = 'weekly'`
  const { id } = await confirmed(endless)
  const before = await rowsOf(house)
  t.equal(before.length, 24)
  const share = before[0]?.price ?? 0
  clock.set('2027-02-10T12:00:00Z')
  await minute()
  await minute()
  const after = await rowsOf(house)
  t.same(
    after.slice(24).map(({ at, state }) => [at, state]),
    [
      ['05-04 10:00', 'planned'],
      ['05-05 16:00', 'planned']
    ]
  )
  t.equal(after[24]?.price, share)
  t.equal((after[24]?.price ?? 0) + (after[25]?.price ?? 0), 40_000, 'together what a round costs')
  t.equal((await duesOf(house)).length, 2)
  const [one] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 24`
  const token = await openedBy(id)
  const later = await request('POST', `/api/appointments/${one?.id}/later`, { start: '2027-05-05T14:00:00Z' }, token)
  t.equal(later.statusCode, 200, later.body)
  clock.set('2027-02-17T12:00:00Z')
  await minute()
  t.equal((await rowsOf(house)).length, 28)
  t.match(await soundness(house), sound)
})

t.test('while other times of a series wait for an answer, it is not laid further at the old ones', async t => {
  const house = await open(t)
  const { confirmed, request, clock, minute, client, openedBy, signIn } = house
  const { id } = await confirmed(endless)
  const [one] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 3`
  clock.set('2027-02-09T12:00:00Z')
  const path = `/api/appointments/${one?.id}`
  const asked = await request('POST', `${path}/later`, { start: '2027-03-03T15:30:00Z' }, await signIn())
  t.match(asked.json(), { move: 'proposed' }, asked.body)
  clock.set('2027-02-10T12:00:00Z')
  await minute()
  t.equal((await rowsOf(house)).length, 12)
  const yes = await request('POST', `${path}/move-answer`, { accept: true }, await openedBy(id))
  t.match(yes.json(), { state: 'moved' }, yes.body)
  clock.set('2027-02-11T12:00:00Z')
  await minute()
  t.match((await rowsOf(house)).slice(12), [{ at: '05-05 10:30', state: 'planned' }])
})

t.test(
  'a week that comes to lie on private days sold meanwhile is told to both, costs nothing and is not dropped',
  async t => {
    const house = await open(t)
    const { confirmed, request, book, clock, minute, mails, client } = house
    const { id } = await confirmed(endless)
    // So late that nobody has to have answered when the series comes there.
    clock.set('2027-02-09T12:00:00Z')
    const day = 'from=2027-05-04&to=2027-05-04&zone=America/New_York'
    const { slots } = (await request('GET', `/api/session-types/intensive-1-day/slots?${day}`)).json()
    t.ok(slots[0], 'the day of its thirteenth week is still free for private days')
    const person = { ...someone, email: 'days@example.com' }
    const days = await book({ sessionType: 'intensive-1-day', start: slots[0]?.start, person, together: true })
    t.equal(days.statusCode, 201, days.body)
    mails.length = 0
    clock.set('2027-02-10T12:00:00Z')
    await minute()
    const rows = await rowsOf(house)
    t.match(rows.slice(12), [{ at: '05-04 10:00', state: 'skipped', price: 0 }])
    t.ok(
      rows.slice(0, 12).every(({ state }) => state === 'planned'),
      'what was kept before stays'
    )
    t.same(await duesOf(house), [])
    t.match(
      mails.find(({ to, text }) => to === someone.email && /not free/.test(text))?.text,
      /on Tue 4 May your usual time, 10:00–11:20, is not free/
    )
    t.same(
      mails.filter(({ subject }) => /Not free/.test(subject)).map(({ to }) => to),
      ['jessica@example.com']
    )
    const [week] = await client<{ id: string }[]>`select id from appointments where booking_id = ${id} and ordinal = 12`
    const near = await request('GET', `/api/bookings/${id}`, undefined, await house.openedBy(id))
    t.ok(
      near
        .json()
        .appointments.some((one: { id: string; state: string }) => one.id === week?.id && one.state === 'skipped')
    )
    t.match(await soundness(house), sound)
  }
)
