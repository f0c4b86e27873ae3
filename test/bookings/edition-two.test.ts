import t, { type Test } from 'tap'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { entriesOf } from '../support/feeds.ts'
import { racing, rounds, sound, soundness } from '../support/race.ts'
import { openRetreat } from '../support/retreat.ts'
import { colleague } from '../support/staff.ts'

const path = '/api/session-types/retreat/editions'
const day = '2027-07-08'
/** The demo practice with a second therapist, who offers what the first does. */
async function openTwo(t: Test, more: Parameters<typeof openRetreat>[1] = {}) {
  const house = await openRetreat(t, more)
  const alex = await colleague(house, 'alex', ['therapist'])
  await workLikeJessica(house.client, 'alex')
  await house.client`
    insert into offerings (practice_id, session_type_id, resource_id, place_id)
    select o.practice_id, o.session_type_id, o.resource_id, v.id from offerings o join session_types t on t.id = o.session_type_id,
      places v where t.slug = 'retreat' and v.slug = 'video'`
  const make = (body: object) =>
    house.request('POST', path, { day, min: 1, max: 2, state: 'open', place: 'office', ...body }, house.staff)
  const change = (id: string, body: object, token = house.staff) =>
    house.request('PATCH', `/api/editions/${id}`, body, token)
  /** How many stretches an edition takes of each therapist and room. */
  const taken = async (id: string) =>
    Object.fromEntries(
      (
        await house.client<{ slug: string; count: number }[]>`
          select r.slug, count(*)::int as count from occupancy o join appointments a on a.id = o.appointment_id
          join resources r on r.id = o.resource_id where a.edition_id = ${id} group by r.slug order by r.slug`
      ).map(({ slug, count }) => [slug, count])
    )
  return { ...house, alex, make, change, taken }
}

t.test('dates that two lead take both, days of rest too, and stand in both calendars', async t => {
  const house = await openTwo(t)
  const { make, taken, request, app, alex, staff, client } = house
  const made = await make({ therapist: 'jessica', with: 'alex' })
  t.match(made.json(), { therapist: 'jessica', with: 'alex' }, made.body)
  const { id } = made.json()
  const each = await taken(id)
  t.ok(each.alex, 'something is taken')
  t.same(each, { alex: each.alex, jessica: each.alex, office: each.alex })
  t.match(
    await client`select count(*)::int from occupancy o join resources r on r.id = o.resource_id
      where r.slug = 'alex' and o.during && '[2027-07-11 04:00Z, 2027-07-12 04:00Z)'::tstzrange`,
    [{ count: 1 }],
    'the day of rest'
  )
  const feedOf = async (slug: string, token: string) => {
    const { url } = (await request('POST', `/api/therapists/${slug}/feeds`, undefined, token)).json()
    const { body } = await app.inject({ url: new URL(url).pathname, headers: { host: 'localhost:3000' } })
    return entriesOf(body).filter(({ dtstart = '' }) => dtstart > '2027-07' && dtstart < '2027-07-12')
  }
  const [hers, theirs] = [await feedOf('jessica', staff), await feedOf('alex', alex.token)]
  t.ok(hers.length > 0)
  t.same(
    theirs.map(({ dtstart, dtend }) => [dtstart, dtend]),
    hers.map(({ dtstart, dtend }) => [dtstart, dtend])
  )
  t.equal(new Set([...hers, ...theirs].map(({ uid }) => uid)).size, hers.length * 2, 'each has entries of their own')
})

t.test('both see who comes, hear of each place, and may decide; a third therapist may not', async t => {
  const house = await openTwo(t)
  const { make, change, request, alex, book, pay, mails, client } = house
  const { id } = (await make({ therapist: 'jessica', with: 'alex' })).json()
  const seat = (await book({ sessionType: 'retreat', start: undefined, edition: id })).json()
  await pay(seat.id)
  const all = (
    await request(
      'GET',
      '/api/bookings?therapist=alex&from=2027-07-01T00:00:00Z&to=2027-08-01T00:00:00Z',
      undefined,
      alex.token
    )
  ).json()
  t.match(all.items, [{ id: seat.id, sessionType: 'retreat' }], 'as a booking of their own')
  const heard = mails.filter(({ text }) => text.includes('a place on')).map(({ to }) => to)
  t.same([...new Set(heard)].sort(), ['alex@example.com', 'jessica@example.com'])
  t.equal((await change(id, { max: 4 }, alex.token)).statusCode, 200)
  const other = await colleague(house, 'blair', ['therapist'])
  t.equal((await change(id, { max: 5 }, other.token)).statusCode, 403)
  t.equal((await change(id, { decision: 'go' }, alex.token)).statusCode, 200)
  t.match(await client`select decision from editions where id = ${id}`, [{ decision: 'go' }])
})

t.test('another joins and goes: their days are taken and free again, and the couples’ bookings follow', async t => {
  const { change, taken, edition, confirmedSeat, client, book } = await openTwo(t)
  const seat = await confirmedSeat('a')
  const second = async () => {
    const [row] = await client<{ slug: string | null }[]>`
      select r.slug from bookings b left join resources r on r.id = b.second_therapist_id where b.id = ${seat.id}`
    return row?.slug ?? null
  }
  const before = await taken(edition)
  t.equal(await second(), null)
  t.match((await change(edition, { with: 'alex' })).json(), { with: 'alex' })
  t.same(await taken(edition), { ...before, alex: before.jessica })
  t.equal(await second(), 'alex')
  const hour = { sessionType: 'couples', start: '2027-06-10T17:00:00Z', therapist: 'alex', place: 'video' }
  await changeRules(client, 'couples', { horizon: 365 })
  t.match((await book(hour)).json(), { status: 409 }, 'the days are sold')
  const moved = await change(edition, { day: '2027-06-17', agreed: true })
  t.match(moved.json(), { with: 'alex', start: '2027-06-17T13:00:00Z' }, moved.body)
  t.same(await taken(edition), { ...before, alex: before.jessica })
  t.equal((await change(edition, { with: null })).json().with, undefined)
  t.same(await taken(edition), before)
  t.equal(await second(), null)
  t.equal((await book(hour)).statusCode, 201)
})

t.test('with new dates whoever goes is asked for none of them, and whoever comes for none of the old ones', async t => {
  const house = await openTwo(t)
  const { change, taken, edition, request, alex, client, confirmedSeat } = house
  const blair = await colleague(house, 'blair', ['therapist'])
  await workLikeJessica(client, 'blair')
  const before = await taken(edition)
  t.equal((await change(edition, { with: 'alex' })).statusCode, 200)
  const away = (slug: string, token: string, from: string, until: string) =>
    request(
      'POST',
      `/api/therapists/${slug}/time-off`,
      { start: `${from}T04:00:00Z`, end: `${until}T04:00:00Z` },
      token
    )
  t.equal((await away('alex', alex.token, '2027-06-17', '2027-06-24')).statusCode, 201)
  t.equal((await away('blair', blair.token, '2027-06-10', '2027-06-14')).statusCode, 201)
  const week = { day: '2027-06-17', with: 'blair' }
  t.match((await change(edition, { day: '2027-06-17' })).json(), { status: 409 }, 'while they lead it')
  const blocks = [{ day: 0, at: '10:00', minutes: 180, who: 'both' }]
  const changed = await change(edition, week)
  t.match(changed.json(), { with: 'blair', start: '2027-06-17T13:00:00Z' }, changed.body)
  t.same(await taken(edition), { blair: before.jessica, jessica: before.jessica, office: before.office })
  const back = await change(edition, { day: '2027-06-24', with: 'alex', blocks })
  t.match(back.json(), { with: 'alex', start: '2027-06-24T14:00:00Z' }, back.body)
  const fewer = await taken(edition)
  t.same(fewer, { alex: fewer.jessica, jessica: fewer.jessica, office: fewer.jessica })
  await confirmedSeat('a')
  const alone = await change(edition, { day: '2027-06-17', with: null, agreed: true })
  t.match(alone.json(), { start: '2027-06-17T14:00:00Z' }, alone.body)
  t.same(await taken(edition), { jessica: fewer.jessica, office: fewer.jessica })
  t.match(await client`select second_therapist_id from bookings where edition_id = ${edition}`, [
    { second_therapist_id: null }
  ])
})

t.test('whoever cannot lead it is refused, with the reason', async t => {
  const { make, change, edition, client, alex, request } = await openTwo(t)
  const at = (body: object) => make({ therapist: 'jessica', ...body })
  for (const name of ['jessica', 'nobody'])
    t.match((await at({ with: name })).json(), { status: 422, errors: [{ pointer: '/with' }] }, name)
  const taken = { start: '2027-06-11T04:00:00Z', end: '2027-06-12T04:00:00Z' }
  await request('POST', '/api/therapists/alex/time-off', taken, alex.token)
  t.match((await change(edition, { with: 'alex' })).json(), {
    status: 409,
    type: '/problems/edition-collides',
    collisions: [{ what: 'time off' }]
  })
  t.match(await client`select second_therapist_id from editions where id = ${edition}`, [{ second_therapist_id: null }])
  await client`update resources set zone = 'Europe/London' where slug = 'alex'`
  t.match((await at({ with: 'alex' })).json(), { status: 422, errors: [{ pointer: '/with' }] }, 'by another clock')
})

t.test(
  'one therapist with the other against the other with the one, and against each alone: no deadlock, and never twice',
  async t => {
    const house = await openTwo(t, { most: 20 })
    const { make, client } = house
    for (let round = 0; round < Math.min(rounds, 10); round += 1) {
      const on = {
        day: `2027-${['07', '09', '10'][Math.floor(round / 4)]}-${['01', '08', '15', '22'][round % 4]}`
      }
      const { outcomes, waiting } = await racing<Awaited<ReturnType<typeof make>>[]>(house, [
        () => make({ ...on, therapist: 'jessica', with: 'alex' }),
        () => make({ ...on, therapist: 'alex', with: 'jessica', place: 'video' }),
        () => make({ ...on, therapist: 'alex', place: 'video' }),
        () => make({ ...on, therapist: 'jessica', place: 'video' })
      ])
      t.comment(`${waiting} waited in line at once`)
      const won = outcomes.filter(({ statusCode }) => statusCode === 201).map(answer => answer.json())
      for (const lost of outcomes.filter(({ statusCode }) => statusCode !== 201))
        t.match(lost.json(), { status: 409, type: '/problems/edition-collides' })
      t.ok(won.length === 1 || (won.length === 2 && won.every(one => one.with === undefined)), `${won.length} won`)
    }
    t.match(await client`select count(*)::int > 0 as some from editions where second_therapist_id is not null`, [{}])
    t.match(await soundness(house), sound)
  }
)

t.test(
  'an absence or a calendar elsewhere over a block, or over the day of rest, is shown to both who lead it, once',
  async t => {
    const { make, request, staff, alex, client, book, pay } = await openTwo(t)
    const { id } = (await make({ therapist: 'jessica', with: 'alex' })).json()
    for (const word of ['a', 'b']) {
      const person = { name: word, email: `${word}@example.com`, zone: 'America/New_York' }
      await pay((await book({ sessionType: 'retreat', start: undefined, edition: id, person })).json().id)
    }
    const tasks = async (token: string) =>
      (await request('GET', '/api/tasks', undefined, token))
        .json()
        .items.filter(({ kind }: { kind: string }) => kind.endsWith('conflict'))
    t.same(await tasks(staff), [])
    const [calendar] = await client<{ id: string }[]>`
    insert into outside_calendars (practice_id, id, resource_id, kind, access, created_at, due_at, skipped)
    select practice_id, gen_random_uuid(), id, 'ics', '\\x00', '2027-01-01', '2028-01-01', 0 from resources where slug = 'alex'
    returning id`
    const busy = (during: string) => client`
    insert into outside_busy (practice_id, calendar_id, resource_id, during)
    select practice_id, id, resource_id, ${during}::tstzrange from outside_calendars where id = ${calendar?.id ?? ''}`
    await busy('[2027-07-11 15:00Z, 2027-07-11 16:00Z)')
    t.match(
      await tasks(alex.token),
      [{ kind: 'dates-conflict', id, dueAt: '2027-07-11T13:00:00Z' }],
      'on the day of rest'
    )
    t.same((await tasks(alex.token)).length, 1, 'and not for each couple')
    await busy('[2027-07-08 15:00Z, 2027-07-08 16:00Z)')
    t.match(await tasks(alex.token), [{ kind: 'dates-conflict', id, dueAt: '2027-07-08T13:00:00Z' }])
    await request(
      'POST',
      '/api/therapists/jessica/time-off',
      { start: '2027-07-09T12:00:00Z', end: '2027-07-09T20:00:00Z' },
      staff
    )
    await client`update staff set roles = array['therapist'] where person_id = (select person_id from resources where slug = 'jessica')`
    const page = await request('GET', '/console/outside-calendars', undefined, staff)
    t.match(page.body, `/console/editions/${id}`)
    t.match(await tasks(staff), [{ kind: 'dates-conflict', id, dueAt: '2027-07-09T13:00:00Z' }], 'of hers')
  }
)

t.test(
  'a day of the dates that is closed later is shown to who closed it, unless they work in its hours or rest',
  async t => {
    const { make, request, staff, client } = await openTwo(t)
    const { id } = (await make({ therapist: 'jessica', with: 'alex' })).json()
    const tasks = async () =>
      (await request('GET', '/api/tasks', undefined, staff))
        .json()
        .items.filter(({ kind }: { kind: string }) => kind.endsWith('conflict'))
    const day = (date: string, from: number | null = null, to: number | null = null) => client`
    insert into exceptions (practice_id, id, resource_id, date, from_minute, to_minute)
    select practice_id, gen_random_uuid(), id, ${date}::date, ${from}, ${to} from resources where slug = 'alex'`
    await day('2027-07-11')
    t.same(await tasks(), [], 'the day of rest')
    await day('2027-07-10', 0, 1440)
    t.same(await tasks(), [], 'longer hours')
    await day('2027-07-09', 0, 600)
    t.match(await tasks(), [{ kind: 'dates-conflict', id, dueAt: '2027-07-09T13:00:00Z' }], 'shorter hours')
    await day('2027-07-08')
    t.match(await tasks(), [{ kind: 'dates-conflict', id, dueAt: '2027-07-08T13:00:00Z' }], 'no hours')
    t.equal((await tasks()).length, 1)
  }
)
