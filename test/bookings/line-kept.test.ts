import t from 'tap'
import { openRetreat } from '../support/retreat.ts'

t.test('a seat that nobody has is transferred to nobody: the line stays as it is', async t => {
  const { confirmedSeat, cancel, wait, request, staff, edition, line, work } = await openRetreat(t, { max: 1 })
  const seat = await confirmedSeat('a')
  for (const word of ['b', 'c']) await wait(word)
  const { waitlist } = (await request('GET', `/api/editions/${edition}/roster`, undefined, staff)).json()
  for (const { id } of waitlist)
    t.equal((await request('POST', `/api/waitlist-entries/${id}/approval`, undefined, staff)).statusCode, 204)
  await cancel(seat)
  await work()
  const before = await line()
  const wish = { entry: waitlist.at(-1).id, by: 'client', reason: 'They asked us to' }
  const answer = await request('POST', `/api/bookings/${seat.id}/seat-transfer`, wish, staff)
  t.match(answer.json(), { status: 409, type: '/problems/wrong-state' })
  t.same(await line(), before)
})

t.test('dates that are closed keep what was offered before until its deadline, and offer nothing more', async t => {
  const { confirmedSeat, cancel, wait, request, staff, edition, line, lineToken, accept, pay, work } =
    await openRetreat(t, { max: 2 })
  const [one, other] = [await confirmedSeat('a'), await confirmedSeat('b')]
  for (const word of ['c', 'd']) await wait(word)
  await cancel(one)
  await work()
  t.match(await request('PATCH', `/api/editions/${edition}`, { state: 'closed' }, staff), { statusCode: 200 })
  await cancel(other)
  await work()
  t.same(
    (await line()).map(({ state }) => state),
    ['offered', 'waiting']
  )
  const taken = await accept(lineToken('c'))
  t.equal(taken.statusCode, 201, taken.body)
  await pay(taken.json().id)
  const { state, seats } = (await request('GET', `/api/editions/${edition}/roster`, undefined, staff)).json()
  t.match({ state, seats }, { state: 'closed', seats: { taken: 1, offered: 0, waiting: 1 } })
})

t.test('what is kept of a refilled seat may be a share of the deposit: of the deposit, not of the price', async t => {
  const house = await openRetreat(t, { max: 1 })
  const { request, confirmedSeat, cancel, wait, accept, lineToken, pay, work, clock, client, edition } = house
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', 3,
      'policy', jsonb_set(v.policy, '{refilled}', '{"percentOfDeposit": 50}')))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = 'retreat'`
  await client`update editions set version = 3 where id = ${edition}`
  const first = await confirmedSeat('a')
  await wait('b')
  clock.set('2027-03-20T12:00:00Z')
  const token = await house.openedBy(first.id)
  t.match((await cancel({ ...first, token })).json(), { fee: { amount: 144_000 } }, 'the deposit is kept')
  await work()
  await pay((await accept(lineToken('b'))).json().id)
  t.match((await request('GET', `/api/bookings/${first.id}/cancellation`, undefined, token)).json(), {
    refund: { amount: 72_000 },
    fee: { amount: 72_000 }
  })
})
