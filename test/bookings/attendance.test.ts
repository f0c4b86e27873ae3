import t from 'tap'
import { joint } from '../support/joint.ts'
import { open } from '../support/open.ts'

const other = 'sam@example.com'

/** An appointment of two that has begun, and who of them are who. */
async function begun(t: Parameters<typeof open>[0]) {
  const house = await open(t)
  const pair = await joint(house, other)
  house.clock.set('2027-02-09T15:10:00Z')
  const staff = await house.signIn()
  const seen = (await house.request('GET', `/api/bookings/${pair.id}`, undefined, staff)).json()
  const [one, two] = seen.people as { id: string }[]
  const put = (people: object[], token = staff) =>
    house.request('POST', `/api/appointments/${pair.appointment}/attendance`, { people }, token)
  return { house, pair, one: one?.id, two: two?.id, put }
}

t.test('one of two is absent: it took place, and each has their own attendance', async t => {
  const { house, pair, one, two, put } = await begun(t)
  const answer = await put([
    { person: one, attendance: 'attended' },
    { person: two, attendance: 'absent' }
  ])
  t.match(answer.json(), {
    state: 'completed',
    appointments: [{ state: 'done' }],
    people: [
      { id: one, attendance: 'attended' },
      { id: two, attendance: 'absent' }
    ]
  })
  t.equal((await house.client`select 1 from ledger where entry <> 'charge'`).length, 0, 'no money follows by itself')
  t.match(await house.client`select kind from audit where kind = 'attendance'`, [{ kind: 'attendance' }])
  t.notMatch(
    (await house.request('GET', `/api/bookings/${pair.id}`, undefined, await house.signInPerson(other))).body,
    /attended|absent/,
    'neither reads of the other'
  )
})

t.test('nobody came: no show; and what was put down wrongly is put right', async t => {
  const { one, two, put } = await begun(t)
  t.match((await put([{ person: one, attendance: 'absent' }])).json(), {
    state: 'confirmed',
    appointments: [{ state: 'planned' }]
  })
  t.match((await put([{ person: two, attendance: 'absent' }])).json(), {
    state: 'no_show',
    appointments: [{ state: 'missed' }]
  })
  t.match((await put([{ person: two, attendance: 'attended' }])).json(), {
    state: 'completed',
    appointments: [{ state: 'done' }]
  })
})

t.test('attendance is of those who take part, from the start on, and put down by staff', async t => {
  const { house, pair, one, put } = await begun(t)
  const people = [{ person: one, attendance: 'attended' }]
  t.match((await put([{ person: pair.id, attendance: 'attended' }])).json(), {
    status: 422,
    type: '/problems/not-there'
  })
  t.equal((await put(people, await house.signInPerson(other))).statusCode, 403)
  t.equal((await put(people, await house.openedBy(pair.id))).statusCode, 401)
  t.equal((await put([])).statusCode, 422)
  const ahead = await house.confirmed({ sessionType: 'individual', start: '2027-02-16T15:00:00Z' })
  const [row] = await house.client`select booker_id as id from bookings where id = ${ahead.id}`
  const early = await house.request(
    'POST',
    `/api/appointments/${ahead.appointment}/attendance`,
    { people: [{ person: row?.id, attendance: 'attended' }] },
    await house.signIn()
  )
  t.match(early.json(), { status: 409, type: '/problems/not-begun' })
})

t.test('what was cancelled was expected of nobody', async t => {
  const { house, pair, one, put } = await begun(t)
  house.clock.set('2027-02-09T14:00:00Z')
  await house.request('POST', `/api/bookings/${pair.id}/cancellation`, undefined, await house.signIn())
  house.clock.set('2027-02-09T15:10:00Z')
  const refused = await put([{ person: one, attendance: 'attended' }], await house.signIn())
  t.match(refused.json(), { status: 409, type: '/problems/wrong-state' })
})
