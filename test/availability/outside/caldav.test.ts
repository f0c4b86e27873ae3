import t from 'tap'
import { open } from '../../support/open.ts'
import { calendar, outsideServer } from '../../support/outside-server.ts'
import { account, radicale, radicaleProgram } from '../../support/radicale.ts'

const at = '/api/therapists/jessica/outside-calendars'
const span = 'from=2027-02-01&to=2027-04-01'
const program = radicaleProgram()
const skip = program ? false : 'Radicale is not installed (apt-get install radicale)'
if (!program) console.log('# The tests with a real CalDAV server are left out: radicale is not installed')

const weekly = [
  'UID:weekly@elsewhere',
  'DTSTART;TZID=America/New_York:20260105T090000',
  'DURATION:PT50M',
  'RRULE:FREQ=WEEKLY'
]

t.test('a calendar of a real CalDAV server is read, and followed', { skip }, async t => {
  const server = await radicale(t, program ?? '')
  const url = await server.make('work')
  await server.put('work/1.ics', calendar(['DTSTART:20270209T150000Z', 'DTEND:20270209T170000Z']))
  await server.put(
    'work/past.ics',
    calendar(['UID:past@elsewhere', 'DTSTART:20200209T150000Z', 'DTEND:20200209T170000Z'])
  )
  // A series that began long before the window, with one occurrence moved within the same object.
  await server.put(
    'work/2.ics',
    calendar(weekly, [
      'UID:weekly@elsewhere',
      'RECURRENCE-ID;TZID=America/New_York:20270208T090000',
      'DTSTART;TZID=America/New_York:20270210T160000',
      'DURATION:PT50M'
    ])
  )
  const { request, signIn } = await open(t)
  const token = await signIn()
  const added = await request('POST', at, { kind: 'caldav', url, ...account }, token)
  t.match(added.json(), { kind: 'caldav', state: 'synced', skipped: 0, fault: null }, added.body)
  const { id } = added.json()
  const busy = async () =>
    (await request('GET', `${at}/${id}/busy?${span}`, undefined, token))
      .json()
      .items.map(({ start, end }: { start: string; end: string }) => `${start.slice(5, 16)} ${end.slice(11, 16)}`)
  t.same(await busy(), [
    '02-01T14:00 14:50',
    '02-09T15:00 17:00',
    '02-10T21:00 21:50',
    '02-15T14:00 14:50',
    '02-22T14:00 14:50',
    '03-01T14:00 14:50',
    '03-08T14:00 14:50',
    // New York's clock changes on 14 March.
    '03-15T13:00 13:50',
    '03-22T13:00 13:50',
    '03-29T13:00 13:50'
  ])
  await server.put('work/2.ics', calendar(weekly.with(3, 'RRULE:FREQ=WEEKLY;UNTIL=20270101')))
  await request('POST', `${at}/${id}/sync`, undefined, token)
  t.same(await busy(), ['02-09T15:00 17:00'])
})

t.test('of an account every calendar is read', { skip }, async t => {
  const server = await radicale(t, program ?? '')
  for (const [name, hour] of [
    ['work', 15],
    ['home', 18]
  ] as const) {
    await server.make(name)
    await server.put(
      `${name}/1.ics`,
      calendar([`UID:${name}@elsewhere`, `DTSTART:20270209T${hour}0000Z`, 'DURATION:PT1H'])
    )
  }
  const { request, signIn } = await open(t)
  const token = await signIn()
  const added = (await request('POST', at, { kind: 'caldav', url: `${server.origin}/`, ...account }, token)).json()
  t.match(added, { state: 'synced' })
  t.match((await request('GET', `${at}/${added.id}/busy?${span}`, undefined, token)).json().items, [
    { start: '2027-02-09T15:00:00Z', end: '2027-02-09T16:00:00Z' },
    { start: '2027-02-09T18:00:00Z', end: '2027-02-09T19:00:00Z' }
  ])
})

t.test('a wrong password, and an account without a calendar, are told as what they are', { skip }, async t => {
  const server = await radicale(t, program ?? '')
  const { request, signIn } = await open(t)
  const token = await signIn()
  const wrong = { kind: 'caldav', url: `${server.origin}/`, ...account, password: 'another' }
  t.match((await request('POST', at, wrong, token)).json(), { state: 'stale', fault: 'refused' })
  const empty = { kind: 'caldav', url: `${server.origin}/`, ...account }
  t.match((await request('POST', at, empty, token)).json(), { state: 'stale', fault: 'no-calendar' })
})

t.test('a password goes to no other origin than the one that was typed in', async t => {
  const other = await outsideServer(t, (_request, response) => response.writeHead(401).end())
  const first = await outsideServer(t, (_request, response) =>
    response.writeHead(301, { location: `${other.origin}/` }).end()
  )
  const { request, signIn } = await open(t)
  const url = first.origin
  const added = await request('POST', at, { kind: 'caldav', url, ...account }, await signIn())
  t.match(added.json(), { state: 'stale' })
  t.match(first.asked[0]?.headers.authorization, /^Basic /)
  t.ok(other.asked.length > 0, 'the redirect was followed')
  t.ok(other.asked.every(({ headers }) => headers.authorization === undefined))
})
