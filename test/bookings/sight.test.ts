import t, { type Test } from 'tap'
import { issueLink } from '../../src/identity/links.ts'
import { newId } from '../../src/kernel/ids.ts'
import { open, someone } from '../support/open.ts'

const times = ['appointment.end', 'appointment.id', 'appointment.start', 'appointment.state']
/** What is there of any booking; of one whose times its reader does not see, these are none. */
const still = ['appointments', 'holdUntil', 'id', 'state']
const least = [...times, ...still]
const where = ['appointment.place', 'appointment.therapist']
/** What each reader reads of a booking, by hand. */
const expected = {
  'answer token': [...least, ...where, 'appointment.who', 'sessionType', 'price', 'dues', 'payment'],
  'mailed link': least,
  owner: [...least, ...where, 'appointment.who', 'sessionType', 'price', 'dues', 'client', 'people'],
  therapist: [...least, ...where, 'appointment.who', 'sessionType', 'price', 'dues', 'client', 'people'],
  assistant: [...least, 'appointment.therapist', 'client', 'people'],
  billing: [...still, 'client', 'price', 'dues']
}

/** One paid booking of a type, and every way to read it. */
async function booked(t: Test, sessionType = 'couples') {
  const house = await open(t)
  const { request, client, signIn, mails } = house
  const booking = await house.confirmed({ sessionType })
  const link = /\/b\/([\w-]{43})/.exec(mails.find(({ to }) => to === someone.email)?.text ?? '')?.[1] ?? ''
  const read = (token?: string, id = booking.id) => request('GET', `/api/bookings/${id}`, undefined, token)
  const as = async (...roles: string[]) => {
    await client`update staff set roles = ${roles}`
    return signIn()
  }
  /** From now on the booking’s therapist is somebody else than who signs in. */
  const givenAway = () =>
    client`update resources set person_id = (select booker_id from bookings limit 1) where kind = 'therapist'`
  return { ...house, booking, link, read, as, givenAway }
}

/** The names of everything in a booking. */
function keysOf(view: { appointments: object[] }): string[] {
  return [...Object.keys(view), ...view.appointments.flatMap(Object.keys).map(key => `appointment.${key}`)].sort()
}

for (const sessionType of ['individual', 'couples'])
  t.test(`each reader of a booking (${sessionType}) reads what the table says, and nothing else`, async t => {
    const { read, as, booking, link, givenAway, confirmed, clock } = await booked(t, sessionType)
    const seen = async (token: string) => keysOf((await read(token)).json())
    t.same(await seen(booking.token), expected['answer token'].sort())
    t.same(await seen(link), expected['mailed link'].sort())
    for (const role of ['owner', 'therapist', 'assistant', 'billing'] as const)
      t.same(await seen(await as(role)), expected[role].sort(), role)
    t.same(
      await seen(await as('assistant', 'billing')),
      [...new Set([...expected.assistant, ...expected.billing])].sort(),
      'somebody with two roles: what either reads'
    )
    const other = await confirmed({ sessionType, start: '2027-02-10T15:00:00Z' })
    t.equal((await read(other.token)).statusCode, 404, 'the token of another booking')
    t.equal((await read()).statusCode, 401, 'nobody')
    await givenAway()
    t.same(await seen(await as('therapist')), least.sort(), 'another therapist')
    clock.set('2027-02-08T15:00:00Z')
    t.same(
      await seen(link),
      [...least, 'appointment.place'].sort(),
      'by the mailed link, from 24 hours before: and where it is'
    )
    clock.set('2027-02-08T14:59:00Z')
    t.same(await seen(link), least.sort(), 'and not before')
  })

t.test('billing finds no booking by its time or its therapist, and reads it by its reference', async t => {
  const { request, as, booking, app } = await booked(t)
  const billing = await as('billing')
  const found = async (query: string) =>
    (await request('GET', `/api/bookings?${query}`, undefined, billing)).json().items
  t.match(await found(''), [{ id: booking.id, appointments: [], price: { amount: 40000 } }])
  for (const query of ['from=2027-02-01T00:00:00Z', 'to=2027-03-01T00:00:00Z', 'therapist=jessica'])
    t.same(await found(query), [], query)
  const page = (url: string) =>
    app.inject({ url, headers: { host: 'localhost:3000', authorization: `Bearer ${billing}` } })
  const reference = booking.id.slice(-6).toUpperCase()
  const list = await page('/console')
  t.match(list.body, reference)
  const one = await page(`/console/bookings/${booking.id}`)
  t.match(one.body, /\$400/)
  for (const { statusCode, body } of [list, one]) {
    t.equal(statusCode, 200)
    t.notMatch(body, /9 Feb|10:00|Delgado/)
  }
})

t.test('to another therapist a booking takes its time or does not, and no filter finds more', async t => {
  const { request, client, read, as, givenAway, booking } = await booked(t)
  const list = async (token: string, query: string) =>
    (await request('GET', `/api/bookings?${query}`, undefined, token)).json().items
  const [row] = await client<{ client: string }[]>`select client_id as client from bookings`
  t.equal((await list(await as('owner'), `client=${row?.client}`)).length, 1)
  await givenAway()
  const other = await as('therapist')
  for (const [state, shown] of [
    ['requested', 'confirmed'],
    ['confirmed', 'confirmed'],
    ['no_show', 'confirmed'],
    ['completed', 'confirmed'],
    ['cancelled', 'cancelled'],
    ['declined', 'cancelled']
  ] as const) {
    const ended = ['cancelled', 'declined'].includes(state)
    await client`update bookings set state = ${state}, ended_at = ${ended ? '2027-02-01T12:00:00Z' : null}`
    t.match((await read(other)).json(), { state: shown, holdUntil: null }, state)
    t.match(await list(other, `state=${shown}`), shown === state ? [{ id: booking.id }] : [], state)
    if (shown !== state) t.same(await list(other, `state=${state}`), [], `not found as ${state}`)
    t.same(await list(other, `client=${row?.client}`), [], 'nor by whose it is')
    t.equal((await list(other, '')).length, 1, 'but that the time is taken')
  }
})

t.test('of what two owe each reads their own share, billing both, the therapist what they come to', async t => {
  const { client, read, as, booking } = await booked(t)
  const [staff] = await client<{ person: string }[]>`select person_id as person from staff`
  await client`update dues set amount = 15000`
  await client`
    insert into dues (practice_id, id, booking_id, payer_id, reason, amount, currency, due_at, required_to_confirm, state)
    select practice_id, ${newId()}, booking_id, ${staff?.person ?? ''}, reason, 25000, currency, due_at, required_to_confirm, state
    from dues`
  const sums = async (token: string) =>
    ((await read(token)).json().dues ?? []).map((due: { amount: { amount: number } }) => due.amount.amount).sort()
  t.same(await sums(booking.token), [15000])
  t.same(await sums(await as('billing')), [15000, 25000])
  t.same(await sums(await as('therapist')), [40000])
  t.same(await sums(await as('assistant')), [])
})

t.test('a person reads what they take part in; of the other’s own sessions not even that they are there', async t => {
  const { client, db, clock, scope, request, confirmed, read, booking, signInPerson } = await booked(t, 'individual')
  const joint = await confirmed({ start: '2027-02-10T15:00:00Z' })
  const practice = scope.practice.id
  const [a, b] = [await signInPerson(someone.email), await signInPerson('sam@example.com')]
  const [samRow] = await client<{ id: string }[]>`
    select person_id as id from sessions where kind = 'person' order by created_at desc, id desc limit 1`
  const sam = samRow?.id ?? ''
  const nothing = await read(b, '01a20000-0000-7000-8000-000000000000')
  const is404 = async (token: string, id: string) => {
    const answer = await read(token, id)
    const { instance, requestId, ...said } = answer.json()
    const { instance: _, requestId: __, ...unknown } = nothing.json()
    t.same([answer.statusCode, said], [404, unknown], 'as of what never was')
  }
  await is404(a, booking.id)
  await is404(b, booking.id)
  await client`update people set joined_to = (
    select person_id from sessions where kind = 'person' order by created_at, id limit 1)
    where id in (select booker_id from bookings)`
  t.match((await read(a)).json(), { state: 'confirmed', sessionType: 'individual', price: { amount: 25000 } })
  t.match((await read(a, joint.id)).json(), { sessionType: 'couples' })
  await is404(b, joint.id)
  await client`insert into memberships (practice_id, client_id, person_id, joined_at, kind, number)
    select ${practice}, client_id, ${sam}, created_at, 'couple', 2 from bookings where id = ${joint.id}`
  t.match((await read(b, joint.id)).json(), { state: 'confirmed', sessionType: 'couples' })
  t.notMatch(
    (await read(b, joint.id)).body,
    /Delgado|people|"client"|amount|payment/,
    'no name, and no sum of the other’s'
  )
  const quote = () => request('GET', `/api/bookings/${joint.id}/cancellation`, undefined, b)
  t.match((await quote()).json(), { status: 403, type: '/problems/not-allowed' }, 'who takes no part ends nothing')
  await client`insert into participants (practice_id, appointment_id, person_id, uid, sequence, revised_at, response)
    select ${practice}, ${joint.appointment}, ${sam}, ${`${newId()}@example.com`}, 0, created_at, 'needs_action' from bookings where id = ${joint.id}`
  t.match((await quote()).json(), { validUntil: String })
  t.notMatch((await quote()).body, /amount|band/, 'nor what comes back to whom')
  const byCode = { purpose: 'booking_answer', person: sam, subject: joint.id } as const
  const token = await issueLink(db, scope, { ...byCode, expiresAt: clock.now().plus({ minutes: 30 }) })
  t.match((await read(token, joint.id)).json(), { state: 'confirmed', sessionType: 'couples' })
  t.notMatch((await read(token, joint.id)).body, /Delgado|people|"client"|amount|payment/, 'nor by a mailed code')
  await is404(b, booking.id)
  const acting = await request('POST', `/api/bookings/${booking.id}/cancellation`, undefined, b)
  t.equal(acting.statusCode, 404)
  const moving = await request(
    'POST',
    `/api/appointments/${booking.appointment}/move`,
    { start: '2027-02-11T15:00:00Z' },
    b
  )
  t.match(moving.json(), { status: 404, type: '/problems/no-such-appointment' })
  await client`update participants set removed_at = revised_at where person_id = ${sam}`
  await client`update memberships set left_at = joined_at + interval '1 minute' where person_id = ${sam}`
  await is404(b, joint.id)
})
