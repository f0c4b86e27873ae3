import type { Test } from 'tap'
import t from 'tap'
import { settle } from '../../src/bookings/settle.ts'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { openCouple } from '../support/couple.ts'
import { aStart, open, someone } from '../support/open.ts'
import { colleague } from '../support/staff.ts'

const person = { name: 'Robin Asked', email: 'robin@example.com', zone: 'America/New_York' }
const other = '2027-02-10T15:00:00Z'
const until = '2027-02-05T17:00:00Z'
const price = { amount: 32000, currency: 'USD' }
const consent = { termsVersion: 1 }

type House = Awaited<ReturnType<typeof open>>

async function openHouse(t: Test, own: Parameters<typeof open>[1] = {}) {
  const house = await open(t, own)
  return { ...house, token: await house.signIn() }
}

const proposeAs = ({ request }: Pick<House, 'request'>, token: string, more: object = {}) =>
  request(
    'POST',
    '/api/proposals',
    { person, sessionType: 'couples', price, starts: [aStart, other], hold: true, until, ...more },
    token
  )
const linkIn = ({ url }: { url: string }) => url.split('/o/')[1] ?? ''
const look = ({ request }: Pick<House, 'request'>, link: string) => request('GET', `/api/proposal-links/${link}`)
const answer = ({ request }: Pick<House, 'request'>, link: string, body: object) =>
  request('POST', `/api/proposal-links/${link}/answers`, body)
const accept = (house: Pick<House, 'request'>, link: string, start = aStart) =>
  answer(house, link, { answer: 'accept', start, consent })

t.test(
  'who is asked gets a discreet mail, sees exact times, price and policy, accepts one, pays that price',
  async t => {
    const house = await openHouse(t)
    const { token, work, mails, client, gateway, deps, scope } = house
    const made = await proposeAs(house, token)
    t.match(made, { statusCode: 201 }, made.body)
    t.match(made.json(), { state: 'open', held: true, price, name: person.name, starts: [aStart, other] })
    await work()
    const [mail] = mails
    t.match(mail, { to: person.email, subject: 'Something for you to look at' })
    const { url } = made.json()
    t.match(mail?.text, url)
    t.notMatch(mail?.text.replace(url, ''), /couple|session|\$|9 Feb|Jessica/i)
    const link = linkIn({ url })
    const seen = (await look(house, link)).json()
    t.match(seen, { state: 'open', price, until, termsVersion: 1 })
    t.match(seen.times, [
      {
        start: aStart,
        free: true,
        appointments: [{ start: aStart, end: '2027-02-09T16:20:00Z' }],
        dues: [{ amount: price }],
        policy: [{ until: '2027-02-07T15:00:00Z', back: price }, { back: { amount: 0 } }]
      },
      { start: other, free: true }
    ])
    t.match(seen.terms, '$320')
    const accepted = (await accept(house, link)).json()
    t.match(accepted, { state: 'accepted', payment: { url: /^https:/ } })
    t.match(await client`select state, price::int from bookings`, [{ state: 'held', price: 32000 }])
    t.same(await client`select 1 from kept_times`, [], 'the other time is free again')
    const [attempt] = await client<{ id: string; checkout: string }[]>`select id, checkout_id as checkout from attempts`
    gateway.pay(attempt?.checkout ?? '')
    await settle(deps, scope, attempt?.id ?? '')
    t.match(await client`select state from bookings`, [{ state: 'confirmed' }])
    t.match((await look(house, link)).json(), { state: 'over', times: [] }, 'what was answered is not told again')
    const [listed] = (await house.request('GET', '/api/proposals', undefined, token)).json().items
    t.match(listed, { state: 'accepted', booking: accepted.booking, url: null })
  }
)

t.test('kept times are nobody else’s until the proposal ends; those that are not kept may go', async t => {
  const house = await openHouse(t)
  const { token, book, clock, minute, request } = house
  const kept = (await proposeAs(house, token)).json()
  t.equal((await book()).statusCode, 409)
  t.match((await proposeAs(house, token)).json(), { type: '/problems/slot-taken' }, 'not even proposed twice')
  const withdrawn = await request('POST', `/api/proposals/${kept.id}/withdrawal`, undefined, token)
  t.match(withdrawn.json(), { state: 'withdrawn', url: null }, withdrawn.body)
  t.match((await accept(house, linkIn(kept))).json(), { type: '/problems/proposal-over', status: 409 })
  t.equal((await book()).statusCode, 201, 'its time is free')

  const loose = (await proposeAs(house, token, { hold: false, starts: [other, '2027-02-11T15:00:00Z'] })).json()
  t.equal((await book({ start: other, person: { ...someone, email: 'fast@example.com' } })).statusCode, 201)
  t.match((await look(house, linkIn(loose))).json().times, [{ free: false }, { free: true }])
  t.match((await accept(house, linkIn(loose), other)).json(), { type: '/problems/slot-taken' })
  const lapsing = (await proposeAs(house, token, { starts: ['2027-02-12T15:00:00Z'] })).json()
  clock.move({ days: 5 })
  t.match((await accept(house, linkIn(lapsing), '2027-02-12T15:00:00Z')).json(), { type: '/problems/proposal-over' })
  await minute()
  t.same(await house.client`select 1 from kept_times`, [])
  const { items } = (await request('GET', '/api/proposals', undefined, await house.signIn())).json()
  t.same(
    items.map(({ state }: { state: string }) => state),
    ['lapsed', 'lapsed', 'withdrawn']
  )
})

t.test('where somebody else reads the mailbox, the mail opens nothing and names no time', async t => {
  const house = await openHouse(t)
  const made = await proposeAs(house, house.token)
  await house.client`update contact_points set shared_mailbox = true`
  await house.work()
  t.match(house.mails[0], { to: person.email, subject: 'Something for you to look at' })
  t.notMatch(house.mails[0]?.text, /\/o\/|\d\d:\d\d/)
  t.equal((await look(house, linkIn(made.json()))).statusCode, 200, 'staff can give the link in another way')
})

t.test('whoever would rather not says so by the link, and it is over', async t => {
  const house = await openHouse(t)
  const made = (await proposeAs(house, house.token)).json()
  t.match((await answer(house, linkIn(made), { answer: 'decline' })).json(), { state: 'declined' })
  t.equal((await house.book()).statusCode, 201)
  t.equal((await answer(house, linkIn(made), { answer: 'decline' })).statusCode, 409)
  t.equal((await look(house, 'x'.repeat(43))).statusCode, 404)
})

t.test(
  'who proposed hears of a no, and that no answer came: one mail without a name, and a week in their tasks',
  async t => {
    const house = await openHouse(t)
    const { token, mails, work, minute, clock, request } = house
    const made = (await proposeAs(house, token)).json()
    await work()
    const tasks = async (as: string) =>
      (await request('GET', '/api/tasks', undefined, as))
        .json()
        .items.filter(({ kind }: { kind: string }) => kind === 'proposal')
    mails.length = 0
    await answer(house, linkIn(made), { answer: 'decline' })
    await work()
    t.match(mails, [
      { to: 'jessica@example.com', subject: 'An answer for you', text: /the answer to what you proposed is no/ }
    ])
    t.notMatch(mails[0]?.text, new RegExp(`${person.name}|\\d\\d:\\d\\d`))
    t.match(await tasks(token), [{ id: made.id, dueAt: null }])
    const other = (await proposeAs(house, token, { starts: ['2027-02-12T15:00:00Z'] })).json()
    await work()
    mails.length = 0
    clock.move({ days: 5 })
    await minute()
    t.match(mails, [{ to: 'jessica@example.com', subject: 'No answer came' }])
    const later = await house.signIn()
    t.same(
      (await tasks(later)).map(({ id }: { id: string }) => id),
      [other.id, made.id]
    )
    clock.move({ days: 8 })
    t.same(await tasks(await house.signIn()), [])
  }
)

t.test(
  'accepted by twenty at once, withdrawn and booked by others meanwhile: one booking, and nothing kept',
  async t => {
    const house = await openHouse(t, { most: 30 })
    const { token, client } = house
    const made = (await proposeAs(house, token)).json()
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, (_, index) => accept(house, linkIn(made), index % 2 ? aStart : other)),
      ...Array.from({ length: 5 }, (_, index) =>
        house.book({ person: { ...someone, email: `p-${index}@example.com` } })
      )
    ])
    const accepted = answers.slice(0, 20).filter(({ statusCode }) => statusCode === 200)
    t.equal(accepted.length, 1)
    t.same([...new Set(answers.slice(0, 20).map(({ statusCode }) => statusCode))].sort(), [200, 409])
    const [row] = await client`
    select (select count(*)::int from private_proposals where state = 'accepted') as accepted,
      (select count(*)::int from kept_times) as kept,
      (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`
    t.match(row, { accepted: 1, kept: 0, deadlocks: 0 })
  }
)

t.test('an own plan is this proposal’s alone: its length and dates, and the catalogue stays as it was', async t => {
  const house = await openHouse(t)
  const { token, request, client } = house
  const segment = { minutes: 120, who: 'both' as const }
  const plan = {
    anchor: 'start',
    dayExclusive: false,
    segments: [
      { ...segment, day: 0 },
      { ...segment, day: 1 }
    ]
  }
  const before = (await request('GET', '/api/session-types/couples')).json()
  const made = await proposeAs(house, token, { plan, starts: ['2027-02-09T14:00:00Z'] })
  t.equal(made.statusCode, 201, made.body)
  const again = await proposeAs(house, token, { plan, starts: ['2027-02-16T14:00:00Z'] })
  t.equal(again.statusCode, 201, again.body)
  const [time] = (await look(house, linkIn(made.json()))).json().times
  t.match(time.appointments, [
    { start: '2027-02-09T14:00:00Z', end: '2027-02-09T16:00:00Z' },
    { start: '2027-02-10T14:00:00Z', end: '2027-02-10T16:00:00Z' }
  ])
  t.equal((await house.book({ start: '2027-02-10T14:00:00Z' })).statusCode, 409, 'its second day is kept as well')
  t.equal((await accept(house, linkIn(made.json()), '2027-02-09T14:00:00Z')).json().state, 'accepted')
  t.match(await client`select count(*)::int as n from appointments where booking_id is not null`, [{ n: 2 }])
  t.same((await request('GET', '/api/session-types/couples')).json(), before)
})

t.test(
  'a therapist’s word that they spoke with each is asked by the plan that is proposed, not by the type’s',
  async t => {
    const house = await openHouse(t)
    const alone = {
      anchor: 'day',
      dayExclusive: true,
      segments: [{ minutes: 120, who: 'first', day: 0, at: '09:00' }]
    }
    const days = {
      sessionType: 'intensive-1-day',
      starts: ['2027-03-02T14:00:00Z'],
      place: 'office',
      spokenWithEach: true
    }
    const refused = await proposeAs(house, house.token, { ...days, plan: alone })
    t.match(refused.json(), { status: 422, errors: [{ pointer: '/spokenWithEach' }] }, refused.body)
    t.match((await proposeAs(house, house.token, days)).json(), { state: 'open' })
  }
)

t.test('an own plan whose own buffers overlap is refused: it could never be accepted', async t => {
  const house = await openHouse(t)
  const part = { minutes: 120, who: 'both', day: 0 }
  const plan = (at: string) => ({
    anchor: 'day',
    dayExclusive: false,
    segments: [
      { ...part, at: '13:00' },
      { ...part, at }
    ]
  })
  const starts = ['2027-02-09T18:00:00Z']
  t.match((await proposeAs(house, house.token, { plan: plan('15:20'), starts })).json(), {
    errors: [{ pointer: '/plan/segments/1', detail: 'Leave 25 minutes after the one before: they are kept free' }]
  })
  const made = await proposeAs(house, house.token, { plan: plan('15:25'), starts })
  t.equal(made.statusCode, 201, made.body)
  t.match((await accept(house, linkIn(made.json()), starts[0])).json(), { state: 'accepted' })
})

t.test('instead of a time that is gone, starts of the plan that is proposed are named, not of the type’s', async t => {
  const house = await openHouse(t)
  const plan = { anchor: 'day', dayExclusive: false, segments: [{ minutes: 240, who: 'both', day: 0, at: '14:00' }] }
  const { alternatives } = (await proposeAs(house, house.token, { plan, starts: [aStart] })).json()
  t.ok(alternatives.length > 0)
  for (const { start, end } of alternatives)
    t.match([start, end], [/T19:00:00Z$/, /T23:00:00Z$/], 'four hours from two o’clock')
})

t.test('what costs nothing stands with the yes; of two who belong together the other is asked as always', async t => {
  const house = await openCouple(t)
  const { couple, therapist, client, work, mails } = house
  const free = { person: undefined, client: couple, price: { amount: 0, currency: 'USD' }, starts: [aStart] }
  const made = await proposeAs(house, therapist, free)
  t.equal(made.statusCode, 201, made.body)
  const accepted = (await accept(house, linkIn(made.json()))).json()
  t.match(accepted, { state: 'accepted', payment: null })
  t.match(await client`select state from bookings where id = ${accepted.booking}`, [{ state: 'requested' }])
  await work()
  t.ok(mails.some(({ to }) => to === 'sam@example.com'))
  await house.request('POST', `/api/bookings/${accepted.booking}/acceptance`, { answer: 'accept' }, house.sam)
  t.match(await client`select state from bookings where id = ${accepted.booking}`, [{ state: 'confirmed' }])
})

t.test('what is proposed to a couple ends with it, and its times are free; what is for one alone stays', async t => {
  const house = await openCouple(t)
  const { couple, therapist, request, sam, client, work, mails } = house
  const made = { person: undefined, client: couple }
  const both = linkIn((await proposeAs(house, therapist, { ...made, starts: [aStart] })).json())
  const alone = { ...made, sessionType: 'individual', starts: [other] }
  const own = linkIn((await proposeAs(house, therapist, alone)).json())
  t.equal((await request('POST', `/api/me/memberships/${couple}/end`, undefined, sam)).statusCode, 200)
  t.match((await accept(house, both)).json(), { type: '/problems/proposal-over' })
  t.match(
    await client`select state, (select count(*)::int from kept_times k where k.proposal_id = p.id) as kept
      from private_proposals p order by state`,
    [{ state: 'lapsed', kept: 0 }, { state: 'open' }]
  )
  await work()
  t.match(
    mails.findLast(({ to }) => to === 'jessica@example.com'),
    { text: /proposal/i },
    'whoever proposed it hears that no answer came'
  )
  t.equal((await look(house, own)).json().state, 'open')
})

t.test('what cannot be proposed is refused with every fault; owner and the therapist alone propose', async t => {
  const house = await openHouse(t)
  const { token } = house
  const wrong = await proposeAs(house, token, {
    price: { amount: -1, currency: 'EUR' },
    starts: [aStart, aStart],
    until: '2026-01-01T00:00:00Z',
    override: ['hours']
  })
  t.same(
    wrong.json().errors?.map(({ pointer }: { pointer: string }) => pointer),
    ['/price/currency', '/price/amount', '/until', '/starts', '/reason'],
    wrong.body
  )
  t.match((await proposeAs(house, token, { sessionType: 'retreat' })).statusCode, 422)
  t.match((await accept(house, linkIn((await proposeAs(house, token)).json()), until)).json(), {
    errors: [{ pointer: '/start' }]
  })
  const assistant = await colleague(house, 'alex', ['assistant'])
  const robin = await colleague(house, 'robin', ['therapist'])
  t.equal((await proposeAs(house, assistant.token)).statusCode, 403)
  t.equal(
    (await proposeAs(house, robin.token, { therapist: 'jessica', starts: ['2027-02-11T15:00:00Z'] })).statusCode,
    403
  )
  t.same((await house.request('GET', '/api/proposals', undefined, robin.token)).json().items, [])
})

t.test('an own plan is free where all of it is, however far it reaches beyond the session type’s own', async t => {
  const house = await openHouse(t)
  const { token, request, client } = house
  const off = { start: '2027-03-01T05:00:00Z', end: '2027-03-06T05:00:00Z' }
  t.equal((await request('POST', '/api/therapists/jessica/time-off', off, token)).statusCode, 201)
  const session = { minutes: 80, who: 'both', day: 0 }
  const rounds = {
    anchor: 'start',
    dayExclusive: false,
    apart: true,
    repeat: { every: [7], times: 6, least: 2, most: 12 },
    segments: [session]
  }
  const one = { starts: [aStart], place: 'video' }
  t.match(
    (await proposeAs(house, token, { ...one, plan: rounds })).json(),
    { status: 409 },
    'the fourth is in the time off'
  )
  const steps = { ...rounds, repeat: undefined, segments: [session, { ...session, after: { min: 21, max: 28 } }] }
  t.match((await proposeAs(house, token, { ...one, plan: steps })).json(), { state: 'open' })
  const [kept] =
    await client`select lower(during) >= '2027-03-08 05:00+00' as after from kept_times order by lower(during) desc`
  t.same({ ...kept }, { after: true }, 'the second step is laid after it')
})

t.test('the times of two therapists are kept of both', async t => {
  const house = await openHouse(t)
  const { token, client } = house
  await colleague(house, 'alex', ['therapist'])
  await workLikeJessica(client, 'alex')
  await changeRules(client, 'couples', { therapists: 2 })
  t.match(await proposeAs(house, token, { starts: [aStart], place: 'office' }), { statusCode: 201 })
  const kept = await client`select slug from kept_times k join resources r on r.id = k.resource_id order by slug`
  t.same(
    kept.map(({ slug }) => slug),
    ['alex', 'jessica', 'office']
  )
})

t.test('what rules of care ask of a client is asked before a proposal, too, unless the therapist says so', async t => {
  const house = await openHouse(t)
  const { token, client, request, signInPerson } = house
  await changeRules(client, 'individual', { perClientWeek: 1 })
  const theirs = await signInPerson()
  const body = { sessionType: 'individual', start: aStart, person: someone, consent }
  t.equal((await request('POST', '/api/bookings', body, theirs)).statusCode, 201)
  const [known] = await client<{ id: string }[]>`select client_id as id from bookings`
  const again = (more: object = {}) =>
    proposeAs(house, token, {
      person: undefined,
      client: known?.id,
      sessionType: 'individual',
      starts: [other],
      ...more
    })
  t.match((await again()).json(), { status: 422, rule: 'too-often' })
  t.equal((await again({ override: ['caps'], reason: 'A hard week' })).statusCode, 201)
  t.equal((await again({ starts: ['2027-02-17T15:00:00Z'] })).statusCode, 201, 'another week')
})

t.test('of a session that takes two therapists the times of both are kept', async t => {
  const house = await openHouse(t)
  await colleague(house, 'alex', ['therapist'])
  await workLikeJessica(house.client, 'alex')
  await changeRules(house.client, 'couples', { therapists: 2 })
  const made = await proposeAs(house, house.token, { starts: [aStart] })
  t.equal(made.statusCode, 201, made.body)
  t.match(
    await house.client`select r.slug from kept_times k join resources r on r.id = k.resource_id where r.slug <> 'office' order by r.slug`,
    [{ slug: 'alex' }, { slug: 'jessica' }]
  )
  const accepted = await accept(house, linkIn(made.json()))
  t.equal(accepted.statusCode, 200, accepted.body)
  t.same(await house.client`select 1 from kept_times`, [])
})

t.test(
  'a programme that is proposed shows all its steps, in words too, and nothing of them once it is answered',
  async t => {
    const house = await openHouse(t)
    const made = (
      await proposeAs(house, house.token, { sessionType: 'assessment', hold: false, place: 'video' })
    ).json()
    const link = linkIn(made)
    const { steps } = (await look(house, link)).json()
    t.match(steps, [
      { minutes: 90, who: 'both' },
      { minutes: 50, who: 'first', after: { min: 1, max: 14 } },
      { minutes: 50, who: 'second' },
      { minutes: 90, who: 'both' }
    ])
    const page = (await house.request('GET', `/o/${link}`)).body
    t.match(page, '50 minutes, alone, for the other of you, up to 14 days after the one before')
    t.match(await answer(house, link, { answer: 'decline' }), { statusCode: 200 })
    t.equal((await look(house, link)).json().steps, undefined)
  }
)
