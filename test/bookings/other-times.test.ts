import t from 'tap'
import { joint, needApprovalOf, suggested, tokenIn } from '../support/joint.ts'
import { open } from '../support/open.ts'

const windows = [
  { start: '2027-02-10T14:00:00Z', end: '2027-02-10T18:00:00Z' },
  { start: '2027-02-12T14:00:00Z', end: '2027-02-12T15:30:00Z' }
]
const other_time = { answer: 'other_time', windows }
const invalid = { status: 422, type: '/problems/invalid-input' }

t.test(
  'another time that would suit goes to the therapist: by a mail that tells it is there, and to nobody else',
  async t => {
    const house = await open(t)
    const { request, client, app, mails, work } = house
    const { id, token, link } = await suggested(house)
    await work()
    mails.splice(0)
    const said = await request('POST', `/api/partner-links/${tokenIn(link)}/answers`, other_time)
    t.strictSame(said.json(), { answer: 'other_time' }, said.body)
    await work()
    const told = new Map(mails.map(({ to, text }) => [to, text]))
    t.same([...told.keys()].sort(), ['jessica@example.com', 'jo@example.com'])
    t.match(told.get('jessica@example.com'), /the time on Tue 9 Feb, .* does not suit; other times would/)
    t.notMatch(told.get('jo@example.com'), /other times would|10 Feb/, 'whoever booked reads the words of a lapse')
    const as = async (...roles: string[]) => {
      await client`update staff set roles = ${roles}`
      return house.signIn()
    }
    const read = async (reader: string) => (await request('GET', `/api/bookings/${id}`, undefined, reader)).json()
    t.notOk('otherTimes' in (await read(token)))
    for (const role of ['owner', 'assistant', 'billing']) t.notOk('otherTimes' in (await read(await as(role))), role)
    const therapist = await as('therapist')
    t.strictSame((await read(therapist)).otherTimes, windows)
    const headers = { host: 'localhost:3000', authorization: `Bearer ${therapist}` }
    t.match((await app.inject({ url: `/console/bookings/${id}`, headers })).body, 'Times that would suit the other')
    await client`update resources set person_id = (select booker_id from bookings) where kind = 'therapist'`
    t.notOk('otherTimes' in (await read(therapist)), 'another therapist')
  }
)

t.test('the member who is asked gives them too; what was asked of the practice besides is told once', async t => {
  const house = await open(t)
  await needApprovalOf(house, 'couples')
  const { id, link, accept } = await suggested(house)
  const path = `/api/bookings/${id}/acceptance`
  await accept('sam@example.com')
  const sam = await house.signInPerson('sam@example.com')
  await house.work()
  house.mails.splice(0)
  t.equal((await house.request('POST', path, other_time, sam)).statusCode, 200, 'after a yes, without the link')
  await house.work()
  t.match(
    house.mails.filter(({ to }) => to === 'jessica@example.com').map(({ subject }) => subject),
    ['Other times would suit']
  )
  t.equal((await house.client`select 1 from possible_times where booking_id = ${id}`).length, 2)
  const again = await house.request('POST', path, { ...other_time, link }, sam)
  t.match(again.json(), { status: 409, type: '/problems/nothing-to-answer' })
})

t.test('times belong to that answer alone, are ahead, and end after they begin', async t => {
  const house = await open(t)
  const { link, stateOf } = await suggested(house)
  const say = (body: object) => house.request('POST', `/api/partner-links/${tokenIn(link)}/answers`, body)
  const [first] = windows
  for (const [body, pointer] of [
    [{ answer: 'decline', windows }, '/windows'],
    [{ answer: 'other_time', windows: [{ start: first?.end, end: first?.start }] }, '/windows/0'],
    [
      { answer: 'other_time', windows: [first, { start: '2027-01-01T10:00:00Z', end: '2027-01-01T11:00:00Z' }] },
      '/windows/1'
    ],
    [{ answer: 'other_time', windows: Array.from({ length: 21 }, () => first) }, '/windows']
  ] as const)
    t.match((await say(body)).json(), { ...invalid, errors: [{ pointer }] })
  t.equal(await stateOf(), 'requested', 'nothing was answered by it')
  t.equal((await say({ answer: 'other_time', windows: [first, first] })).statusCode, 200)
  t.equal((await house.client`select 1 from possible_times`).length, 1)
})

t.test('they are deleted after ninety days', async t => {
  const house = await open(t)
  const { link } = await suggested(house)
  await house.request('POST', `/api/partner-links/${tokenIn(link)}/answers`, other_time)
  house.clock.move({ days: 90 })
  await house.minute()
  t.equal((await house.client`select 1 from possible_times`).length, 2)
  house.clock.move({ seconds: 1 })
  await house.minute()
  t.equal((await house.client`select 1 from possible_times`).length, 0)
})

t.test('an appointment that both have accepted has no other times to give', async t => {
  const house = await open(t)
  const { id, personToken } = await joint(house, 'sam@example.com')
  const late = await house.request('POST', `/api/bookings/${id}/acceptance`, other_time, personToken)
  t.match(late.json(), { status: 409, type: '/problems/nothing-to-answer' })
  t.equal((await house.client`select 1 from possible_times`).length, 0)
})
