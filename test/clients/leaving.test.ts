import t, { type Test } from 'tap'
import { makeFeed } from '../../src/calendars/make-feed.ts'
import { entriesOf } from '../support/feeds.ts'
import { joint, renew } from '../support/joint.ts'
import { open } from '../support/open.ts'
import { agreed } from '../support/programme.ts'
import { withoutRandom } from '../support/random.ts'

const [jo, sam] = ['jo@example.com', 'sam@example.com']

/** Jo and Sam with an appointment of both on 9 February, each with a calendar address of their own. */
async function openTwo(t: Test) {
  const house = await open(t)
  const { request, client, app, deps, scope } = house
  const time = await joint(house, sam)
  const [row] = await client<{ client: string; booker: string }[]>`
    select client_id as client, booker_id as booker from bookings where id = ${time.id}`
  const couple = row?.client ?? ''
  const people = await client<{ person: string }[]>`
    select person_id as person from memberships where client_id = ${couple} and person_id <> ${row?.booker ?? ''}`
  const [booker, second] = [row?.booker ?? '', people[0]?.person ?? '']
  const feedFor = async (person: string) => {
    const { url } = await makeFeed(deps, scope, { kind: 'anonymous' }, person, { scope: 'client', style: 'code' })
    return async () => (await app.inject({ url: new URL(url).pathname, headers: { host: 'localhost:3000' } })).body
  }
  const feeds = { jo: await feedFor(booker), sam: await feedFor(second) }
  const leave = (token = time.personToken) => request('POST', `/api/me/memberships/${couple}/end`, undefined, token)
  const mailed = house.mails.splice(0)
  return { ...house, mailed, time, couple, feeds, booker, second, leave }
}

t.test(
  'either of two leaves: what is ahead is cancelled, the other reads neither who nor why, and both keep the past',
  async t => {
    const { request, client, time, couple, leave, work, mails, mailed } = await openTwo(t)
    const linkOf = (to: string, from: readonly { to: string; text: string }[]) =>
      from.flatMap(mail => (mail.to === to ? (/\/b\/([\w-]{43})/.exec(mail.text)?.[1] ?? []) : [])).at(-1) ?? ''
    const opens = async (link: string) => (await request('GET', `/api/bookings/${time.id}`, undefined, link)).statusCode
    t.same([await opens(linkOf(sam, mailed)), await opens(linkOf(jo, mailed))], [200, 200])
    const before = await request('GET', `/api/me/memberships/${couple}`, undefined, time.personToken)
    t.match(
      before.json(),
      { id: couple, kind: 'couple', until: null, ahead: [{ start: '2027-02-09T15:00:00Z' }] },
      before.body
    )
    const left = await leave()
    t.match(left.json(), { ended: [{ start: '2027-02-09T15:00:00Z', end: '2027-02-09T16:20:00Z' }] }, left.body)
    t.match(await client`select state from bookings`, [{ state: 'cancelled' }])
    t.same(
      await client`select 1 from occupancy o join appointments a on a.id = o.appointment_id where a.booking_id is not null`,
      []
    )
    t.same(await client`select 1 from memberships where left_at is null`, [])
    t.match(await client`select closed_at is not null as closed from clients where id = ${couple}`, [{ closed: true }])
    await work()
    t.same(
      [await opens(linkOf(sam, mailed)), await opens(linkOf(jo, mailed))],
      [401, 200],
      'what was mailed before to who leaves opens nothing any more'
    )
    t.equal(await opens(linkOf(sam, mails)), 200, 'what tells them that it is done does')
    const toJo = mails.filter(({ to }) => to === jo)
    t.equal(toJo.length, 1)
    t.match(toJo[0]?.text, /^Hello, the appointment on Tue 9 Feb at 10:00–11:20 will not take place\./)
    t.notMatch(withoutRandom(toJo[0]?.text ?? ''), /as you asked|Sam|left|cancelled by/i)
    const after = await request('GET', '/api/me/memberships', undefined, time.personToken)
    t.match(after.json(), { items: [{ id: couple, until: '2027-02-01T12:00:00Z' }] })
    const told = mails.length
    t.same((await leave()).json(), { ended: [] }, 'again there is nothing more to end')
    await work()
    t.equal(mails.length, told, 'and nobody hears of it again')
  }
)

t.test('a series that pauses ends, too: all that is left of it comes back, and the other hears of it', async t => {
  const house = await open(t)
  const { request, client, gateway, work, mails } = house
  const two = await joint(house, sam, { sessionType: 'weekly', occurrences: 3 })
  const token = await house.openedBy(two.id)
  await request('POST', `/api/bookings/${two.id}/pause`, { from: '2027-02-01T00:00:00Z' }, token)
  await work()
  mails.splice(0)
  const [row] = await client<{ couple: string }[]>`select client_id as couple from bookings where id = ${two.id}`
  const path = `/api/me/memberships/${row?.couple}`
  const before = await request('GET', path, undefined, two.personToken)
  t.match(before.json(), { ahead: [], pausing: true }, before.body)
  t.equal((await request('POST', `${path}/end`, undefined, two.personToken)).statusCode, 200)
  await work()
  t.match(await client`select state from bookings`, [{ state: 'cancelled' }])
  t.equal(
    [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
    120_000
  )
  t.match(
    mails.filter(({ to }) => to === jo),
    [{ text: /^Hello, the appointment on Tue 9 Feb at 10:00–11:20 will not take place\./ }]
  )
})

t.test('nobody ends what is not theirs, and nobody alone ends what they have alone', async t => {
  const { request, signInPerson, couple, client, time } = await openTwo(t)
  const stranger = await signInPerson('stranger@example.com')
  const path = `/api/me/memberships/${couple}/end`
  t.match((await request('POST', path, undefined, stranger)).json(), {
    type: '/problems/no-such-membership',
    status: 404
  })
  for (const token of [undefined, time.token]) t.equal((await request('POST', path, undefined, token)).statusCode, 401)
  t.match(await client`select state from bookings`, [{ state: 'confirmed' }])
})

t.test('a couple that ended when the process died is cancelled by the job', async t => {
  const { client, couple, second, deps, scope, work, mails } = await openTwo(t)
  const { endMembership } = await import('../../src/clients/end-membership.ts')
  await endMembership(deps, scope, { kind: 'person', person: second, session: '', stepped: true }, couple)
  t.match(await client`select state from bookings`, [{ state: 'confirmed' }])
  await work()
  t.match(await client`select state from bookings`, [{ state: 'cancelled' }])
  t.equal(mails.filter(({ to }) => to === jo).length, 1)
})

t.test('misuse story 12: one keeps a feed after the other left', async t => {
  const { confirmed, clock, feeds, leave, work, request, signInPerson } = await openTwo(t)
  const entry = async (feed: () => Promise<string>) =>
    entriesOf(await feed()).map(({ status, dtstart }) => [status, dtstart])
  const ahead = [['CONFIRMED', '2027-02-09T10:00:00']]
  t.same([await entry(feeds.jo), await entry(feeds.sam)], [ahead, ahead])
  t.equal((await leave()).statusCode, 200)
  await work()
  const over = [['CANCELLED', '2027-02-09T10:00:00']]
  t.same([await entry(feeds.jo), await entry(feeds.sam)], [over, over], 'it stays as cancelled')
  const kept = await feeds.jo()
  await confirmed({
    sessionType: 'individual',
    start: '2027-02-10T15:00:00Z',
    person: { name: 'Sam', email: sam, zone: 'America/New_York' }
  })
  t.equal(await feeds.jo(), kept, 'what the other does alone later is in it by no byte')
  clock.set('2027-03-05T12:00:00Z')
  t.same([await entry(feeds.jo), await entry(feeds.sam)], [[], []], 'after 30 days nothing is left of it')
  const again = await request('GET', '/api/me/memberships', undefined, await signInPerson(sam))
  t.match(again.json(), { items: [{ kind: 'couple', until: /^2027-02-01/ }] })
})

/** A programme of Jo and Sam, and what each reads before they leave. */
async function programme(t: Test, more: object = {}) {
  const house = await agreed(t, more)
  const { client, id, request, signInPerson, gateway } = house
  const [row] = await client<{ couple: string }[]>`select client_id as couple from bookings where id = ${id}`
  const path = `/api/me/memberships/${row?.couple}`
  const token = await signInPerson(sam)
  return {
    ...house,
    rows: () => client`select ordinal, state from appointments where booking_id = ${id} order by ordinal`,
    stateOf: async () => (await client<{ state: string }[]>`select state from bookings where id = ${id}`)[0]?.state,
    read: async () => (await request('GET', path, undefined, token)).json(),
    leave: () => request('POST', `${path}/end`, undefined, token),
    back: () => [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
    set: (ordinals: readonly number[], state: string) =>
      client`update appointments set state = ${state} where booking_id = ${id} and ordinal = any(${[...ordinals]})`
  }
}

t.test('who leaves is told their own times and those for both, and never when the other would come alone', async t => {
  const { read, leave, client, id } = await programme(t)
  const own = (
    await client<
      { start: string }[]
    >`select to_char(starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as start
      from appointments where booking_id = ${id} and who <> 'first' order by starts_at`
  ).map(({ start }) => start)
  const starts = (those: { start: string }[]) => those.map(({ start }) => start)
  t.same(starts((await read()).ahead), own)
  t.same(starts((await leave()).json().ended), own)
})

t.test('a programme of which only steps without a time are left ends, too: each hears of it once', async t => {
  const { read, leave, set, stateOf, back, work, mails, client, id, request, steps, jo: token } = await programme(t)
  const off = await request('POST', `/api/appointments/${steps[3]?.id}/cancellation`, undefined, token)
  t.match(off.json(), { opens: true }, off.body)
  await work()
  await set([0, 1, 2], 'done')
  await client`update appointments set starts_at = starts_at - interval '8 days', ends_at = ends_at - interval '8 days'
    where booking_id = ${id}`
  t.match(await read(), { ahead: [], pausing: false, waiting: true })
  mails.splice(0)
  t.equal((await leave()).statusCode, 200)
  await work()
  t.equal(await stateOf(), 'cancelled')
  t.equal(back(), 45_000, 'what was not used')
  for (const to of [jo, sam]) {
    const told = mails.filter(mail => mail.to === to)
    t.equal(told.length, 1)
    t.match(told[0]?.text, /^Hello, of what goes with the appointment on .* nothing more will take place\./)
    t.notMatch(withoutRandom(told[0]?.text ?? ''), /Sam|left|asked|sorry|cancel/i)
  }
  t.equal(mails.filter(({ to }) => to === 'jessica@example.com').length, 1)
})

t.test('that a step waits is said whether the other’s own is ahead or over', async t => {
  const { read, set, client, id, request, steps, jo: token } = await programme(t)
  const off = await request('POST', `/api/appointments/${steps[3]?.id}/cancellation`, undefined, token)
  t.match(off.json(), { opens: true }, off.body)
  await set([0, 2], 'done')
  await client`update appointments set starts_at = starts_at - interval '8 days', ends_at = ends_at - interval '8 days'
    where booking_id = ${id} and ordinal <> 1`
  const ahead = await read()
  t.match(ahead, { ahead: [], pausing: false, waiting: true })
  await set([1], 'done')
  await client`update appointments set starts_at = starts_at - interval '8 days', ends_at = ends_at - interval '8 days'
    where booking_id = ${id} and ordinal = 1`
  t.same(await read(), ahead)
})

t.test('steps of one alone stay where nothing for both is left, and leaving tells nothing of them', async t => {
  const { read, leave, set, stateOf, rows, work, back } = await programme(t)
  await set([0], 'done')
  await set([3], 'skipped')
  const before = await rows()
  t.match(await read(), { ahead: [], pausing: false, waiting: false })
  t.same((await leave()).json(), { ended: [] })
  await work()
  t.equal(await stateOf(), 'confirmed')
  t.same(await rows(), before)
  t.equal(back(), 0)
})

t.test('private days that are over and not put down yet keep no conversation after them', async t => {
  const house = await open(t)
  const { request, client, clock, work } = house
  await client`update opening_hours set from_minute = 540, to_minute = 1080, days = '{1,2,3,4,5}'`
  await renew(house, 'intensive-2-day', '{"rules": {"approval": false, "callEach": false}}')
  const occurrences = [null, null, null, null, null, null, 'propose']
  const wish = { sessionType: 'intensive-2-day', start: '2027-03-08T14:00:00Z', occurrences }
  const { id } = await joint(house, sam, wish)
  const [row] = await client<{ couple: string }[]>`select client_id as couple from bookings where id = ${id}`
  clock.set('2027-03-10T12:00:00Z')
  const path = `/api/me/memberships/${row?.couple}`
  const token = await house.signInPerson(sam)
  t.match((await request('GET', path, undefined, token)).json(), { ahead: [{ start: '2027-04-06T13:00:00Z' }] })
  t.equal((await request('POST', `${path}/end`, undefined, token)).statusCode, 200)
  await work()
  const states = await client`select state from appointments where booking_id = ${id} order by ordinal`
  t.same(
    states.map(({ state }) => state),
    ['planned', 'planned', 'planned', 'planned', 'cancelled'],
    'what took place is still to be put down'
  )
})
