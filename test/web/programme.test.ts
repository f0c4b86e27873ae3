import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { open, someone } from '../support/open.ts'
import { typed, valuesOf, visitor } from './visitor.ts'

const chosen = { type: 'assessment', slot: '2027-02-09T15:00:00Z jessica office', zone: 'America/New_York' }
const details = { ...typed, agreed: 'together' }

/** What a browser sends of the page as it stands: of each step what is ticked, and what was proposed. */
const asShown = (body: string) =>
  Object.fromEntries(
    [...body.matchAll(/<input[^>]*name="([op]\d)"[^>]*>/g)].flatMap(([tag, name = '']) => {
      const [, value = ''] = /value="([^"]*)"/.exec(tag) ?? []
      return name.startsWith('p') || / checked/.test(tag) ? [[name, value]] : []
    })
  ) as Record<string, string>

t.test('a programme is proposed as a whole, changed step by step, and asked for, without JavaScript', async t => {
  const { app, client } = await open(t)
  const { get, post } = visitor(app)
  t.match((await get('/')).body, 'A short programme')
  const times = await get('/sessions/assessment/times?month=2027-02&day=2027-02-09')
  t.ok(valuesOf(times, 'slot').includes(chosen.slot), 'where the first step fits')
  const sent = await post('/b', chosen)
  const address = String(sent.headers.location)
  t.match(address, /^\/b\/each\//)
  const page = await get(address)
  t.match(page.body, 'A schedule that could fit')
  t.match(page.body, /2\. Just you, 50 minutes/)
  t.match(page.body, /3\. Just the other of you, 50 minutes/)
  t.match(page.body, '$1,400')
  const shown = asShown(page.body)
  t.same(shown, {
    o1: '2027-02-10T14:00:00Z',
    p1: '2027-02-10T14:00:00Z',
    o3: '2027-02-11T14:00:00Z',
    p3: '2027-02-11T14:00:00Z'
  })
  const again = await post(address, { ...shown, o1: '2027-02-10T18:00:00Z', 'on-thu': 'yes', part: 'afternoon' })
  t.match(again.body, 'Wed 10 Feb, 13:00–13:50 EST (chosen by you)')
  const changed = asShown(again.body)
  t.equal(changed.o1, '2027-02-10T18:00:00Z')
  t.notOk(changed.p1, 'what is chosen stays')
  t.equal(changed.o3, '2027-02-18T18:00:00Z', 'the rest is found anew, on Thursday afternoons')
  const liked = { 'on-thu': 'yes', part: 'afternoon' }
  const later = await post(address, { ...changed, ...liked, o3: 'open' })
  t.match(later.body, /Choose it later: between Fri 12 Feb and /)
  const settled = await post(address, { ...asShown(later.body), ...liked, go: 'yes' })
  t.equal(settled.statusCode, 303, settled.body.slice(2000, 9000))
  const form = await get(String(settled.headers.location))
  t.match(form.body, '2 times')
  t.match(form.body, 'And a conversation just for the other of you')
  t.match(form.body, 'One time is still to be chosen')
  const booked = await post(String(settled.headers.location), details)
  t.equal(booked.statusCode, 303, booked.body.slice(0, 500))
  t.same(
    (await client`select ordinal, starts_at::text as at from appointments where booking_id is not null order by 1`).map(
      ({ ordinal, at }) => [ordinal, at]
    ),
    [
      [0, '2027-02-09 15:00:00+00'],
      [1, '2027-02-10 18:00:00+00'],
      [2, '2027-02-10 19:30:00+00']
    ]
  )
  const own = await get(String(booked.headers.location))
  t.equal(own.statusCode, 200)
  t.notMatch(own.body, '14:30', 'the other’s time is on no page of the booker')
})

t.test('a step that has gone meanwhile is said, and what nobody could mean is proposed anew', async t => {
  const { app, book } = await open(t)
  const { get, post } = visitor(app)
  const address = String((await post('/b', chosen)).headers.location)
  const shown = asShown((await get(address)).body)
  const own = { ...shown, o1: '2027-02-10T18:00:00Z' }
  const settled = await post(address, { ...own, go: 'yes' })
  await book({ sessionType: 'individual', start: '2027-02-10T18:00:00Z', place: 'video' })
  const gone = await post(String(settled.headers.location), details)
  t.equal(gone.statusCode, 409)
  t.match(gone.body, 'This is not free, or not in its place among the others')
  t.same(valuesOf(gone, 'email'), [someone.email])
  const odd = await post(address, { o1: 'whenever', o3: '2027-13-45', part: 'night' })
  t.equal(odd.statusCode, 200)
  t.match(odd.body, 'A schedule that could fit')
})

t.test('a step that was left open is chosen on its page, and is then on the booking’s', async t => {
  const { app, deps, client, openedBy, book } = await open(t)
  const booked = await book({
    sessionType: 'assessment',
    start: '2027-02-09T15:00:00Z',
    place: 'office',
    occurrences: [null, 'open', null, null]
  })
  const { id } = booked.json()
  await client`update bookings set state = 'confirmed', confirmed_at = created_at where id = ${id}`
  const browser = visitor(app)
  browser.cookies.set(cookieNames(deps.settings).booking(id), await openedBy(id))
  const page = await browser.get(`/b/${id}`)
  t.match(page.body, 'Still to be chosen, from Wed 10 Feb to Thu 11 Feb')
  t.match(page.body, 'just for the other of you')
  const step = await browser.get(`/b/${id}/steps/1`)
  const starts = valuesOf(step, 'start')
  t.ok(starts.length > 3)
  t.ok(
    starts.every(start => start >= '2027-02-10' && start < '2027-02-11T14'),
    'after the first and before the last'
  )
  const sent = await browser.post(`/b/${id}/steps/1`, { start: starts[0] ?? '' })
  t.equal(sent.headers.location, `/b/${id}`, sent.body.slice(0, 300))
  t.notMatch((await browser.get(`/b/${id}`)).body, 'Still to be chosen')
  t.equal((await browser.get(`/b/${id}/steps/1`)).statusCode, 404, 'it has its time')
  t.equal((await browser.get(`/b/${id}/steps/2`)).statusCode, 404, 'the other’s is not theirs to choose')
})

t.test('whoever pays chooses how, with every sum and day in sight, and finds them on the booking’s page', async t => {
  const { app } = await open(t)
  const { get, post } = visitor(app)
  const address = String((await post('/b', chosen)).headers.location)
  const settled = await post(address, { ...asShown((await get(address)).body), go: 'yes' })
  const form = await get(String(settled.headers.location))
  t.match(form.body, 'All at once: $1,400')
  t.match(form.body, 'In instalments: $466.66 when it is confirmed, $466.66 on Wed 3 Mar, $466.68 on Fri 2 Apr')
  const wrong = await post(String(settled.headers.location), { ...details, name: '', pay: 'instalments' })
  t.match(wrong.body, /value="instalments"[^>]*checked/, 'what was chosen stays')
  const booked = await post(String(settled.headers.location), { ...details, pay: 'instalments' })
  const own = await get(String(booked.headers.location))
  t.match(own.body, '$466.66 when it is confirmed, $466.66 on Wed 3 Mar, $466.68 on Fri 2 Apr')
})
