import t, { type Test } from 'tap'
import { beginTogether, one, other } from '../support/couple.ts'
import { couple, openRetreat } from '../support/retreat.ts'

/** Dates that are full, and two who belong together; whoever asks without signing in says later that it was they. */
async function openPair(t: Test) {
  const house = await openRetreat(t, { max: 1, limits: { codesAnHour: 100, codesADay: 100, answers: 1000 } })
  const { request, client, edition, work } = house
  const first = await house.confirmedSeat('a')
  const asks = async (more: object, token?: string) => {
    const answer = await request('POST', '/api/waitlist-entries', { edition, ...more }, token)
    await work()
    return answer
  }
  const find = async (token: string) => {
    const { items } = (await request('GET', '/api/me/found-bookings', undefined, token)).json()
    const bookings = items.map(({ id }: { id: string }) => id)
    const answer = await request('POST', '/api/me/found-bookings', { bookings }, token)
    await work()
    return answer
  }
  const places = () =>
    client<{ state: string; clientId: string; proven: boolean }[]>`
      select state, client_id as "clientId", proven_at is not null as proven from waitlist_entries order by position`
  const lineTokenOf = (email: string) => {
    const text = house.mails.findLast(mail => mail.to === email && mail.text.includes('/w/'))?.text ?? ''
    return /\/w\/([\w-]{43})/.exec(text)?.[1] ?? ''
  }
  const roster = async () =>
    (await request('GET', `/api/editions/${edition}/roster`, undefined, await house.signIn())).json()
  return { ...house, first, roster, asks, find, places, lineTokenOf }
}

t.test('a wish of one of two who wait together already is theirs no second time', async t => {
  const house = await beginTogether(await openPair(t))
  const { asks, find, places, jo, sam, couple } = house
  await asks({}, sam)
  await asks({ person: one })
  t.equal((await find(jo)).statusCode, 204)
  t.match(await places(), [
    { state: 'waiting', clientId: couple, proven: true },
    { state: 'left', proven: false }
  ])
})

t.test('nor where the two have a seat', async t => {
  const house = await beginTogether(await openPair(t))
  const { asks, find, places, jo, sam, couple, client, edition } = house
  await asks({ person: one })
  await client`update bookings set client_id = ${couple} where edition_id = ${edition}`
  t.equal((await find(jo)).statusCode, 204)
  t.match(await places(), [{ state: 'left', proven: false }])
  await asks({}, sam)
  t.equal((await places()).length, 1)
})

t.test('it is the place of both: the other is asked when the seat is taken', async t => {
  const house = await beginTogether(await openPair(t))
  const { asks, find, places, jo, couple, first, cancel, work, accept, client, lineTokenOf } = house
  await asks({ person: one })
  t.equal((await find(jo)).statusCode, 204)
  t.match(await places(), [{ state: 'waiting', clientId: couple, proven: true }])
  const noted = house.mails.filter(({ to, subject }) => to === one.email && subject === 'Noted: Thu 10 Jun')
  t.equal(noted.length, 1, 'who said so is written to, with the page of the place')
  t.match(noted[0]?.text, `/w/${lineTokenOf(one.email)}`)
  await cancel(first)
  await work()
  const taken = await accept(lineTokenOf(one.email))
  t.equal(taken.statusCode, 201, taken.body)
  const { id } = taken.json()
  t.match(await client`select client_id from bookings where id = ${id}`, [{ client_id: couple }])
  await work()
  t.ok(
    house.mails.some(({ to }) => to === other.email),
    'the other hears of it'
  )
})

t.test('whom they would rather not meet is kept beside the place that is there already', async t => {
  const house = await beginTogether(await openPair(t))
  const { asks, find, jo, sam, roster, minute, clock, couple } = house
  await asks({}, sam)
  await asks({ notMeet: 'Qz from the form again' }, sam)
  await asks({ person: one, notMeet: 'Qz before signing in' })
  await find(jo)
  const { waitlist } = await roster()
  t.match(waitlist[0], { client: couple, notMeet: ['Qz from the form again', 'Qz before signing in'] })
  clock.move({ days: 4 })
  await minute()
  t.match((await roster()).waitlist, [{ notMeet: ['Qz from the form again', 'Qz before signing in'] }])
})

t.test(
  'so is what a mailbox wrote with a second wish, also after that wish is forgotten; it goes with the place',
  async t => {
    const { asks, wait, request, confirm, roster, clock, minute, client, lineToken } = await openPair(t)
    await wait('b')
    const place = lineToken('b')
    await asks({ person: couple('b'), notMeet: 'Qz again' })
    t.equal((await confirm('b')).statusCode, 204)
    clock.move({ days: 4 })
    await minute()
    t.match((await roster()).waitlist, [{ notMeet: ['Qz again'] }])
    await request('POST', `/api/waitlist-entries/${place}/leaving`)
    clock.move({ days: 91 })
    await minute()
    t.same(await client`select id from not_meet`, [])
  }
)

t.test('and what one wrote who waited alone, and began together since, stands beside the seat of both', async t => {
  const house = await openPair(t)
  const { asks, roster, cancel, first, work, accept, lineTokenOf, signInPerson } = house
  await asks({ notMeet: 'Qz alone' }, await signInPerson(one.email))
  const place = lineTokenOf(one.email)
  const { couple } = await beginTogether(house)
  await cancel(first)
  await work()
  const taken = await accept(place)
  t.equal(taken.statusCode, 201, taken.body)
  t.match((await roster()).items, [{ client: couple, notMeet: ['Qz alone'] }])
})
