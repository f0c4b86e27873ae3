import t from 'tap'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { open } from '../support/open.ts'
import { calendar, outsideServer } from '../support/outside-server.ts'
import { colleague } from '../support/staff.ts'

const slots = '/api/session-types/couples/slots?from=2027-02-09&to=2027-02-09&zone=America/New_York'

/** The demo practice with two more therapists, and couples’ sessions that take two of the three. */
async function openTwo(t: Parameters<typeof open>[0]) {
  const house = await open(t)
  const alex = await colleague(house, 'alex', ['therapist'])
  const blair = await colleague(house, 'blair', ['therapist'])
  for (const slug of ['alex', 'blair']) await workLikeJessica(house.client, slug)
  await changeRules(house.client, 'couples', { therapists: 2 })
  return { ...house, alex, blair }
}

t.test('two therapists are offered where both are open and free, and sold together with their room', async t => {
  const { request, book, client, signIn, alex, blair } = await openTwo(t)
  const free = (await request('GET', slots)).json().slots
  t.match(free[0], { therapist: 'alex', with: 'blair', place: 'office' })
  const booked = await book({ place: 'office' })
  t.equal(booked.statusCode, 201, booked.body)
  t.match(booked.json().appointments, [{ therapist: 'alex', with: 'blair', place: 'office' }])
  const taken = await client`
    select r.slug from occupancy o join resources r on r.id = o.resource_id
    join appointments a on a.id = o.appointment_id where a.booking_id = ${booked.json().id} order by r.slug`
  t.same(
    taken.map(({ slug }) => slug),
    ['alex', 'blair', 'office']
  )
  const people = await client`
    select 1 from participants p join appointments a on a.id = p.appointment_id where a.booking_id = ${booked.json().id}`
  t.equal(people.length, 3, 'who booked, and both therapists')
  for (const { token } of [alex, blair])
    t.match(
      (await request('GET', `/api/bookings/${booked.json().id}`, undefined, token)).json(),
      { sessionType: 'couples', people: [{ name: 'Jo Delgado' }] },
      'it is their own booking for both'
    )
  t.equal((await book({ place: 'video' })).statusCode, 409, 'one of three is left, and two are needed')
  const single = await book({ sessionType: 'individual', place: 'video', person: { ...someoneElse } })
  t.match(single.json(), { appointments: [{ therapist: 'jessica' }] }, 'who is left can still work alone')
  t.notOk('with' in single.json().appointments[0])
  const off = { start: '2027-02-09T14:00:00Z', end: '2027-02-09T20:00:00Z' }
  const { collisions } = (await request('POST', '/api/therapists/blair/time-off', off, await signIn())).json()
  t.match(collisions, [{ id: booked.json().id }], 'the second’s time off collides with it too')
})

const someoneElse = { name: 'Sam', email: 'sam@example.com', zone: 'America/New_York' }

t.test('who is named must be one of the two; absent or sold, another comes in', async t => {
  const { request, book, signIn } = await openTwo(t)
  const asked = (therapist: string) =>
    request('GET', `${slots}&therapist=${therapist}`).then(answer => answer.json().slots)
  t.match(await asked('jessica'), [{ therapist: 'alex', with: 'jessica' }])
  t.match((await book({ therapist: 'jessica' })).json().appointments, [{ therapist: 'alex', with: 'jessica' }])
  t.match((await book({ therapist: 'blair' })).json(), { status: 409 }, 'nobody is left to sit with her')
  const off = { start: '2027-02-10T00:00:00Z', end: '2027-02-11T00:00:00Z' }
  await request('POST', '/api/therapists/alex/time-off', off, await signIn())
  t.match((await book({ start: '2027-02-10T15:00:00Z' })).json().appointments, [
    { therapist: 'blair', with: 'jessica' }
  ])
})

t.test('a move keeps both: it is offered and done where both are free', async t => {
  const { request, confirmed, book, client } = await openTwo(t)
  const { token, appointment } = await confirmed({ therapist: 'jessica' })
  const later = '2027-02-09T20:00:00Z'
  await book({ sessionType: 'individual', therapist: 'alex', start: later, place: 'video', person: someoneElse })
  const move = (start: string) => request('POST', `/api/appointments/${appointment}/move`, { start }, token)
  t.match((await move(later)).json(), { type: '/problems/slot-taken' }, 'the other of the two is busy')
  const moved = await move('2027-02-10T20:00:00Z')
  t.equal(moved.statusCode, 200, moved.body)
  const rows = await client`
    select r.slug from occupancy o join resources r on r.id = o.resource_id where appointment_id = ${appointment} order by r.slug`
  t.same(
    rows.map(({ slug }) => slug),
    ['alex', 'jessica', 'office']
  )
})

t.test(
  'both therapists get the mails of staff and have it in their calendars, and it is cancelled for both',
  async t => {
    const { request, confirmed, mails, client, work } = await openTwo(t)
    const { id, token } = await confirmed()
    const told = () =>
      mails.filter(({ to }) => /alex|blair|jessica/.test(to)).map(({ to, subject }) => `${to} ${subject}`)
    t.equal(new Set(told()).size, 2, told().join(' · '))
    mails.length = 0
    await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
    await work()
    t.equal(new Set(told()).size, 2, told().join(' · '))
    const kept = await client`
      select 1 from occupancy o join appointments a on a.id = o.appointment_id where a.booking_id = ${id}`
    t.equal(kept.length, 0)
  }
)

t.test('what lies where the second of two is away or busy elsewhere is shown to them as well', async t => {
  const { book, client, request, alex, blair, signIn } = await openTwo(t)
  const { id } = (await book({ place: 'office' })).json()
  await client`update bookings set state = 'confirmed', hold_until = null, confirmed_at = '2027-02-01' where id = ${id}`
  const [second] = await client<{ id: string }[]>`select id from resources where slug = 'blair'`
  const conflicts = async (token: string) =>
    (await request('GET', '/api/tasks', undefined, token))
      .json()
      .items.filter(({ kind }: { kind: string }) => kind === 'conflict')
  const server = await outsideServer(t, calendar(['DTSTART:20270209T153000Z', 'DTEND:20270209T160000Z']))
  const outside = { kind: 'ics', url: `${server.origin}/x.ics` }
  t.equal((await request('POST', '/api/therapists/blair/outside-calendars', outside, blair.token)).statusCode, 201)
  t.match(await conflicts(blair.token), [{ id }])
  t.same(await conflicts(alex.token), [], 'whose time it is alone')
  t.match(await conflicts(await signIn()), [])
  await client`delete from outside_busy`
  t.same(await conflicts(blair.token), [])
  await client`
    insert into time_off (practice_id, id, resource_id, during, created_at)
    select practice_id, gen_random_uuid(), id, '[2027-02-09 15:30+00, 2027-02-09 16:00+00)', '2027-02-01' from resources
    where id = ${second?.id ?? ''}`
  t.match(await conflicts(blair.token), [{ id }])
})

t.test(
  'what waits for a yes waits for both therapists, both are written to, and one answer closes it for both',
  async t => {
    const house = await openTwo(t)
    const { request, book, client, work, mails, alex, blair, confirmed } = house
    await changeRules(client, 'couples', { therapists: 2, approval: true })
    const asked = (await book({ place: 'video' })).json()
    t.match(asked, { state: 'requested', appointments: [{ therapist: 'alex', with: 'blair' }] })
    await work()
    const pair = ['alex@example.com', 'blair@example.com']
    const toldOf = (words: RegExp) => mails.filter(({ subject }) => words.test(subject)).map(({ to }) => to)
    t.same(toldOf(/^An appointment to answer/).sort(), pair)
    const tasks = async (token: string) => (await request('GET', '/api/tasks', undefined, token)).json().items
    for (const { token } of [alex, blair]) t.match(await tasks(token), [{ kind: 'approval', id: asked.id }])
    // Both press at once: one of them is first, and nothing happens twice.
    const answers = await Promise.all(
      [alex, blair].map(({ token }) => request('POST', `/api/bookings/${asked.id}/approval`, { approved: true }, token))
    )
    t.same(answers.map(({ statusCode }) => (statusCode < 300 ? 'said' : statusCode)).sort(), [409, 'said'])
    t.match(
      answers.find(({ statusCode }) => statusCode === 409)?.json(),
      { type: '/problems/wrong-state' },
      'and the other reads that it was answered'
    )
    for (const { token } of [alex, blair]) t.same(await tasks(token), [])
    t.equal((await client`select 1 from audit where kind = 'approved'`).length, 1)
    t.equal((await client`select 1 from acceptances where by = 'practice' and answer = 'accept'`).length, 1)

    await changeRules(client, 'couples', { therapists: 2, approval: false })
    const wished = await confirmed({ start: '2027-02-11T15:00:00Z', place: 'video', person: someoneElse })
    await work()
    mails.splice(0)
    house.clock.set('2027-02-10T12:00:00Z')
    const late = await request(
      'POST',
      `/api/appointments/${wished.appointment}/move`,
      { start: '2027-02-12T15:00:00Z' },
      await house.openedBy(wished.id)
    )
    t.match(late.json(), { state: 'proposed' }, late.body)
    await work()
    t.same(toldOf(/^A new time to answer/).sort(), pair)
    const [alexNow, blairNow] = [await house.signIn(pair[0]), await house.signIn(pair[1])]
    for (const token of [alexNow, blairNow]) t.match(await tasks(token), [{ kind: 'move', id: wished.id }])
    const said = await Promise.all(
      [alexNow, blairNow].map(token =>
        request('POST', `/api/appointments/${wished.appointment}/move-answer`, { accept: true }, token)
      )
    )
    t.same(said.map(({ statusCode }) => statusCode).sort(), [200, 409])
    for (const token of [alexNow, blairNow]) t.same(await tasks(token), [])
  }
)
