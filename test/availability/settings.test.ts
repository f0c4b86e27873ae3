import t from 'tap'
import { open } from '../support/open.ts'

const monday = '/api/session-types/individual/slots?from=2027-02-08&to=2027-02-08&zone=America/New_York'
const at = '/api/therapists/jessica'

t.test('opening hours that are saved are the ones that are read, and change the times', async t => {
  const { request, signIn, app } = await open(t)
  const token = await signIn()
  const read = await request('GET', `${at}/opening-hours`, undefined, token)
  const settings = read.json()
  t.equal(settings.hours.length, 3)
  const before = (await request('GET', monday)).json().slots.length
  const hours = [
    { days: ['mon'], from: '09:00', to: '11:00', sessionTypes: ['individual'], place: 'video' },
    { days: ['mon'], from: '09:00', to: '12:00', validFrom: '2027-03-01' }
  ]
  const exceptions = [
    { date: '2027-02-15', hours: [] },
    { date: '2027-02-16', hours: [{ from: '20:00', to: '21:00' }] }
  ]
  const saved = await app.inject({
    method: 'PUT',
    url: `${at}/opening-hours`,
    headers: { host: 'localhost', authorization: `Bearer ${token}`, 'if-match': String(read.headers.etag) },
    payload: { zone: settings.zone, hours, exceptions }
  })
  t.equal(saved.statusCode, 200, saved.body)
  const again = (await request('GET', `${at}/opening-hours`, undefined, token)).json()
  t.same(again, { zone: 'America/New_York', hours, exceptions })
  const after = (await request('GET', monday)).json().slots
  t.ok(after.length < before)
  t.ok(after.every(({ place }: { place: string }) => place === 'video'))
  t.equal((await request('GET', monday.replaceAll('02-08', '02-15'))).json().slots.length, 0)
  t.equal((await request('GET', monday.replaceAll('02-08', '02-16'))).json().slots.length, 1)
})

t.test('who saves over somebody else’s change is told so, and nothing is lost', async t => {
  const { request, signIn, app } = await open(t)
  const token = await signIn()
  const { headers, body } = await request('GET', `${at}/opening-hours`, undefined, token)
  const save = (known = String(headers.etag)) =>
    app.inject({
      method: 'PUT',
      url: `${at}/opening-hours`,
      headers: {
        host: 'localhost',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'if-match': known
      },
      payload: body
    })
  t.equal((await save(`"of another", ${headers.etag}`)).statusCode, 200, 'one of a list')
  const late = await save()
  t.match(late.json(), { type: '/problems/changed-meanwhile', status: 412 })
})

t.test('faults in opening hours are all named', async t => {
  const { request, signIn } = await open(t)
  const token = await signIn()
  const answer = await request(
    'PUT',
    `${at}/opening-hours`,
    { zone: 'America/New_York', hours: [{ days: ['mon'], from: '12:00', to: '09:00' }], exceptions: [] },
    token
  )
  t.match(answer.json(), { status: 422, errors: [{ pointer: '/hours/0/to' }] }, answer.body)
  const unknown = await request(
    'PUT',
    `${at}/opening-hours`,
    {
      zone: 'Europe/Berlin',
      hours: [{ days: ['mon'], from: '09:00', to: '12:00', place: 'moon', sessionTypes: ['golf'] }],
      exceptions: []
    },
    token
  )
  t.same(
    unknown.json().errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/zone', '/hours/0/place', '/hours/0/sessionTypes/0']
  )
})

t.test('time off closes its times, names what is sold in it, and opens them again when it is removed', async t => {
  const { request, signIn, book } = await open(t)
  const token = await signIn()
  const free = (await request('GET', monday)).json().slots.length
  const { id: booking } = (await book({ sessionType: 'individual', start: '2027-02-08T15:00:00Z' })).json()
  const off = await request(
    'POST',
    `${at}/time-off`,
    { start: '2027-02-08T05:00:00Z', end: '2027-02-09T05:00:00Z' },
    token
  )
  t.equal(off.statusCode, 201, off.body)
  t.match(off.json().collisions, [{ id: booking, state: 'held' }])
  t.equal((await request('GET', monday)).json().slots.length, 0)
  const list = (await request('GET', `${at}/time-off`, undefined, token)).json()
  t.match(list.items, [{ id: off.json().id, start: '2027-02-08T05:00:00Z', end: '2027-02-09T05:00:00Z' }])
  t.equal((await request('DELETE', `${at}/time-off/${off.json().id}`, undefined, token)).statusCode, 204)
  t.equal((await request('DELETE', `${at}/time-off/${off.json().id}`, undefined, token)).statusCode, 404)
  const left = (await request('GET', monday)).json().slots.length
  t.ok(left > 0 && left < free)
})

t.test('nobody but staff sees or changes opening hours', async t => {
  const { request } = await open(t)
  t.equal((await request('GET', `${at}/opening-hours`)).statusCode, 401)
  t.equal(
    (await request('POST', `${at}/time-off`, { start: '2027-02-08T05:00:00Z', end: '2027-02-09T05:00:00Z' }))
      .statusCode,
    401
  )
})

t.test('a therapist changes no times but their own; the owner changes everybody’s', async t => {
  const { request, signIn, client } = await open(t)
  const token = await signIn()
  const off = { start: '2027-02-08T05:00:00Z', end: '2027-02-09T05:00:00Z' }
  const { id } = (await request('POST', `${at}/time-off`, off, token)).json()
  const hours = (await request('GET', `${at}/opening-hours`, undefined, token)).json()
  const change = async () => {
    const answers = [
      await request('PUT', `${at}/opening-hours`, hours, token),
      await request('POST', `${at}/time-off`, off, token),
      await request('DELETE', `${at}/time-off/${id}`, undefined, token)
    ]
    return answers.map(({ statusCode }) => statusCode)
  }
  await client`
    insert into people (practice_id, id, zone, wording, calendar_choice, legal_hold, data_key, created_at)
    select practice_id, gen_random_uuid(), zone, wording, calendar_choice, false, data_key, created_at from people`
  await client`
    update resources set person_id = (select id from people where id not in (select person_id from staff) limit 1)
    where kind = 'therapist'`
  await client`update staff set roles = '{therapist}'`
  t.same(await change(), [403, 403, 403])
  await client`update staff set roles = '{owner}'`
  t.same(await change(), [200, 201, 204])
})
