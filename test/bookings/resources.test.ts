import t from 'tap'
import { aStart, open } from '../support/open.ts'

t.test('a room is sold with its therapist, and what somebody else does in it keeps it from being sold', async t => {
  const { client, book, request } = await open(t)
  const { id } = (await book({ place: 'office' })).json()
  const kinds = await client`
    select r.kind from occupancy o join appointments a on a.id = o.appointment_id join resources r on r.id = o.resource_id
    where a.booking_id = ${id} order by r.kind`
  t.same(
    kinds.map(({ kind }) => kind),
    ['room', 'therapist']
  )
  const day = '2027-02-10T15:00:00Z'
  await client`
    insert into time_off (practice_id, id, resource_id, during, created_at)
    select practice_id, gen_random_uuid(), id, tstzrange('2027-02-10T14:00:00Z', '2027-02-10T20:00:00Z'), '2027-02-01'
    from resources where kind = 'room'`
  t.match((await book({ start: day, place: 'office' })).json(), { status: 409, type: '/problems/slot-taken' })
  t.equal((await book({ start: day, place: 'video' })).statusCode, 201, 'the therapist is free elsewhere')
  const slots = await request(
    'GET',
    '/api/session-types/couples/slots?from=2027-02-10&to=2027-02-10&zone=UTC&place=office'
  )
  t.notOk(slots.json().slots.some(({ start }: { start: string }) => start === day))
})

t.test('hours that are kept for some session types are not offered to the others', async t => {
  const { request, signIn, book } = await open(t)
  const hours = [{ days: ['tue'], from: '09:00', to: '12:00', sessionTypes: ['individual'] }]
  const path = '/api/therapists/jessica/opening-hours'
  const saved = await request('PUT', path, { zone: 'America/New_York', hours, exceptions: [] }, await signIn())
  t.equal(saved.statusCode, 200, saved.body)
  t.match((await book({ start: aStart })).json(), { status: 422, type: '/problems/not-offered' })
  t.equal((await book({ sessionType: 'individual', start: aStart })).statusCode, 201)
})

t.test('a cancelled booking does not count towards a daily cap', async t => {
  const { client, request, book, confirmed } = await open(t)
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', 2, 'rules', v.rules || '{"perDay": 1}'))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id where t.slug = 'couples'`
  await client`update session_types set version = 2 where slug = 'couples'`
  const { id, token } = await confirmed()
  const later = '2027-02-09T19:00:00Z'
  t.not((await book({ start: later })).statusCode, 201, 'one a day')
  await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  t.equal((await book({ start: later })).statusCode, 201)
})
