import t from 'tap'
import { open } from '../support/open.ts'
import { agreed, type Shown, tuesday } from '../support/programme.ts'

const person = { name: 'Jo Delgado', email: 'jo@example.com', zone: 'America/New_York' }

t.test('a programme is quoted as a whole schedule; the other’s own step without a time', async t => {
  const { request } = await open(t)
  const quote = (more: object = {}) =>
    request('POST', '/api/session-types/assessment/quote', { start: tuesday, place: 'video', ...more })
  const answer = await quote()
  t.equal(answer.statusCode, 200, answer.body)
  const { appointments, price, dues } = answer.json()
  t.match(appointments, [
    { who: 'both', start: tuesday, free: true },
    { who: 'first', start: '2027-02-10T14:00:00Z', free: true, proposed: true },
    { who: 'other' },
    { who: 'both', start: '2027-02-11T14:00:00Z', free: true, proposed: true }
  ])
  t.same(Object.keys(appointments[2]), ['who'])
  t.notOk(appointments[0].proposed)
  t.ok(appointments[1].alternatives.length > 0, 'each proposed step has other times')
  t.match(price, { amount: 140_000 })
  t.equal(dues.length, 1)

  const own = '2027-02-16T16:00:00Z'
  const changed = (await quote({ occurrences: [null, own, null, null] })).json().appointments as Shown[]
  t.equal(changed[1]?.start, own, 'what was chosen is kept')
  t.notOk(changed[1]?.proposed)
  t.ok((changed[3]?.start ?? '') > own, 'and the rest follows it')

  const left = (await quote({ occurrences: [null, 'open', null, null] })).json().appointments as Shown[]
  t.match(left[1], { who: 'first', open: { from: '2027-02-10T05:00:00Z', to: /^2027-02-1/ } })

  const liked = (await quote({ prefer: { days: ['thu'], from: '14:00' } })).json().appointments as Shown[]
  t.equal(liked[1]?.start, '2027-02-11T19:00:00Z')

  const wrong = await quote({ occurrences: [null, null, '2027-02-17T16:00:00Z', null] })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.json().errors, [{ pointer: '/occurrences/2', detail: /The other of you chooses this time/ }])
})

t.test('a programme is booked whole: steps that are open get no time, the other’s are reserved', async t => {
  const { book, client } = await open(t)
  const answer = await book({
    sessionType: 'assessment',
    start: tuesday,
    place: 'video',
    occurrences: [null, null, null, 'open'],
    together: true,
    person
  })
  t.equal(answer.statusCode, 201, answer.body)
  const booked = answer.json()
  t.equal(booked.state, 'requested')
  t.match(booked.appointments, [
    { who: 'both', start: tuesday },
    { who: 'first', start: '2027-02-10T14:00:00Z' },
    { who: 'other' },
    { who: 'both', open: { from: '2027-02-11T05:00:00Z' } }
  ])
  t.same(Object.keys(booked.appointments[2]), ['who'])
  const rows = await client`
    select a.ordinal, a.who, a.price::int, (select count(*)::int from participants p where p.appointment_id = a.id) as people,
      (select count(*)::int from occupancy o where o.appointment_id = a.id) as taken
    from appointments a where booking_id = ${booked.id} order by ordinal`
  t.same(
    rows.map(row => ({ ...row })),
    [
      { ordinal: 0, who: 'both', price: 45_000, people: 2, taken: 1 },
      { ordinal: 1, who: 'first', price: 25_000, people: 2, taken: 1 },
      // Nobody of the two: the time is kept for the other, who chooses.
      { ordinal: 2, who: 'second', price: 25_000, people: 1, taken: 1 }
    ]
  )
})

t.test('each of two sees their own steps and those for both; of the other’s only that there is one', async t => {
  const { jo, sam, staff, read, steps, mails } = await agreed(t)
  const seen = async (token: string) =>
    ((await read(token)).appointments as Shown[]).map(({ who, start }) => [who, start !== undefined])
  t.same(await seen(jo), [
    ['both', true],
    ['first', true],
    ['other', false],
    ['both', true]
  ])
  t.same(await seen(sam), [
    ['both', true],
    ['other', false],
    ['second', true],
    ['both', true]
  ])
  t.same(
    (await seen(staff)).map(([who]) => who),
    ['both', 'first', 'second', 'both']
  )
  // The invitations: nobody gets one for a step that is not theirs.
  const entries = (to: string) =>
    mails.filter(mail => mail.to === to).flatMap(({ invitation }) => invitation?.calendar.match(/BEGIN:VEVENT/g) ?? [])
      .length
  t.equal(steps.length, 4)
  t.equal(entries('jo@example.com'), 3)
  t.equal(entries('sam@example.com'), 3)
})

t.test('the other chooses their own step within its window, asks nobody, and is not seen doing it', async t => {
  const { jo, sam, move, read, id, request } = await agreed(t)
  const before = await read(jo)
  t.equal((await move(2, '2027-02-10T18:00:00Z', jo)).statusCode, 404, 'it is not the booker’s to touch')
  const chosen = await move(2, '2027-02-10T18:00:00Z', sam)
  t.match(chosen.json(), { state: 'moved', start: '2027-02-10T18:00:00Z' }, chosen.body)
  t.same(await read(jo), before, 'nothing changes for the booker')
  t.equal((await move(1, '2027-02-10T16:00:00Z', sam)).statusCode, 404, 'nor the booker’s step to the other')
  const late = await move(2, '2027-02-12T18:00:00Z', sam)
  t.match(late.json(), { status: 422, type: '/problems/not-offered' }, 'not after the step that follows')
  t.equal((await request('POST', `/api/bookings/${id}/steps`, { step: 2, start: tuesday }, sam)).statusCode, 409)
})

t.test('two moves are free; with the third the practice is asked', async t => {
  const { jo, move } = await agreed(t)
  for (const start of ['2027-02-10T18:00:00Z', '2027-02-10T14:00:00Z'])
    t.match((await move(1, start, jo)).json(), { state: 'moved', start })
  t.match((await move(1, '2027-02-10T18:00:00Z', jo)).json(), { state: 'proposed' })
})

t.test('a step that was left open gets its time later, in its window, once', async t => {
  const { jo, sam, read, request, id, client, mails, work } = await agreed(t, {
    occurrences: [null, 'open', null, null]
  })
  const [, mine] = (await read(jo)).appointments as (Shown & { step?: number })[]
  t.match(mine, { who: 'first', step: 1, open: { from: '2027-02-10T05:00:00Z', to: '2027-02-11T14:00:00Z' } })
  t.match((await read(sam)).appointments[1], { who: 'other' })
  const lay = (start: string, token: string) => request('POST', `/api/bookings/${id}/steps`, { step: 1, start }, token)
  t.equal((await lay('2027-02-10T14:00:00Z', sam)).statusCode, 403, 'it is the booker’s own')
  t.equal((await lay('2027-02-24T14:00:00Z', jo)).statusCode, 422, 'not after the step that follows')
  mails.length = 0
  const answers = await Promise.all([lay('2027-02-10T18:00:00Z', jo), lay('2027-02-10T18:00:00Z', jo)])
  t.same(answers.map(({ statusCode }) => statusCode).sort(), [201, 409], 'pressed twice at once')
  await work()
  t.same(mails.map(({ to }) => to).sort(), ['jessica@example.com', 'jo@example.com'])
  t.match(answers.find(({ statusCode }) => statusCode === 201)?.json().appointments[1], {
    who: 'first',
    start: '2027-02-10T18:00:00Z'
  })
  const [row] = await client`select count(*)::int as n from appointments where booking_id = ${id}`
  t.equal(row?.n, 4)
})

t.test('a programme is taken whole or not at all', async t => {
  const { book, client } = await open(t)
  t.equal((await book({ sessionType: 'individual', start: '2027-02-10T14:00:00Z', place: 'video' })).statusCode, 201)
  const chosen = { sessionType: 'assessment', start: tuesday, place: 'video', together: true }
  const refused = await book({ ...chosen, occurrences: [null, '2027-02-10T14:00:00Z', null, null] })
  t.match(refused.json(), { status: 409, type: '/problems/slot-taken' })
  t.equal((await client`select 1 from appointments where booking_id is not null`).length, 1, 'nothing more is laid')
  const around = await book(chosen)
  t.equal(around.statusCode, 201)
  t.equal(around.json().appointments[1].start, '2027-02-10T15:30:00Z', 'what is proposed goes around it')
})

t.test('no sum, and no date on which one changes, tells the booker when the other comes', async t => {
  const { request, id, client, clock, openedBy, steps } = await agreed(t)
  const sums = async () => {
    await client`delete from cancellation_quotes`
    const answer = await request('GET', `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
    const { refund, fee, band } = answer.json()
    return { refund, fee, band }
  }
  const quoted = await request('POST', '/api/session-types/assessment/quote', {
    start: '2027-02-16T15:00:00Z',
    place: 'video'
  })
  const [, first, , last] = quoted.json().appointments as Shown[]
  const notices = ['2027-02-16T15:00:00Z', first?.start ?? '', last?.start ?? ''].map(at => Date.parse(at))
  for (const { until } of quoted.json().policy)
    t.ok(
      notices.some(at => Date.parse(until) === at || Date.parse(until) === at - 48 * 3_600_000),
      `${until} belongs to what the booker sees`
    )
  // A day and a half before the other's step: if theirs counted by itself, a later time of it would cost less.
  clock.set('2027-02-08T20:00:00Z')
  const before = await sums()
  t.match(before, { refund: { amount: 45_000 }, fee: { amount: 95_000 } }, 'by what the booker sees')
  await client`update appointments set starts_at = starts_at + interval '5 hours', ends_at = ends_at + interval '5 hours'
    where id = ${steps[2]?.id ?? ''}`
  t.same(await sums(), before)
})
