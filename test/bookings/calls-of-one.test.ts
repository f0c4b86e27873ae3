import t from 'tap'
import { holdCall, payFor } from '../support/after-calls.ts'
import { changePlan } from '../support/care.ts'
import { renew } from '../support/joint.ts'
import { someone } from '../support/open.ts'
import { monday, openDays } from '../support/private-days.ts'
import { couple, openRetreat } from '../support/retreat.ts'

/** Somebody new, for whom alone a day is put together of a type whose days are for two. */
const alone = { ...someone, name: 'Robin Caller', email: 'robin@example.com' }
const segments = [{ who: 'first', minutes: 90, day: 0 }]
const plan = { anchor: 'start', dayExclusive: false, apart: true, segments }

t.test('what is put together for one alone waits for no call: the practice’s yes comes with it', async t => {
  const house = await openDays(t)
  const { request, signIn, client } = house
  const price = { amount: 30_000, currency: 'USD' }
  const offer = { sessionType: 'intensive-2-day', person: alone, price, plan, starts: [monday] }
  const body = { ...offer, hold: true, until: '2027-02-05T17:00:00Z' }
  const proposed = (await request('POST', '/api/proposals', body, await signIn())).json()
  t.match(proposed, { state: 'open' })
  const link = `/api/proposal-links/${String(proposed.url).split('/o/')[1]}`
  t.equal((await request('GET', link)).json().before, undefined)
  const answer = { answer: 'accept', start: monday, consent: { termsVersion: 1 } }
  const { booking } = (await request('POST', `${link}/answers`, answer)).json()
  t.match(await client`select state from bookings where id = ${booking}`, [{ state: 'held' }])
  t.equal(await payFor(house, booking), 'confirmed')
})

t.test('a type for one that was saved with calls is approved without them, in the time that it has', async t => {
  const house = await openDays(t)
  const { book, request, signIn, client, openedBy } = house
  await renew(house, 'individual', '{"rules": {"approval": true, "callEach": true}}')
  const { id } = (await book({ sessionType: 'individual', start: '2027-02-16T15:00:00Z' })).json()
  const deadline = async () =>
    client`select deadline from acceptances where booking_id = ${id} and by = 'practice' and answer is null`
  const before = await deadline()
  t.equal(before.length, 1)
  await holdCall(house, someone, '2027-02-02T15:00:00Z')
  t.same(await deadline(), before, 'a call of one alone moves nothing')
  const token = await signIn()
  t.same((await request('GET', `/api/bookings/${id}/calls`, undefined, token)).json().items, [])
  t.match((await request('POST', `/api/bookings/${id}/approval`, { approved: true }, token)).json(), { state: 'held' })
  t.match((await request('GET', `/api/bookings/${id}`, undefined, await openedBy(id))).json(), { state: 'held' })
})

t.test('a no to what is for one alone is told to them as any no, not in the words for two', async t => {
  const house = await openDays(t)
  const { book, request, signIn, mails, work } = house
  await renew(house, 'individual', '{"rules": {"approval": true, "callEach": true}}')
  const { id } = (await book({ sessionType: 'individual', start: '2027-02-16T15:00:00Z' })).json()
  await work()
  const no = await request('POST', `/api/bookings/${id}/approval`, { approved: false }, await signIn())
  t.equal(no.statusCode, 200, no.body)
  await work()
  const [told, ...more] = mails.filter(({ to, text }) => to === someone.email && /thank you for your time/.test(text))
  t.same(more, [])
  t.match(told?.text, /The appointment on Tue 16 Feb at 10:00\S+ will not take place/)
  t.notMatch(told?.text, /Each of you/)
})

t.test('dates for single persons ask for no calls: neither of who comes nor of who waits', async t => {
  const house = await openRetreat(t, { approval: true })
  const { client, request, staff, book, work, confirm } = house
  const [retreat] = await client<{ plan: { segments: { who: string }[] } }[]>`
    select v.plan from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = 'retreat' and (v.rules ->> 'callEach')::boolean`
  const segments = retreat?.plan.segments.map(one => (one.who === 'both' ? { ...one, who: 'first' } : one))
  await changePlan(client, 'retreat', { segments })
  const dates = { day: '2027-07-08', min: 1, max: 1, state: 'open' }
  const { id: edition } = (await request('POST', '/api/session-types/retreat/editions', dates, staff)).json()
  const seat = (await book({ sessionType: 'retreat', start: undefined, edition, person: couple('a') })).json()
  t.equal(seat.state, 'requested')
  await request('POST', '/api/waitlist-entries', { edition, person: couple('b') })
  await work()
  await confirm('b')
  const { afterCalls, waitlist } = (await request('GET', `/api/editions/${edition}/roster`, undefined, staff)).json()
  t.match({ afterCalls, waitlist }, { afterCalls: false, waitlist: [{ approved: false, proven: true }] })
  const approve = (body?: object) => request('POST', `/api/waitlist-entries/${waitlist[0].id}/approval`, body, staff)
  t.match((await approve({ spokenWithEach: true })).json(), { status: 422, errors: [{ pointer: '/spokenWithEach' }] })
  t.equal((await approve()).statusCode, 204)
})

t.test(
  'a therapist’s word for calls is taken where the plan that is proposed is for two, and not where it is for one',
  async t => {
    const house = await openDays(t)
    const { request, signIn } = house
    const token = await signIn()
    const spoken = { person: alone, starts: [monday], hold: true, until: '2027-02-05T17:00:00Z', spokenWithEach: true }
    const propose = (more: object) => request('POST', '/api/proposals', { ...spoken, ...more }, token)
    const refused = await propose({ sessionType: 'intensive-2-day', plan })
    t.match(refused.json(), { status: 422, errors: [{ pointer: '/spokenWithEach' }] })
    await renew(house, 'individual', '{"rules": {"approval": true, "callEach": true}}')
    t.match((await propose({ sessionType: 'individual' })).json(), { status: 422 })
    const forTwo = { ...plan, segments: [{ who: 'both', minutes: 90, day: 0 }] }
    t.match((await propose({ sessionType: 'individual', plan: forTwo })).json(), { state: 'open' })
  }
)
