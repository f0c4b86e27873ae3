import t from 'tap'
import { listOwnNotMeet } from '../../src/bookings/not-meet.ts'
import { beginTogether, one, other } from '../support/couple.ts'
import { racing } from '../support/race.ts'
import { couple, openRetreat } from '../support/retreat.ts'
import { visitor } from '../web/visitor.ts'

t.test('where a mailbox is shared, a wish with its address is no second one of whoever else reads it', async t => {
  const house = await openRetreat(t, { max: 1 })
  const { app, request, signInPerson, confirmedSeat, lineToken, client, work, edition, deps, scope } = house
  await confirmedSeat('a')
  const token = await signInPerson(couple('typed').email)
  t.equal((await request('PUT', '/api/me/pin', { pin: '847261' }, token)).statusCode, 204)
  t.equal((await request('PUT', '/api/me/mailbox', { shared: true }, token)).statusCode, 200)
  t.equal((await request('POST', '/api/waitlist-entries', { edition }, token)).statusCode, 202)
  await work()
  t.equal(lineToken('typed'), '', 'their own mail opens nothing')
  await request('POST', '/api/waitlist-entries', { edition, person: couple('typed'), notMeet: 'Qz my manager' })
  await work()
  const page = await visitor(app).post(`/w/${lineToken('typed')}/confirmation`)
  t.match(
    [page.statusCode, page.headers.location],
    [303, `/w/${lineToken('typed')}`],
    'their own place, and not the other’s'
  )
  const places = await client<{ state: string; person: string }[]>`
    select state, person_id as person from waitlist_entries where proven_at is not null order by position`
  t.match(places, [{ state: 'waiting' }, { state: 'waiting' }])
  const written = (person: string | undefined) => listOwnNotMeet(deps, scope, [person ?? ''])
  t.same(await written(places[0]?.person), [], 'nor are the words the other’s')
  t.match(await written(places[1]?.person), [{ words: 'Qz my manager' }])
})

t.test('who has a seat that they asked for before they signed in waits for none beside it, and takes none', async t => {
  const limits = { codesAnHour: 100, codesADay: 100, answers: 1000 }
  const house = await beginTogether(await openRetreat(t, { max: 3, limits }))
  const { request, jo, seat, pay, edition, client, work } = house
  await pay((await seat('own', { person: one })).json().id)
  await request('POST', '/api/waitlist-entries', { edition, person: one })
  await work()
  const { items } = (await request('GET', '/api/me/found-bookings', undefined, jo)).json()
  const bookings = items.map(({ id }: { id: string }) => id)
  t.equal(bookings.length, 2)
  t.equal((await request('POST', '/api/me/found-bookings', { bookings }, jo)).statusCode, 204)
  t.match(await client`select state, proven_at from waitlist_entries`, [{ state: 'left', proven_at: null }])
  await request('POST', '/api/waitlist-entries', { edition }, jo)
  t.match(await client`select count(*)::int as n from waitlist_entries`, [{ n: 1 }])
  const wish = { sessionType: 'retreat', edition, consent: { termsVersion: 1 } }
  const again = await request('POST', '/api/bookings', wish, jo)
  t.match(again.json(), { status: 409, type: '/problems/already-coming' })
})

t.test(
  'a couple that has ended waits no more: a yes that was given to both is nobody’s with somebody else',
  async t => {
    const house = await beginTogether(await openRetreat(t, { max: 1, approval: true }))
    const { request, jo, sam, edition, couple: both, client, work, mails, accept, place, wait, signIn } = house
    await request('POST', '/api/waitlist-entries', { edition }, sam)
    const entries = () =>
      client<{ id: string; state: string }[]>`select id, state from waitlist_entries order by position`
    const [entry] = await entries()
    const approved = await request(
      'POST',
      `/api/waitlist-entries/${entry?.id}/approval`,
      { spokenWithEach: true },
      await signIn()
    )
    t.equal(approved.statusCode, 204, approved.body)
    await work()
    await wait('next')
    t.match(await entries(), [{ state: 'offered' }, { state: 'waiting' }])
    const mailed = () => mails.filter(({ to }) => to === other.email)
    const token = /\/w\/([\w-]{43})/.exec(mailed().at(-1)?.text ?? '')?.[1] ?? ''
    t.equal((await request('POST', `/api/me/memberships/${both}/end`, undefined, jo)).statusCode, 200)
    await work()
    t.match(await entries(), [{ state: 'lapsed' }, { state: 'offered' }], 'it goes to who is next')
    t.equal(await place('next'), 'offered')
    t.match((await accept(token, { together: true })).json(), { type: '/problems/offer-over' })
    t.match(mailed().at(-1), { subject: 'A note on Thu 10 Jun', text: /no longer kept for you/ })
    t.notMatch(mailed().at(-1)?.text, /Jo\b|left|together/)
  }
)

t.test('one of two leaves while the other takes the seat: it is cancelled, or was never taken', async t => {
  const house = await beginTogether(await openRetreat(t, { max: 1, most: 20 }))
  const { request, jo, sam, edition, couple: both, client, work, mails, accept } = house
  await request('POST', '/api/waitlist-entries', { edition }, sam)
  await work()
  const mail = mails.findLast(({ to, text }) => to === other.email && text.includes('/w/'))
  const token = /\/w\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
  const { outcomes } = await racing(house, [
    async () => (await accept(token)).statusCode,
    async () => (await request('POST', `/api/me/memberships/${both}/end`, undefined, jo)).statusCode
  ])
  t.match([[201, 409].includes(outcomes[0]), outcomes[1]], [true, 200])
  await work()
  const seats = await client<{ state: string }[]>`select state from bookings where edition_id = ${edition}`
  t.ok(
    seats.every(({ state }) => ['expired', 'cancelled'].includes(state)),
    JSON.stringify(seats)
  )
  t.same(await client`select id from offers where state = 'open'`, [])
})
