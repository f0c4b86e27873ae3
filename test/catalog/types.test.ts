import t from 'tap'
import { open } from '../support/open.ts'
import { colleague } from '../support/staff.ts'

const path = '/api/session-types/couples'

/** What could stand in a request to make one. */
const short = {
  slug: 'check-in',
  kind: 'individual',
  public: true,
  name: 'A check-in',
  description: 'Half an hour.',
  price: { amount: 12_000, currency: 'USD' },
  plan: { anchor: 'start', dayExclusive: false, segments: [{ minutes: 30, who: 'first', day: 0 }] },
  policy: { bands: [{ notice: { hours: 0 }, keep: { fixed: 0 } }] },
  rules: {
    before: 0,
    after: 10,
    grid: 30,
    notice: 60,
    horizon: 30,
    approval: false,
    pay: { mode: 'full' },
    reminders: [24]
  },
  offerings: [{ therapist: 'jessica', place: 'video' }]
}

t.test('a session type is made, seen by everybody who may, and booked', async t => {
  const { request, signIn, book } = await open(t)
  const owner = await signIn()
  const made = await request('POST', '/api/session-types', short, owner)
  t.equal(made.statusCode, 201, made.body)
  t.match(made.json(), { ...short, version: 1, minutes: 30 })
  t.match((await request('GET', '/api/session-types')).json().items.at(-1), { slug: 'check-in', minutes: 30 })
  const booked = await book({ sessionType: 'check-in', place: 'video' })
  t.equal(booked.statusCode, 201, booked.body)
  t.match((await request('POST', '/api/session-types', short, owner)).json(), { errors: [{ pointer: '/slug' }] })
})

t.test('a change makes a new version, and what is booked keeps its own', async t => {
  const { app, request, signIn, confirmed } = await open(t)
  const owner = await signIn()
  const { id, token } = await confirmed()
  const settings = await request('GET', `${path}/settings`, undefined, owner)
  const etag = String(settings.headers.etag)
  const { rules } = settings.json()
  const price = { amount: 45_000, currency: 'USD' }
  const changed = await request('PATCH', path, { price, rules: { ...rules, perWeek: 5, demanding: true } }, owner)
  t.match(changed.json(), { version: 2, price, rules: { perWeek: 5, demanding: true } }, changed.body)
  t.match((await request('GET', path)).json(), { price })
  t.match((await request('GET', `/api/bookings/${id}`, undefined, token)).json(), { price: { amount: 40_000 } })
  t.match(
    (await request('PATCH', path, { public: false }, owner)).json(),
    { version: 2, public: false },
    'no new terms'
  )
  t.equal((await request('GET', path)).statusCode, 404)
  const headers = { host: 'localhost:3000', authorization: `Bearer ${owner}`, 'if-match': etag }
  const stale = await app.inject({ method: 'PATCH', url: path, headers, payload: { public: true } })
  t.match(stale.json(), { status: 412, type: '/problems/changed-meanwhile' })
})

t.test('what does not fit is refused with every fault named', async t => {
  const { request, signIn } = await open(t)
  const owner = await signIn()
  const { plan, rules, policy } = (await request('GET', `${path}/settings`, undefined, owner)).json()
  const pointers = async (change: object) =>
    (await request('PATCH', path, change, owner)).json().errors?.map(({ pointer }: { pointer: string }) => pointer)
  t.same(await pointers({ rules: { ...rules, reminders: [] } }), ['/rules/reminders'], 'a band ends unannounced')
  t.same(await pointers({ policy: { bands: policy.bands.slice(0, 1) } }), ['/policy/bands'])
  t.same(await pointers({ rules: { ...rules, first: ['nothing', 'couples'] } }), ['/rules/first/0', '/rules/first/1'])
  t.same(await pointers({ price: { amount: 1, currency: 'EUR' } }), ['/price/currency'])
  t.same(await pointers({ offerings: [{ therapist: 'nobody', place: 'nowhere' }] }), [
    '/offerings/0/therapist',
    '/offerings/0/place'
  ])
  t.same(
    await pointers({ rules: { ...rules, therapists: 2 } }),
    ['/offerings'],
    'two therapists at one place are needed'
  )
  const step = { minutes: 50, who: 'first', day: 0, before: { hours: 48, days: 9 }, optional: true, price: 5_000 }
  const beside = (more: object) => ({ plan: { ...plan, segments: [...plan.segments, { ...step, ...more }] } })
  t.same(
    await pointers({ ...beside({}), rules: { ...rules, notice: 71 * 60 } }),
    ['/plan/segments/1'],
    'no day is left'
  )
  t.same(await pointers(beside({ optional: undefined })), ['/plan/segments/1'])
  t.same(await pointers({ rules: { ...rules, whatever: 1 } }), ['/rules/whatever'])
  const start = (...segments: object[]) => ({ anchor: 'start', dayExclusive: false, apart: true, segments })
  const session = { minutes: 50, who: 'both', day: 0 }
  t.same(await pointers({ plan: start({ ...session, who: 'nobody' }) }), ['/plan/segments/0/who'])
  t.same(await pointers({ plan: start({ ...session, who: 'second' }, { ...session, day: 1 }) }), [
    '/plan/segments/0/who'
  ])
  t.same(await pointers({ plan: start(session, { ...session, after: { min: 0, max: 9_000_000_000 } }) }), [
    '/plan/segments/1/after/max'
  ])
  t.same(await pointers({ plan: start(...Array.from({ length: 401 }, (_, day) => ({ ...session, day }))) }), [
    '/plan/segments'
  ])
  t.same(await pointers({ rules: { ...rules, notice: 9e15, reminders: [72, 24, 9e15] } }), [
    '/rules/notice',
    '/rules/reminders/2'
  ])
  t.same(await pointers({ rules: { ...rules, callEach: true } }), ['/rules/approval'])
  const alone = { ...start({ ...session, who: 'first' }) }
  t.same(await pointers({ plan: alone, rules: { ...rules, approval: true, callEach: true } }), ['/rules/callEach'])
  t.same(await pointers({ description: 'A line\nand one more, with what no database takes: \u0000' }), ['/description'])
  const pay = { mode: 'deposit', percent: 1, daysBefore: 9e15 }
  t.same(await pointers({ price: { amount: 1, currency: 'USD' }, rules: { ...rules, pay } }), [
    '/rules/pay/daysBefore',
    '/rules/pay/percent'
  ])
  t.equal((await request('PATCH', '/api/session-types/none', { public: true }, owner)).statusCode, 404)
})

t.test('two therapists and their places are offered from then on, and only the owner sets that', async t => {
  const house = await open(t)
  const { request, signIn } = house
  const { token } = await colleague(house, 'alex', ['therapist'])
  const owner = await signIn()
  const { rules } = (await request('GET', `${path}/settings`, undefined, token)).json()
  const offerings = ['jessica', 'alex'].map(therapist => ({ therapist, place: 'video' }))
  t.equal((await request('PATCH', path, { offerings }, token)).statusCode, 403)
  const changed = await request('PATCH', path, { offerings, rules: { ...rules, therapists: 2 } }, owner)
  t.match(changed.json(), { offerings: [{ therapist: 'alex' }, { therapist: 'jessica' }] }, changed.body)
  const hours = { zone: 'America/New_York', hours: [{ days: ['tue'], from: '09:00', to: '12:00' }], exceptions: [] }
  await request('PUT', '/api/therapists/alex/opening-hours', hours, token)
  const slots = await request('GET', `${path}/slots?from=2027-02-08&to=2027-02-12&zone=America/New_York`)
  const found = slots.json().slots
  t.ok(found.length > 0)
  for (const slot of found) {
    t.match(slot, { therapist: 'alex', with: 'jessica', place: 'video' })
    t.ok(slot.start.startsWith('2027-02-09'), 'only on Tuesday are both here')
  }
})
