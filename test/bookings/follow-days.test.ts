import t from 'tap'
import { changePlan, changeRules, workLikeJessica } from '../support/care.ts'
import { suggested } from '../support/joint.ts'
import { confirmedDays, monday, openDays } from '../support/private-days.ts'
import { colleague } from '../support/staff.ts'

t.test('what finds no other time gives its own free first, and no question about it is left open', async t => {
  const { request, id, nth, rows, client, signIn } = await confirmedDays(t)
  const staff = await signIn()
  const move = async (ordinal: number, start: string, more: object = {}) =>
    request('POST', `/api/appointments/${await nth(id, ordinal)}/move`, { start, ...more }, staff)
  t.equal((await move(4, '2027-03-02T15:00:00Z')).json().state, 'proposed', 'the practice asks for another time')
  // Nobody works before the new days, which begin where both conversations before them lie.
  await client`insert into time_off (practice_id, id, resource_id, during, created_at)
    select practice_id, gen_random_uuid(), id, '[2027-01-01T00:00:00Z,2027-02-21T00:00:00Z)', now() from resources where slug = 'jessica'`
  const moved = await move(0, '2027-02-22T14:00:00Z', { agreed: true })
  t.equal(moved.statusCode, 200, moved.body)
  const [first, , , , own, theirs] = await rows(id)
  t.match(first, { start: '2027-02-22T14:00Z', state: 'planned', taken: 2 })
  for (const step of [own, theirs]) t.match(step, { state: 'cancelled', taken: 0 })
  t.match(await client`select state from proposals`, [{ state: 'withdrawn' }])
})

t.test('a step follows the days of two therapists to where both are free', async t => {
  const house = await openDays(t)
  const { request, client, signIn, nth, rows, openedBy } = house
  await colleague(house, 'alex', ['therapist'])
  await workLikeJessica(client, 'alex')
  const sessionType = 'intensive-1-day'
  const segments = [
    { minutes: 180, who: 'both', day: 0, at: '09:00' },
    { minutes: 50, who: 'both', day: 0, after: { min: 7, max: 14 } }
  ]
  await changePlan(client, sessionType, { segments })
  await changeRules(client, sessionType, { therapists: 2 })
  const { id, accept } = await suggested(house, { sessionType, start: monday })
  await accept('other@example.com')
  await client`update acceptances set answer = 'accept', at = now() where booking_id = ${id} and answer is null`
  await client`update bookings set state = 'confirmed', confirmed_at = created_at where id = ${id}`
  t.match((await rows(id))[1], { start: '2027-03-15T13:00Z', taken: 3 })
  t.match((await request('GET', `/api/bookings/${id}`, undefined, await openedBy(id))).json().appointments, [
    { therapist: 'alex', with: 'jessica' },
    {}
  ])
  // On the first day of its window the one is away, on the second the other.
  for (const [slug, from, to] of [
    ['alex', '2027-03-22T13:00Z', '2027-03-22T23:00Z'],
    ['jessica', '2027-03-23T13:00Z', '2027-03-23T23:00Z']
  ])
    await client`insert into time_off (practice_id, id, resource_id, during, created_at)
      select practice_id, gen_random_uuid(), id, tstzrange(${from ?? ''}, ${to ?? ''}), now() from resources where slug = ${slug ?? ''}`
  const body = { start: '2027-03-15T13:00:00Z', agreed: true }
  const moved = await request('POST', `/api/appointments/${await nth(id, 0)}/move`, body, await signIn())
  t.equal(moved.statusCode, 200, moved.body)
  t.match((await rows(id))[1], { start: '2027-03-24T13:00Z', state: 'planned', taken: 3 })
})
