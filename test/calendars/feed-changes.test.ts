import type { Test } from 'tap'
import t from 'tap'
import { type Address, entriesOf, openFeeds } from '../support/feeds.ts'
import { someone } from '../support/open.ts'

/** One paid booking, in the booker's feed and in the therapist's with names; both were fetched. */
async function booked(t: Test) {
  const house = await openFeeds(t, { most: 30 })
  const { client, fetch } = house
  const booking = await house.confirmed()
  const [mine, theirs] = [await house.ofBooker(booking.token), await house.ofTherapist({ style: 'names' })]
  const entries = async (address: Address) => entriesOf((await fetch(address)).body)
  const numbers = async (sql: typeof client = client): Promise<Record<string, number>> =>
    Object.fromEntries((await sql`select id, changes::int from feeds`).map(({ id, changes }) => [id, changes]))
  await entries(mine)
  await entries(theirs)
  return { ...house, booking, mine, theirs, entries, numbers }
}

t.test('whatever a feed is made of raises its number in the same transaction, and nothing else does', async t => {
  const { client, numbers, mine, theirs, booking, confirmed } = await booked(t)
  const booker = `(select booker_id from bookings where id = '${booking.id}')`
  const both = [mine.id, theirs.id].sort()
  const cases: [string, string, string[]][] = [
    ['revised', 'update participants set sequence = 1', both],
    ['revised alone', `update participants set sequence = 1 where person_id = ${booker}`, both],
    ['moved', "update appointments set starts_at = starts_at + '1 h', ends_at = ends_at + '1 h'", both],
    ['skipped', "update appointments set state = 'skipped'", both],
    ['cancelled', "update bookings set state = 'cancelled', ended_at = confirmed_at", both],
    ['confirmed at another moment', "update bookings set confirmed_at = confirmed_at + '1 s'", both],
    [
      'with another therapist',
      "update bookings set therapist_id = (select id from resources where kind = 'room')",
      both
    ],
    ['at another of the places', "update bookings set place_id = (select id from places where slug = 'video')", both],
    ['renamed', `update people set name = '\\x00' where id = ${booker}`, both],
    ['worded', `update people set wording = 'plain' where id = ${booker}`, both],
    ['entitled', `update people set calendar_title = '\\x00' where id = ${booker}`, both],
    ['in another zone', `update people set zone = 'UTC' where id = ${booker}`, both],
    ['erased', `update people set name = null, calendar_title = null, data_key = null where id = ${booker}`, both],
    ['at another place', "update places set address = 'elsewhere'", both],
    ['joined elsewhere', "update places set link = 'https://elsewhere.example'", both],
    ['taken out', `delete from participants where person_id = ${booker}`, both],
    ['touched', 'update bookings set row_version = row_version + 1', []],
    ['the same booking', 'update bookings set (state, confirmed_at) = (state, confirmed_at), place_id = place_id', []],
    ['as before', 'update appointments set starts_at = starts_at', []],
    ['proven', `update people set proven_at = created_at where id = ${booker}`, []]
  ]
  const before = await numbers()
  for (const [what, statement, raised] of cases) {
    const undone = client.begin(async tx => {
      await tx.unsafe(statement)
      const inside = await tx<{ id: string; changes: number }[]>`select id, changes::int from feeds order by id`
      const found = inside.filter(({ id, changes }) => changes > (before[id] ?? 0)).map(({ id }) => id)
      t.same(found, raised, what)
      throw new Error('undone')
    })
    await t.rejects(undone, { message: 'undone' })
  }
  t.same(await numbers(), before, 'a change that was undone is none')
  await confirmed({ start: '2027-02-10T15:00:00Z', person: { ...someone, email: 'sam@example.com' } })
  const after = await numbers()
  t.equal(after[mine.id], before[mine.id], 'somebody else’s booking')
  t.ok((after[theirs.id] ?? 0) > (before[theirs.id] ?? 0), 'another booking of the therapist')
})

t.test(
  'a booking under the id of somebody who was joined raises the feeds of who they are, and none that is revoked',
  async t => {
    const { client, numbers, mine, theirs, booking } = await booked(t)
    await client`
    with other as (
      insert into people select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'joined_to', p.id))).*
      from people p join bookings b on b.booker_id = p.id where b.id = ${booking.id} returning id, joined_to)
    update participants set person_id = other.id from other where person_id = other.joined_to`
    await client`update feeds set revoked_at = '2027-02-01T12:00:00Z' where id = ${theirs.id}`
    const before = await numbers()
    await client`update bookings set state = 'cancelled', ended_at = confirmed_at where id = ${booking.id}`
    t.same(await numbers(), { ...before, [mine.id]: (before[mine.id] ?? 0) + 1 })
  }
)

t.test('a move changes the time and keeps the UID', async t => {
  const { clock, request, booking, entries, mine, theirs } = await booked(t)
  for (const [address, start, dtstart, dtstamp] of [
    [mine, '2027-02-10T15:00:00Z', '2027-02-10T10:00:00', '2027-02-01T12:05:00Z'],
    [theirs, '2027-02-11T15:30:00Z', '2027-02-11T10:30:00', '2027-02-01T12:10:00Z']
  ] as const) {
    const [before] = await entries(address)
    clock.move({ minutes: 5 })
    const moved = await request('POST', `/api/appointments/${booking.appointment}/move`, { start }, booking.token)
    t.equal(moved.statusCode, 200, moved.body)
    const [after] = await entries(address)
    t.equal(after?.uid, before?.uid)
    t.equal(Number(after?.sequence), Number(before?.sequence) + 1)
    t.match(after, { dtstamp, dtstart, status: 'CONFIRMED' })
  }
})

t.test('what was confirmed and is cancelled stays for 30 days as cancelled, and takes no time', async t => {
  const { clock, request, booking, entries, mine, theirs, ofTherapist } = await booked(t)
  const busy = await ofTherapist({ scope: 'busy' })
  t.equal((await entries(busy)).length, 1)
  clock.set('2027-02-01T23:00:00Z')
  await request('GET', `/api/bookings/${booking.id}/cancellation`, undefined, booking.token)
  const cancelled = await request('POST', `/api/bookings/${booking.id}/cancellation`, undefined, booking.token)
  t.ok(cancelled.statusCode < 300, cancelled.body)
  const off = [{ status: 'CANCELLED', transp: 'TRANSPARENT', sequence: '1', 'x-microsoft-cdo-busystatus': 'FREE' }]
  for (const address of [mine, theirs]) t.match(await entries(address), off)
  t.same(await entries(busy), [])
  clock.set('2027-03-04T04:59:00Z')
  for (const address of [mine, theirs]) t.match(await entries(address), off, 'the evening of the 30th day')
  clock.set('2027-03-04T05:00:00Z')
  for (const address of [mine, theirs]) t.same(await entries(address), [])
})

t.test('who is taken out of an appointment sees it cancelled, and the others lose the name', async t => {
  const { client, entries, mine, theirs, booking } = await booked(t)
  const [before] = await entries(mine)
  await client`
    update participants set removed_at = '2027-02-02T08:00:00Z', revised_at = '2027-02-02T08:00:00Z', sequence = 1
    where person_id = (select booker_id from bookings where id = ${booking.id})`
  t.match(await entries(mine), [{ uid: before?.uid, status: 'CANCELLED', sequence: '1' }])
  t.match(await entries(theirs), [{ status: 'CONFIRMED', summary: /^Appointment [0-9A-F]{6}$/ }])
})

t.test('what never was confirmed leaves no trace', async t => {
  const { client, book, clock, minute, ofBooker, entries, theirs } = await booked(t)
  const held = (await book({ start: '2027-02-10T15:00:00Z' })).json()
  const other = await ofBooker(held.token)
  t.same(await entries(other), [])
  clock.move({ minutes: 36 })
  await minute()
  await minute()
  t.match(await client`select state from bookings where id = ${held.id}`, [{ state: 'expired' }])
  t.same(await entries(other), [])
  t.equal((await entries(theirs)).length, 1)
})

t.test('entries lie in order, thirty days back and eighteen months ahead', async t => {
  const { client, clock, confirmed, entries, theirs } = await booked(t)
  await confirmed({ start: '2027-02-08T15:00:00Z', person: { ...someone, email: 'a@example.com' } })
  await confirmed({ start: '2027-02-11T15:00:00Z', person: { ...someone, email: 'b@example.com' } })
  const days = async () => (await entries(theirs)).map(({ dtstart = '' }) => dtstart.slice(0, 10))
  t.same(await days(), ['2027-02-08', '2027-02-09', '2027-02-11'])
  clock.set('2027-03-12T12:00:00Z')
  t.same(await days(), ['2027-02-11'], '30 days later')
  await client`update appointments set starts_at = '2028-09-12T03:59:00Z', ends_at = '2028-09-12T05:00:00Z'`
  t.equal((await days()).length, 3, 'begins before the last midnight')
  await client`update appointments set starts_at = '2028-09-12T04:00:00Z'`
  t.same(await days(), [])
})

t.test('a fetch in the middle of changes never keeps an older state for a newer one', async t => {
  const { client, entries, mine, theirs } = await booked(t)
  let late = 0
  for (let round = 1; round <= 20; round++) {
    const change = client.begin(async tx => {
      await tx`update participants set sequence = ${round}`
      await tx`update appointments set starts_at = starts_at + '1 min'`
    })
    const seen = Promise.all(Array.from({ length: 8 }, (_, at) => entries(at % 2 ? mine : theirs)))
    await change
    late += (await seen).filter(([entry]) => entry?.sequence !== String(round)).length
    for (const address of [mine, theirs]) t.match(await entries(address), [{ sequence: String(round) }])
  }
  t.comment(`${late} of 160 fetches came before their change`)
})

t.test('a day’s polls are one line of the audit, with what was read', async t => {
  const { client, clock, fetch, theirs, booking } = await booked(t)
  const lines = () =>
    client`select actor, subjects from audit where kind = 'read-feed' and actor = ${`feed:${theirs.id}`}`
  t.match(await lines(), [{ subjects: [/./, booking.id] }])
  for (let day = 2; day <= 8; day++) {
    clock.move({ days: 1 })
    await Promise.all(Array.from({ length: 20 }, () => fetch(theirs)))
    await client`update participants set sequence = ${day}`
    await fetch(theirs)
    t.equal((await lines()).length, day, 'however many ask at once')
  }
})
