import t, { type Test } from 'tap'
import { agreed, type Shown } from '../support/programme.ts'

/** An assessment of which the last step, for both, waits for a time. */
async function lastOpen(t: Test) {
  const house = await agreed(t, { occurrences: [null, null, null, 'open'] })
  const { request, client, id, read, jo } = house
  const rows = () => client<{ ordinal: number; start: string; state: string; taken: number }[]>`
    select ordinal, to_char(starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI"Z"') as start, state,
      (select count(*)::int from occupancy o where o.appointment_id = a.id) as taken
    from appointments a where booking_id = ${id} order by ordinal`
  return {
    ...house,
    rows,
    window: async () => (await read(jo)).appointments.find(({ step }: Shown) => step === 3)?.open,
    lay: (step: number, start: string, token: string) =>
      request('POST', `/api/bookings/${id}/steps`, { step, start }, token)
  }
}

t.test('in which days a step for both can lie says nothing of the other’s own step before it', async t => {
  const { move, sam, window, request, steps } = await lastOpen(t)
  const days = await window()
  t.ok(days)
  t.match((await move(2, '2027-02-23T20:00:00Z', sam)).json(), { state: 'moved' })
  t.same(await window(), days, 'late')
  t.equal((await request('POST', `/api/appointments/${steps[2]?.id}/cancellation`, undefined, sam)).statusCode, 200)
  t.same(await window(), days, 'or without a time')
})

t.test(
  'a step for both is laid before the other’s own as if that had no time; it is open again, and its person hears of it',
  async t => {
    for (const chosen of [true, false]) {
      const { move, sam, jo, lay, rows, work, mails, request, steps, read } = await lastOpen(t)
      if (chosen) t.match((await move(2, '2027-02-23T20:00:00Z', sam)).json(), { state: 'moved' })
      else await request('POST', `/api/appointments/${steps[2]?.id}/cancellation`, undefined, sam)
      await work()
      mails.splice(0)
      const laid = await lay(3, '2027-02-18T15:00:00Z', jo)
      t.equal(laid.statusCode, 201, laid.body)
      t.same(
        (await rows()).slice(2).map(({ state, taken }) => [state, taken]),
        [
          ['cancelled', 0],
          ['planned', 1]
        ]
      )
      await work()
      const told = mails.filter(({ to, text }) => to === 'sam@example.com' && /will not take place/.test(text))
      t.equal(told.length, chosen ? 1 : 0)
      for (const { text } of mails.filter(({ to }) => to === 'jo@example.com')) t.match(text, /is confirmed/)
      const [open] = (await read(sam)).appointments.filter(({ step }: Shown) => step === 2)
      t.match(open, { who: 'second', open: { to: '2027-02-18T15:00:00Z' } }, 'in its order, before what follows it')
      t.equal((await lay(2, '2027-02-23T20:00:00Z', sam)).statusCode, 422)
      t.equal((await lay(2, '2027-02-17T20:00:00Z', sam)).statusCode, 201, 'and that is no move')
    }
  }
)

t.test('it lies so late that the other’s own could still be tomorrow, whether that is ahead or over', async t => {
  for (const state of ['planned', 'done']) {
    const { client, id, clock, lay, openedBy } = await lastOpen(t)
    await client`update appointments set state = 'done' where booking_id = ${id} and ordinal < 2`
    await client`update appointments set state = ${state}, starts_at = ${state === 'done' ? '2027-02-10T20:00Z' : '2027-02-22T20:00Z'},
      ends_at = ${state === 'done' ? '2027-02-10T20:50Z' : '2027-02-22T20:50Z'} where booking_id = ${id} and ordinal = 2`
    clock.set('2027-02-15T12:00:00Z')
    const jo = await openedBy(id)
    t.match((await lay(3, '2027-02-16T15:00:00Z', jo)).json(), { status: 422, type: '/problems/not-offered' })
    const laid = await lay(3, '2027-02-17T15:00:00Z', jo)
    t.equal(laid.statusCode, 201, laid.body)
  }
})

t.test('a new time that one asks for is bound by nothing of the other’s; their yes opens their own step', async t => {
  const { move, sam, jo, rows, request, steps } = await agreedLate(t)
  const asked = await move(3, '2027-02-17T15:00:00Z', jo)
  t.match(asked.json(), { state: 'proposed' }, asked.body)
  t.match((await rows())[2], { start: '2027-02-18T20:00Z', state: 'planned', taken: 1 }, 'nothing changed yet')
  const yes = await request('POST', `/api/appointments/${steps[3]?.id}/move-answer`, { accept: true }, sam)
  t.match(yes.json(), { state: 'moved' }, yes.body)
  t.match((await rows()).slice(2), [
    { state: 'cancelled', taken: 0 },
    { start: '2027-02-17T15:00Z', state: 'planned', taken: 1 }
  ])
})

t.test('a yes within its time holds, though the other’s own could no longer be before it', async t => {
  const { move, id, openedBy, request, steps, clock, signInPerson, rows } = await agreedLate(t)
  clock.set('2027-02-15T12:00:00Z')
  t.match((await move(3, '2027-02-17T15:00:00Z', await openedBy(id))).json(), { state: 'proposed' })
  clock.set('2027-02-16T14:00:00Z')
  const sam = await signInPerson('sam@example.com')
  const yes = await request('POST', `/api/appointments/${steps[3]?.id}/move-answer`, { accept: true }, sam)
  t.match(yes.json(), { state: 'moved' }, yes.body)
  t.match((await rows())[3], { start: '2027-02-17T15:00Z' })
})

t.test('late in eight weeks each session can still be moved: own steps that are long behind are no bound', async t => {
  const { client, id, clock, openedBy, steps, move } = await agreed(t, { sessionType: 'programme-8-weeks' })
  const last = steps.length - 1
  t.equal(steps[last]?.who, 'both')
  const [at] = await client<{ now: string; other: string }[]>`
    select to_char(max(starts_at) filter (where ordinal = ${last - 1}) at time zone 'utc' + interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as now,
      to_char(max(starts_at) at time zone 'utc' + interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as other
    from appointments where booking_id = ${id}`
  await client`update appointments set state = 'done' where booking_id = ${id} and ordinal < ${last}`
  clock.set(at?.now ?? '')
  const moved = await move(last, at?.other ?? '', await openedBy(id))
  t.match(moved.json(), { state: 'proposed' }, moved.body)
})

t.test('staff are told where the other’s own step is in the way, and keep its order', async t => {
  const { move, rows, signIn } = await agreedLate(t)
  const asked = await move(3, '2027-02-17T15:00:00Z', await signIn())
  t.match(asked.json(), { status: 422, type: '/problems/not-offered' })
  t.match((await rows())[2], { state: 'planned' })
})

/** The other's own step on a Thursday, and the last one on the Monday after it. */
async function agreedLate(t: Test) {
  const occurrences = [null, null, null, '2027-02-22T15:00:00Z']
  const house = await agreed(t, { occurrences })
  const rows = () => house.client<{ start: string; state: string; taken: number }[]>`
    select to_char(starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI"Z"') as start, state,
      (select count(*)::int from occupancy o where o.appointment_id = a.id) as taken
    from appointments a where booking_id = ${house.id} order by ordinal`
  const moved = await house.move(2, '2027-02-18T20:00:00Z', house.sam)
  if (moved.json().state !== 'moved') throw new Error(moved.body)
  return { ...house, rows }
}
