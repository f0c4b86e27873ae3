import { pino } from 'pino'
import t from 'tap'
import { open } from '../../support/open.ts'
import { calendar, outsideServer } from '../../support/outside-server.ts'

const at = '/api/therapists/jessica/outside-calendars'

t.test('what comes back from a calendar outside with a UID of ours is busy no second time', async t => {
  const { request, signIn, confirmed, client } = await open(t)
  const { id } = await confirmed({ sessionType: 'individual', start: '2027-02-09T15:00:00Z' })
  const [own] = await client<{ uid: string }[]>`
    select p.uid from participants p join appointments a on a.id = p.appointment_id where a.booking_id = ${id}`
  t.match(own?.uid, /@tests\.invalid$/)
  const lines = (uid: string, hour: number) => [`UID:${uid}`, `DTSTART:20270209T${hour}0000Z`, 'DURATION:PT50M']
  const copied = calendar(
    lines(own?.uid ?? '', 15),
    lines(own?.uid.toUpperCase() ?? '', 17),
    lines(`tests.invalid@elsewhere`, 19)
  )
  const server = await outsideServer(t, copied)
  const token = await signIn()
  const added = await request('POST', at, { kind: 'ics', url: `${server.origin}/x.ics` }, token)
  t.match(added.json(), { state: 'synced', skipped: 0 })
  const span = 'from=2027-02-01&to=2027-03-01'
  const { items } = (await request('GET', `${at}/${added.json().id}/busy?${span}`, undefined, token)).json()
  t.same(items, [{ start: '2027-02-09T19:00:00Z', end: '2027-02-09T19:50:00Z' }])
})

t.test('the address of a calendar outside, and a password for it, are sealed where they lie and in no log', async t => {
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: line => logged.push(line) })
  const { request, signIn, client } = await open(t, { log })
  const server = await outsideServer(t, (_request, response) => response.writeHead(500).end('Qzbody'))
  const token = await signIn()
  const secret = /Qz(secret|account|name|password|body)|127\.0\.0\.1:/
  const [ics, caldav] = [`${server.origin}/Qzsecret.ics`, `${server.origin}/Qzaccount/`]
  const add = (body: object) => request('POST', at, body, token)
  t.match((await add({ kind: 'ics', url: ics })).json(), { state: 'stale' })
  const account = { kind: 'caldav', url: caldav, user: 'Qzname', password: 'Qzpassword' }
  t.match((await add(account)).json(), { state: 'stale' })
  t.ok(server.asked.some(({ url }) => url.includes('Qzsecret')))
  const rows = await client<{ access: Buffer }[]>`select access from outside_calendars`
  t.equal(rows.length, 2)
  for (const { access } of rows) t.notMatch(access.toString('latin1'), secret)
  const kept = await client`select subjects::text from events union all select why from audit`
  const listed = (await request('GET', at, undefined, token)).body
  for (const text of [JSON.stringify(kept), listed, ...logged]) t.notMatch(text, secret)
  t.ok(logged.length > 0)
})
