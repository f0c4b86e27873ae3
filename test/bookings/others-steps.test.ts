import t, { type Test } from 'tap'
import { listOwnBookings } from '../../src/bookings/own-bookings.ts'
import { readChanges } from '../../src/bookings/read-changes.ts'
import { findBooking } from '../../src/bookings/store.ts'
import { instantOf } from '../../src/kernel/time.ts'
import { joint, renew } from '../support/joint.ts'
import { open } from '../support/open.ts'
import { agreed } from '../support/programme.ts'

/** A step with so many days after it in which it can lie elsewhere: the last one is nine days after the first. */
const roomy = { occurrences: [null, null, null, '2027-02-18T15:00:00Z'] }

/** An assessment of two that is paid, and what each is told of its cancellation. */
async function paid(t: Test, more: object = roomy) {
  const house = await agreed(t, more)
  const { request, client, id, openedBy, signIn } = house
  const quoteAs = async (token: string) => {
    await client`delete from cancellation_quotes`
    const quoted = await request('GET', `/api/bookings/${id}/cancellation`, undefined, token)
    const { validUntil: _, ...told } = quoted.json()
    return told
  }
  const state = (ordinal: number, to: string) =>
    client`update appointments set state = ${to} where booking_id = ${id} and ordinal = ${ordinal}`
  const at = (ordinal: number, start: string) =>
    client`update appointments set starts_at = ${start}, ends_at = ${start}::timestamptz + interval '50 minutes'
      where booking_id = ${id} and ordinal = ${ordinal}`
  return {
    ...house,
    state,
    at,
    quoteAs,
    booker: async () => quoteAs(await openedBy(id)),
    practice: async () => quoteAs(await signIn())
  }
}

t.test('no sum tells the booker that the other has chosen a time for their own step', async t => {
  const { request, id, booker, signInPerson, clock } = await paid(t, { occurrences: [null, null, 'open', null] })
  // Less than two days before the booker's own step, by which the other's is counted.
  clock.set('2027-02-09T01:00:00Z')
  const before = await booker()
  t.match(before, { fee: { amount: 95_000 } })
  const sam = await signInPerson('sam@example.com')
  const laid = await request('POST', `/api/bookings/${id}/steps`, { step: 2, start: '2027-02-10T20:00:00Z' }, sam)
  t.equal(laid.statusCode, 201, laid.body)
  t.same(await booker(), before)
})

t.test('nor that they called it off', async t => {
  const { request, steps, move, booker, sam, signInPerson, clock } = await paid(t, {})
  t.match(await move(2, '2027-02-10T21:00:00Z', sam), { statusCode: 200 })
  clock.set('2027-02-08T15:00:00Z')
  const before = await booker()
  const again = await signInPerson('sam@example.com')
  const off = await request('POST', `/api/appointments/${steps[2]?.id}/cancellation`, undefined, again)
  t.match(off.json(), { opens: true }, off.body)
  t.same(await booker(), before)
})

t.test('nor which notice counts, where the other comes first', async t => {
  const { at, booker, clock } = await paid(t)
  await at(1, '2027-02-12T15:00:00Z')
  clock.set('2027-02-09T20:00:00Z')
  const told = await booker()
  t.match(told, { band: '48-hours', refund: { amount: 95_000 } })
  await at(2, '2027-02-10T15:00:00Z')
  t.same(await booker(), told)
})

t.test('what the practice cancels comes back but for what was delivered, whatever the booker is told', async t => {
  const { at, state, booker, practice, request, id, signIn, clock, gateway, work } = await paid(t)
  await at(2, '2027-02-12T20:00:00Z')
  await state(0, 'done')
  await state(1, 'done')
  clock.set('2027-02-11T20:00:00Z')
  t.match(await practice(), { refund: { amount: 70_000 }, fee: { amount: 0 } }, 'the other’s own and the last')
  const told = await booker()
  t.match(told, { refund: { amount: 45_000 } }, 'the booker’s own is over, and the other’s counts as that')
  clock.set('2027-02-13T12:00:00Z')
  await state(2, 'done')
  t.same(await booker(), told, 'nor does anything change once the other was there')
  const done = (await request('POST', `/api/bookings/${id}/cancellation`, undefined, await signIn())).json()
  t.match(done, { refund: { amount: 45_000 } }, 'delivered hours are not given back')
  await work()
  t.equal(
    [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
    45_000
  )
})

t.test('a step of the other that was held before the booker’s own is kept of what the practice cancels', async t => {
  const { at, state, booker, practice, clock } = await paid(t)
  await at(1, '2027-02-15T15:00:00Z')
  await state(0, 'done')
  await state(2, 'done')
  clock.set('2027-02-12T12:00:00Z')
  t.match(await practice(), { refund: { amount: 70_000 } })
  t.match(await booker(), { refund: { amount: 95_000 } }, 'as if it were still to come')
})

t.test('whether all of it can still be cancelled tells neither of two what is left of the other’s', async t => {
  const { at, state, booker, quoteAs, practice, clock, signInPerson } = await paid(t)
  const over = { status: 409, type: '/problems/wrong-state' }
  await state(0, 'done')
  await state(3, 'skipped')
  await at(1, '2027-02-10T15:00:00Z')
  await at(2, '2027-02-12T20:00:00Z')
  clock.set('2027-02-11T12:00:00Z')
  const sam = await signInPerson('sam@example.com')
  const other = () => quoteAs(sam)
  t.match([await booker(), await other()], [over, over], 'the other’s own is left: they call that off')
  t.match(await practice(), { refund: { amount: 25_000 } }, 'the practice ends what it likes')
  await state(2, 'done')
  t.match([await booker(), await other()], [over, over])
  await at(1, '2027-02-14T15:00:00Z')
  t.match([await booker(), await other()], [{ refund: { amount: 50_000 } }, over], 'the booker’s own is left')
  await state(2, 'planned')
  await at(2, '2027-02-15T15:00:00Z')
  t.match([await booker(), await other()], [{ refund: { amount: 50_000 } }, over])
})

t.test('a new time that the other asks for their own step is shown to them, and nobody else', async t => {
  const { deps, scope, id, move, sam, jo, request, client, steps, signIn, signedIn } = await withPersons(t)
  for (const start of ['2027-02-10T20:00:00Z', '2027-02-10T21:00:00Z', '2027-02-10T20:00:00Z'])
    t.match((await move(2, start, sam)).json(), { state: 'moved' })
  t.match((await move(2, '2027-02-10T21:00:00Z', sam)).json(), { state: 'proposed' })
  const booking = await findBooking(deps.db, scope, id)
  if (!booking) throw new Error('The booking is gone')
  const seen = async (who: 'jo' | 'sam') => (await readChanges(deps, scope, await signedIn(who), booking)).proposal
  t.equal(await seen('jo'), undefined, 'the booker reads nothing of it')
  t.match(await seen('sam'), { appointmentId: steps[2]?.id, own: true, asked: false })
  const page = await request('GET', `/api/bookings/${id}`, undefined, jo)
  t.notMatch(page.body, /T21:00/)
  // The practice asks both for another last step: each finds their own question.
  const asked = await move(3, '2027-02-19T15:00:00Z', await signIn())
  t.match(asked.json(), { state: 'proposed' }, asked.body)
  t.match([await seen('jo'), await seen('sam')], Array(2).fill({ appointmentId: steps[3]?.id, asked: true }))
  t.equal((await client`select 1 from proposals where state = 'open'`).length, 2)
})

t.test('how often the other moved theirs never asks a yes of the booker, nor the reverse', async t => {
  const { move, jo, sam } = await paid(t)
  for (const start of ['2027-02-10T20:00:00Z', '2027-02-10T21:00:00Z', '2027-02-10T20:00:00Z'])
    t.match((await move(2, start, sam)).json(), { state: 'moved' })
  t.match((await move(1, '2027-02-11T15:00:00Z', jo)).json(), { state: 'moved' })
  t.match((await move(1, '2027-02-12T15:00:00Z', jo)).json(), { state: 'moved' })
  t.match((await move(1, '2027-02-11T15:00:00Z', jo)).json(), { state: 'proposed' }, 'two of one’s own are free')
})

t.test('whether the other’s own step waits is not told by a refusal; nor do lists find a booking by it', async t => {
  const { request, id, jo, sam, steps, at, deps, scope, signedIn } = await withPersons(t)
  const lay = async () => {
    const wish = { step: 2, start: '2027-02-10T20:00:00Z' }
    const { status, type, detail } = (await request('POST', `/api/bookings/${id}/steps`, wish, jo)).json()
    return { status, type, detail }
  }
  const laid = await lay()
  t.match(laid, { status: 403, type: '/problems/not-allowed' })
  await request('POST', `/api/appointments/${steps[2]?.id}/cancellation`, undefined, sam)
  t.same(await lay(), laid)
  await request('POST', `/api/bookings/${id}/steps`, { step: 2, start: '2027-02-10T20:00:00Z' }, sam)
  await at(2, '2027-03-02T15:00:00Z')
  const from = instantOf(Date.parse('2027-03-02T00:00:00Z'))
  const found = async (who: 'jo' | 'sam') =>
    (await listOwnBookings(deps, scope, await signedIn(who), { from, limit: 10 })).items.length
  t.same([await found('jo'), await found('sam')], [0, 1])
})

t.test('what is over says of the other’s own step that there is one, whether it ever had a time or not', async t => {
  for (const occurrences of [
    [null, null, null, null],
    [null, null, 'open', null]
  ]) {
    const { request, id, jo, read } = await paid(t, { occurrences })
    t.equal((await request('POST', `/api/bookings/${id}/cancellation`, undefined, jo)).statusCode, 200)
    const whos = (await read(jo)).appointments.map(({ who }: { who: string }) => who)
    t.same(whos, ['both', 'first', 'other', 'both'])
  }
})

t.test(
  'beside private days no sum tells whether the other has chosen their conversation, before or after them',
  async t => {
    const house = await open(t)
    const { request, client, clock, openedBy, signInPerson } = house
    await client`update opening_hours set from_minute = 540, to_minute = 1080, days = '{1,2,3,4,5}'`
    await renew(house, 'intensive-2-day', '{"rules": {"approval": false, "callEach": false}}')
    const start = '2027-03-08T14:00:00Z'
    const occurrences = [null, null, null, null, '2027-02-22T14:00:00Z', 'open', 'open']
    const { id } = await joint(house, 'other@example.com', { sessionType: 'intensive-2-day', start, occurrences })
    const sums = async () => {
      await client`delete from cancellation_quotes`
      const quoted = await request('GET', `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
      const { refund, fee, band } = quoted.json()
      return { refund, fee, band }
    }
    const told: unknown[] = []
    for (const now of ['2027-02-15T12:00:00Z', '2027-02-23T12:00:00Z', '2027-03-10T12:00:00Z']) {
      clock.set(now)
      if (now > '2027-03-09')
        await client`update appointments set state = 'done' where booking_id = ${id} and ordinal < 5`
      told.push(await sums())
    }
    t.match(told, [{ band: '15-days' }, { band: '0-hours' }, { refund: { amount: 0 } }])
    await client`update appointments set state = 'planned' where booking_id = ${id}`
    clock.set('2027-02-15T12:00:00Z')
    const other = await signInPerson('other@example.com')
    const laid = await request('POST', `/api/bookings/${id}/steps`, { step: 5, start: '2027-02-18T15:00:00Z' }, other)
    t.equal(laid.statusCode, 201, laid.body)
    for (const [index, now] of ['2027-02-15T12:00:00Z', '2027-02-23T12:00:00Z', '2027-03-10T12:00:00Z'].entries()) {
      clock.set(now)
      if (now > '2027-02-20')
        await client`update appointments set state = 'done' where booking_id = ${id} and ordinal = 5`
      if (now > '2027-03-09')
        await client`update appointments set state = 'done' where booking_id = ${id} and ordinal < 5`
      t.same(await sums(), told[index], now)
    }
  }
)

/** The same, with each of the two as an actor. */
async function withPersons(t: Test) {
  const house = await paid(t)
  const { client, id } = house
  const signedIn = async (who: 'jo' | 'sam') => {
    const [row] = await client<{ booker: string; other: string }[]>`
      select b.booker_id as booker, (select m.person_id from memberships m
        where m.client_id = b.client_id and m.person_id <> b.booker_id limit 1) as other
      from bookings b where b.id = ${id}`
    const person = (who === 'jo' ? row?.booker : row?.other) ?? ''
    return { kind: 'person', person, session: '', stepped: true } as const
  }
  return { ...house, signedIn }
}
