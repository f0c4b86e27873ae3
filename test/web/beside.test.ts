import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { staffPassword } from '../support/database.ts'
import { joint, renew } from '../support/joint.ts'
import { open, someone } from '../support/open.ts'
import { typed, visitor } from './visitor.ts'

const zone = 'America/New_York'
const chosen = { type: 'intensive-1-day', slot: '2027-03-09T14:00:00Z jessica office', zone }
const details = { ...typed, agreed: 'together' }

t.test('what can be taken along is seen with times and sums before anything is typed, without JavaScript', async t => {
  const { app, client } = await open(t)
  const { get, post } = visitor(app)
  t.match((await get('/sessions/intensive-1-day')).body, 'Two conversations before, one for each of you ($500)')
  const days = (await get(`/sessions/intensive-1-day/times?month=2027-03&day=2027-03-09&zone=${zone}`)).body
  t.match(days, /Choose the first day[\s\S]*09:00–12:00, 13:30–16:30[\s\S]*Choose these days/, 'all blocks of the day')
  const address = String((await post('/b', chosen)).headers.location)
  t.match(address, /^\/b\/each\//)
  const page = (await get(address)).body
  for (const words of ['Two conversations before', 'A follow-up', 'Just the other of you, 50 minutes'])
    t.match(page, words)
  t.match(page, 'All of it: $2,500.')
  t.match(page, 'Mon 22 Feb, 09:00–09:50 EST')
  const own = '2027-02-23T15:00:00Z'
  const some = await post(address, { before: 'yes', o4: own, o2: own })
  t.match(some.body, 'All of it: $3,000.')
  t.match(some.body, 'Tue 23 Feb, 10:00–10:50 EST (chosen by you)')
  const far = await post(address, { before: 'yes', o2: '2027-03-08T15:00:00Z', go: 'yes' })
  t.equal(far.statusCode, 422, 'less than 48 hours before')
  t.match(far.body, 'This is not free, or not in its place among the others')
  const none = await post(address, { go: 'yes' })
  t.equal(none.statusCode, 303)
  t.match((await get(String(none.headers.location))).body, '$2,500')
  const settled = await post(address, { before: 'yes', after: 'yes', o2: own, o4: 'open', go: 'yes' })
  t.equal(settled.statusCode, 303, settled.body.slice(0, 300))
  const form = String(settled.headers.location)
  const typed = (await get(form)).body
  t.match(typed, '$3,400')
  t.match(typed, 'And a conversation just for the other of you')
  t.match(typed, 'One time is still to be chosen')
  t.match(typed, 'one that has taken place is not given back')
  const booked = await post(form, details)
  t.equal(booked.statusCode, 303, booked.body.slice(0, 500))
  t.same(
    (await client`select ordinal, starts_at::text as at from appointments where booking_id is not null order by 1`).map(
      ({ ordinal, at }) => [ordinal, at]
    ),
    [
      [0, '2027-03-09 14:00:00+00'],
      [1, '2027-03-09 18:30:00+00'],
      [2, '2027-02-23 15:00:00+00'],
      [3, '2027-02-22 14:00:00+00']
    ]
  )
  const kept = (await get(String(booked.headers.location))).body
  t.match(kept, 'Still to be chosen, from')
  t.match(kept, 'a time for the two of us: Tue 9 Mar, 09:00', 'what is handed on says nothing of the own conversation')
  const staff = visitor(app)
  await staff.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const seen = (await staff.get(`/console${String(booked.headers.location).replace('/b/', '/bookings/')}`)).body
  const listed = [...seen.slice(seen.indexOf('id="series"')).matchAll(/<span>(\w+ \d+ \w+, \d\d:\d\d)/g)]
  t.same(
    listed.map(([, time]) => time),
    ['Mon 22 Feb, 09:00', 'Tue 23 Feb, 10:00', 'Tue 9 Mar, 09:00', 'Tue 9 Mar, 13:30'],
    'staff reads them in the order of the calendar'
  )
})

t.test('where the day has gone meanwhile the nearest are shown, and each asks again what goes along', async t => {
  const { app, book } = await open(t)
  const { get, post } = visitor(app)
  const address = String((await post('/b', chosen)).headers.location)
  const taken = { sessionType: 'individual', start: '2027-03-09T15:00:00Z', place: 'video' }
  t.equal((await book(taken)).statusCode, 201)
  const gone = await get(address)
  t.equal(gone.statusCode, 409)
  t.match(gone.body, 'That time has just been taken')
  const others = [...gone.body.matchAll(/formaction="(\/b\/new\/[^"]+)"[^>]*>([^<]*)/g)].map(
    ([, to = '', text = '']) => ({
      to,
      text
    })
  )
  t.ok(others.length > 0)
  t.equal(new Set(others.map(({ text }) => text)).size, others.length, 'each once')
  const next = await post(others[0]?.to ?? '', { change: 'yes', name: someone.name })
  t.match(next.body, 'Before and after')
  t.match(next.body, `value="${someone.name}"`, 'what was typed is carried on')
})

t.test('before days are moved it is said what follows; of the other’s own never whether it has to', async t => {
  const house = await open(t)
  await renew(house, 'intensive-1-day', '{"rules": {"approval": false, "callEach": false}}')
  const { id, appointment } = await joint(house, 'other@example.com', {
    sessionType: 'intensive-1-day',
    start: '2027-03-09T14:00:00Z',
    occurrences: [null, null, '2027-03-02T15:00:00Z', 'propose', 'propose']
  })
  const { get, post, cookies } = visitor(house.app)
  cookies.set(cookieNames(house.deps.settings).booking(id), await house.openedBy(id))
  const move = async (start: string) => (await post(`/b/${id}/move`, { start, appointment })).body
  const page = (await get(`/b/${id}`)).body
  t.match(page, 'moves with the first of them')
  const sooner = await move('2027-03-02T14:00:00Z')
  t.match(sooner, /What is on Tue 2 Mar, 10:00–10:50 EST no longer fits\. It moves along, to /)
  t.match(sooner, 'If the conversation just for the other of you has to move, they hear of it from us.')
  const alone = await post(`/b/${id}/move`, { start: '2027-03-03T15:00:00Z' })
  t.match(alone.body, 'Move it to this time?', 'the own conversation, which is the next, asks nobody')
  const near = await move('2027-03-10T14:00:00Z')
  t.notMatch(near, 'no longer fits. It moves along, to Tue 2 Mar')
  t.match(near, 'If the conversation just for the other of you has to move, they hear of it from us.')
})
