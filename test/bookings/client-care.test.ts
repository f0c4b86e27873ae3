import t from 'tap'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { openCouple } from '../support/couple.ts'
import { staffPassword } from '../support/database.ts'
import { aStart, open, someone } from '../support/open.ts'
import { colleague } from '../support/staff.ts'

const consent = { termsVersion: 1 }
const tuesday = (hour: number) => `2027-02-09T${hour}:00:00Z`

t.test('one a week for who is signed in, and for nobody else; their therapist can allow more', async t => {
  const house = await open(t)
  const { app, request, book, signIn, signInPerson, client } = house
  await changeRules(client, 'individual', { perClientWeek: 1 })
  const token = await signInPerson()
  const own = (start: string) =>
    request('POST', '/api/bookings', { sessionType: 'individual', start, person: someone, consent }, token)
  t.equal((await own(tuesday(15))).statusCode, 201)
  const again = await own('2027-02-11T15:00:00Z')
  t.match(again.json(), { status: 422, type: '/problems/not-offered', rule: 'too-often' })
  const starts = again.json().alternatives.map(({ start }: { start: string }) => start)
  t.ok(starts.length > 0)
  for (const start of starts) t.notOk(start >= '2027-02-08' && start < '2027-02-15', `${start} is another week`)
  const quoted = await request('POST', '/api/session-types/individual/quote', { start: '2027-02-11T15:00:00Z' }, token)
  t.match(quoted.json(), { status: 422, rule: 'too-often' }, 'the quote says so before')
  t.equal((await own(starts[0])).statusCode, 201, 'what is offered instead can be had')
  const stranger = await book({ sessionType: 'individual', start: '2027-02-11T15:00:00Z' })
  t.equal(stranger.statusCode, 201, 'the same address, not signed in, is a first-time client')
  const [row] = await client<{ id: string }[]>`
    select c.id from clients c join bookings b on b.client_id = c.id order by b.created_at limit 1`
  const frequency = `clients/${row?.id}/frequency`
  const assistant = (await colleague(house, 'ada', ['assistant'])).token
  const allow = (token: string) => request('PUT', `/api/${frequency}`, { oftener: true }, token)
  t.equal((await allow(assistant)).statusCode, 403, 'that is not an assistant’s to say')
  t.equal((await own('2027-02-11T16:00:00Z')).statusCode, 422)
  await client`update staff set roles = '{therapist}' where person_id = (select person_id from resources where slug = 'jessica')`
  const therapist = await signIn()
  t.match((await allow(therapist)).json(), { oftener: true })
  t.equal((await own('2027-02-11T16:00:00Z')).statusCode, 201)
  const ask = (token: string, url: string, oftener?: string) =>
    app.inject({
      url,
      headers: { host: 'localhost:3000', accept: 'text/html', authorization: `Bearer ${token}` },
      ...(oftener && { method: 'POST', payload: { oftener } })
    })
  t.match((await ask(therapist, `/console/clients/${row?.id}`)).body, 'They may book more often')
  t.equal((await ask(assistant, `/console/${frequency}`, 'no')).statusCode, 403)
  t.equal((await ask(therapist, `/console/${frequency}`, 'no')).statusCode, 303)
  t.match((await own('2027-02-12T15:00:00Z')).json(), { rule: 'too-often' }, 'as usual again, by the page')
})

t.test('two bookings of one client at once are one: the week is full for the other', async t => {
  const house = await open(t, { most: 12 })
  const { request, signInPerson, client } = house
  await changeRules(client, 'individual', { perClientWeek: 1 })
  await colleague(house, 'alex', ['therapist'])
  await workLikeJessica(client, 'alex')
  const token = await signInPerson()
  const outcomes = await Promise.all(
    ['jessica', 'alex'].map((therapist, index) =>
      request(
        'POST',
        '/api/bookings',
        { sessionType: 'individual', start: tuesday(15 + index), therapist, person: someone, consent },
        token
      )
    )
  )
  t.same(outcomes.map(({ statusCode }) => statusCode).sort(), [201, 422])
})

t.test('what comes first is asked of everybody alike: who has had it signs in', async t => {
  const { request, book, confirmed, signInPerson, client } = await open(t)
  await changeRules(client, 'couples', { first: ['individual'] })
  const refused = await book()
  t.match(refused.json(), {
    status: 422,
    type: '/problems/not-offered',
    rule: 'first-comes-first',
    detail: /individual/
  })
  const token = await signInPerson()
  const own = (more: object) => request('POST', '/api/bookings', { person: someone, consent, ...more }, token)
  const couples = (start: string) => own({ sessionType: 'couples', start })
  t.same((await couples(aStart)).json().detail, refused.json().detail, 'signed in and new here reads the same')
  await confirmed({ sessionType: 'individual', start: tuesday(18) })
  t.equal((await couples(aStart)).statusCode, 422, 'what somebody booked with the address is not theirs')
  t.equal((await own({ sessionType: 'individual', start: '2027-02-10T15:00:00Z' })).statusCode, 201)
  t.equal((await couples(aStart)).statusCode, 422, 'not before it')
  t.equal((await couples('2027-02-10T18:00:00Z')).statusCode, 201, 'after it')
})

t.test(
  'who belongs to a couple meets nobody at the place, and no answer says whether it would be the other',
  async t => {
    const house = await openCouple(t)
    const { request, book, jo, sam, client } = house
    await changeRules(client, 'individual', { gapAtPlace: 60 })
    const own = (token: string, start: string, place = 'office') =>
      request('POST', '/api/bookings', { sessionType: 'individual', start, place, consent }, token)
    const ask = async (token: string, start: string, place?: string) => {
      const { type, status, detail, title } = (await own(token, start, place)).json()
      return { type, status, detail, title }
    }
    await book({ sessionType: 'individual', start: '2027-02-10T15:00:00Z', place: 'office' })
    t.equal((await own(jo, tuesday(15))).statusCode, 201)
    const near = await ask(sam, tuesday(16))
    t.match(near, { status: 422, type: '/problems/not-offered' }, 'an hour must lie between them')
    const stranger = await ask(sam, '2027-02-10T16:00:00Z')
    t.same(
      { ...stranger, detail: stranger.detail?.replace('02-10', '02-09') },
      near,
      'it reads the same beside anybody else'
    )
    t.equal((await book({ sessionType: 'individual', start: tuesday(16), place: 'office' })).statusCode, 201)
    t.equal((await own(sam, tuesday(18), 'video')).statusCode, 201, 'by video nobody meets')
    t.equal((await own(sam, tuesday(20))).statusCode, 201, 'later')
  }
)

t.test('who has been with a therapist stays with them, unless they name another', async t => {
  const house = await open(t, { limits: { holds: 20, heldShare: 100 } })
  const { request, signInPerson, client, book } = house
  await colleague(house, 'alex', ['therapist'])
  await workLikeJessica(client, 'alex')
  const token = await signInPerson()
  const own = async (more: object) => {
    const answer = await request(
      'POST',
      '/api/bookings',
      { sessionType: 'individual', person: someone, consent, ...more },
      token
    )
    return answer.json()
  }
  t.match((await own({ start: tuesday(15), therapist: 'jessica' })).appointments, [{ therapist: 'jessica' }])
  t.match((await book({ sessionType: 'individual', start: tuesday(18) })).json().appointments, [{ therapist: 'alex' }])
  t.match((await own({ start: tuesday(19) })).appointments, [{ therapist: 'jessica' }])
  await book({ sessionType: 'individual', start: '2027-02-10T15:00:00Z', therapist: 'jessica' })
  const taken = await own({ start: '2027-02-10T15:00:00Z' })
  t.match(taken, { status: 409, type: '/problems/slot-taken' })
  for (const { therapist } of taken.alternatives) t.equal(therapist, 'jessica')
  t.match((await own({ start: '2027-02-10T15:00:00Z', therapist: 'alex' })).appointments, [{ therapist: 'alex' }])
  t.match((await own({ start: '2027-02-11T15:00:00Z' })).appointments, [{ therapist: 'alex' }], 'the latest')
})

t.test('every week of a series is asked, also those that are months away', async t => {
  const { request, signInPerson, client } = await open(t)
  for (const slug of ['weekly', 'couples']) await changeRules(client, slug, { perClientWeek: 1, family: 'together' })
  const token = await signInPerson()
  const own = (more: object) => request('POST', '/api/bookings', { person: someone, consent, ...more }, token)
  t.equal((await own({ sessionType: 'couples', start: '2027-03-25T14:00:00Z' })).statusCode, 201)
  const series = { sessionType: 'weekly', start: aStart, occurrences: 8 }
  t.match((await own(series)).json(), { status: 422, type: '/problems/not-offered', rule: 'too-often' })
  const days = ['02-09', '02-16', '02-23', '03-02', '03-09'].map(day => `2027-${day}T15:00:00Z`)
  const around = await own({ ...series, occurrences: [...days, '2027-03-16T14:00:00Z', null, '2027-03-30T14:00:00Z'] })
  t.equal(around.statusCode, 201, around.body)
})

t.test('what comes first comes before dates for couples as well', async t => {
  const { request, signInPerson, client } = await open(t)
  await changeRules(client, 'retreat', { first: ['couples'], approval: false, callEach: false })
  const day = { day: '2027-06-10', min: 1, max: 2, state: 'open' }
  const staff = await request('POST', '/api/sessions', { email: 'jessica@example.com', password: staffPassword })
  const made = await request('POST', '/api/session-types/retreat/editions', day, staff.json().accessToken)
  const edition = made.json().id
  const token = await signInPerson()
  const seat = () => request('POST', '/api/bookings', { sessionType: 'retreat', edition, consent }, token)
  t.match((await seat()).json(), { status: 422, type: '/problems/not-offered', rule: 'first-comes-first' })
  const quoted = () => request('POST', '/api/session-types/retreat/quote', { edition }, token)
  t.match((await quoted()).json(), { status: 422, rule: 'first-comes-first' })
  t.equal(
    (await request('POST', '/api/bookings', { sessionType: 'couples', start: aStart, consent }, token)).statusCode,
    201
  )
  t.equal((await quoted()).statusCode, 200)
  const taken = await seat()
  t.equal(taken.statusCode, 201, taken.body)
})

t.test('all later ones are moved to weeks that suit, too; what staff move is theirs to say', async t => {
  const { request, signInPerson, signIn, client, gateway, work } = await open(t)
  for (const slug of ['weekly', 'couples']) await changeRules(client, slug, { perClientWeek: 1, family: 'together' })
  const token = await signInPerson()
  const own = async (more: object) =>
    (await request('POST', '/api/bookings', { person: someone, consent, ...more }, token)).json()
  const series = await own({ sessionType: 'weekly', start: '2027-02-16T15:00:00Z', occurrences: 2 })
  const [attempt] = await client<{ id: string; checkout: string }[]>`select id, checkout_id as checkout from attempts`
  gateway.pay(attempt?.checkout ?? '')
  await request('GET', `/x/${attempt?.id}`)
  await work()
  const single = await own({ sessionType: 'couples', start: '2027-03-04T15:00:00Z' })
  t.ok(single.id, JSON.stringify(single))
  const later = async (by: string, more: object = {}) =>
    request(
      'POST',
      `/api/appointments/${series.appointments[0].id}/later`,
      { start: '2027-02-24T15:00:00Z', ...more },
      by
    )
  const refused = await later(token)
  t.match(refused.json(), { status: 422, type: '/problems/not-offered', rule: 'too-often' }, refused.body)
  const staff = await later(await signIn(), { agreed: true })
  t.equal(staff.statusCode, 200, staff.body)
})

/** A series of two weeks of somebody who is signed in, paid, and another session of the same family three weeks on. */
async function seriesOfMine(t: Parameters<typeof open>[0]) {
  const house = await open(t)
  const { request, signInPerson, client, gateway, work, clock } = house
  for (const slug of ['weekly', 'couples']) await changeRules(client, slug, { perClientWeek: 1, family: 'together' })
  const own = async (more: object) => {
    const body = { person: someone, consent, ...more }
    return (await request('POST', '/api/bookings', body, await signInPerson())).json()
  }
  const series = await own({ sessionType: 'weekly', start: '2027-02-16T15:00:00Z', occurrences: 2 })
  const [attempt] = await client<{ id: string; checkout: string }[]>`select id, checkout_id as checkout from attempts`
  gateway.pay(attempt?.checkout ?? '')
  await request('GET', `/x/${attempt?.id}`)
  await work()
  const at = async (moment: string) => {
    clock.set(moment)
    return { me: await signInPerson(), staff: await house.signIn() }
  }
  return { ...house, own, series, at }
}
const refusal = { status: 422, type: '/problems/not-offered', rule: 'too-often' }

t.test(
  'what makes up for one that was let fall lies in a week that suits, too; what staff lay is theirs to say',
  async t => {
    const { request, series, at } = await seriesOfMine(t)
    const [first] = series.appointments
    const { me, staff } = await at('2027-02-15T15:00:00Z')
    t.match((await request('POST', `/api/appointments/${first.id}/skip`, undefined, me)).json(), {
      fee: { amount: 40_000 }
    })
    const makeUp = (start: string, by: string, more = {}) =>
      request('POST', `/api/appointments/${first.id}/move`, { start, ...more }, by)
    const near = '2027-02-22T15:00:00Z'
    t.match((await makeUp(near, me)).json(), refusal, 'the other one is on Tuesday of that week')
    const done = await makeUp(near, staff, { agreed: true })
    t.equal(done.statusCode, 200, done.body)
    const another = await seriesOfMine(t)
    const { me: again } = await another.at('2027-02-15T15:00:00Z')
    const path = `/api/appointments/${another.series.appointments[0].id}`
    await another.request('POST', `${path}/skip`, undefined, again)
    t.equal((await another.request('POST', `${path}/move`, { start: '2027-02-19T15:00:00Z' }, again)).statusCode, 200)
  }
)

t.test('a series goes on in weeks that suit; what staff let go on is theirs to say', async t => {
  const { request, series, own, at } = await seriesOfMine(t)
  const single = await own({ sessionType: 'couples', start: '2027-03-11T15:00:00Z' })
  t.ok(single.id, JSON.stringify(single))
  const { me, staff } = await at('2027-02-08T12:00:00Z')
  const path = `/api/bookings/${series.id}`
  const paused = await request('POST', `${path}/pause`, { from: '2027-02-10T00:00:00Z' }, me)
  t.equal(paused.statusCode, 200, paused.body)
  const resume = (start: string, by: string) => request('POST', `${path}/resumption`, { start }, by)
  t.match(
    (await resume('2027-03-02T15:00:00Z', me)).json(),
    refusal,
    'the second would be in the week of the single one'
  )
  const done = await resume('2027-03-02T15:00:00Z', staff)
  t.equal(done.statusCode, 200, done.body)
})
