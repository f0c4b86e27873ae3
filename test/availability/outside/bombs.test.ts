import { gzipSync } from 'node:zlib'
import t from 'tap'
import { runThread } from '../../../src/availability/outside/run-thread.ts'
import { outsideServer } from '../../support/outside-server.ts'

const window = { from: Date.parse('2027-03-01T00:00Z'), to: Date.parse('2029-03-01T00:00Z') }
const good = ['BEGIN:VEVENT', 'UID:good@x', 'DTSTART:20270322T130000Z', 'DURATION:PT50M', 'END:VEVENT']
const goodStart = Date.parse('2027-03-22T13:00Z')
const bad = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:bad@x', ...lines, 'END:VEVENT']
const tiny = ['DTSTART:20270301T000000Z', 'DURATION:PT1S']
const numbers = (most: number) => Array.from({ length: most }, (_, index) => index).join(',')
const basic = (seconds: number) =>
  `${new Date(window.from + seconds * 1000).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
const instants = (most: number, apart: number) =>
  Array.from({ length: most }, (_, index) => basic(index * apart)).join(',')

/** Each beside a good event, which must stay busy. */
const beside: Record<string, string[]> = {
  'every second': bad(...tiny, 'RRULE:FREQ=SECONDLY'),
  'every minute': bad(...tiny, 'RRULE:FREQ=MINUTELY;COUNT=999999999'),
  'every hour for years': bad('DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=HOURLY'),
  'products of BY parts': bad(
    ...tiny,
    `RRULE:FREQ=YEARLY;BYHOUR=${numbers(24)};BYMINUTE=${numbers(60)};BYSECOND=${numbers(60)}`
  ),
  'as many BY parts as are allowed': bad(...tiny, `RRULE:FREQ=DAILY;BYHOUR=${numbers(24)};BYMINUTE=${numbers(20)}`),
  'no step forward': bad(...tiny, 'RRULE:FREQ=DAILY;INTERVAL=0'),
  'a giant step': bad(...tiny, 'RRULE:FREQ=YEARLY;INTERVAL=999999999'),
  'a giant COUNT': bad('DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=DAILY;COUNT=999999999'),
  'a number that is none': bad(...tiny, `RRULE:FREQ=DAILY;COUNT=${'9'.repeat(400)}`),
  'since the first year': bad('DTSTART:00010101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=DAILY'),
  never: bad('DTSTART:20200101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'),
  'a week and a day that never meet': bad(...tiny, 'RRULE:FREQ=YEARLY;BYWEEKNO=30;BYYEARDAY=1'),
  'a length of a million days': bad('DTSTART:20270401T000000Z', 'DURATION:P999999D', 'RRULE:FREQ=DAILY'),
  'a list of thirty thousand RDATEs': bad(...tiny, `RDATE:${instants(30_000, 6)}`),
  'a list of fifty thousand EXDATEs': bad(...tiny, 'RRULE:FREQ=DAILY', `EXDATE:${instants(50_000, 60)}`),
  'a line of four million letters': bad(...tiny, `DESCRIPTION:${'x'.repeat(4_000_000)}`),
  'a date of four million digits': bad(`DTSTART:${'2'.repeat(4_000_000)}`),
  'parts within parts within parts': bad(...tiny, 'BEGIN:X\r\n'.repeat(100_000), 'END:X\r\n'.repeat(100_000)),
  'a million empty folds': bad(...tiny, `SUMMARY:x${'\r\n x'.repeat(900_000)}`),
  'a zone that changes its clock each second': [
    ...['BEGIN:VTIMEZONE', 'TZID:Bomb', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0000'],
    ...['TZOFFSETTO:+0100', 'RRULE:FREQ=SECONDLY', 'END:STANDARD', 'END:VTIMEZONE'],
    ...bad('DTSTART;TZID=Bomb:20270322T140000', 'DURATION:PT1S')
  ],
  'a zone of ten thousand rules': [
    ...['BEGIN:VTIMEZONE', 'TZID:Bomb'],
    'BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=MONTHLY\r\nEND:STANDARD\r\n'.repeat(
      10_000
    ),
    'END:VTIMEZONE',
    ...bad('DTSTART;TZID=Bomb:20270322T140000', 'DURATION:PT1S')
  ],
  'thousands of one UID, and thousands in their place': Array.from({ length: 3000 }, (_, index) => [
    ...bad(`DTSTART:${basic(index * 60)}`, 'DURATION:PT1S'),
    ...bad(
      `RECURRENCE-ID;RANGE=THISANDFUTURE:${basic(index * 60 + 30)}`,
      `DTSTART:${basic(index * 60)}`,
      'DURATION:PT1S'
    )
  ]).flat(),
  'a name that takes long to look for': bad(`DTSTART;TZID=${'a/'.repeat(20_000)}a:20270322T140000`, 'DURATION:PT1S')
}

const none = { etag: null, lastModified: null }
const ask = (url: string, loopback = true) =>
  runThread({
    access: { kind: 'ics', url },
    known: none,
    question: { ...window, zone: 'Europe/Berlin', uidDomain: 'ours.invalid' },
    loopback
  })

t.test('a bomb in one event frees nothing else', async t => {
  const server = await outsideServer(t, (request, response) => {
    const lines = beside[decodeURIComponent(request.url?.slice(1) ?? '')] ?? []
    response.end(['BEGIN:VCALENDAR', ...lines, ...good, 'END:VCALENDAR'].join('\r\n'))
  })
  for (const name of Object.keys(beside)) {
    const outcome = await ask(`${server.origin}/${encodeURIComponent(name)}`)
    const busy = outcome.kind === 'read' ? [...outcome.busy] : []
    const covered = busy.some(
      (start, index) => index % 2 === 0 && start <= goodStart && (busy[index + 1] ?? 0) > goodStart
    )
    t.ok(covered, `${name}: ${outcome.kind === 'read' ? `${outcome.skipped} skipped` : JSON.stringify(outcome)}`)
  }
})

t.test('many bombs end the thread and nothing else: the next calendar is read', async t => {
  const bomb = beside['as many BY parts as are allowed'] ?? []
  const lines = Array.from({ length: 200 }, (_, index) => bomb.map(line => line.replace('bad@', `${index}@`))).flat()
  const server = await outsideServer(t, (request, response) => {
    const own = request.url === '/bombs' ? [...lines, ...good] : good
    response.end(['BEGIN:VCALENDAR', ...own, 'END:VCALENDAR'].join('\r\n'))
  })
  t.same(await ask(`${server.origin}/bombs`), { kind: 'fault', fault: 'too-much' })
  t.match(await ask(`${server.origin}/good`), { kind: 'read', skipped: 0 })
})

t.test('little that unfolds to much is cut off', async t => {
  const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '))
  const server = await outsideServer(t, (_request, response) =>
    response.setHeader('content-encoding', 'gzip').end(bomb)
  )
  t.same(await ask(server.origin), { kind: 'fault', fault: 'too-large' })
  server.answer((_request, response) => response.setHeader('content-encoding', 'gzip').end('not compressed'))
  t.same(await ask(server.origin), { kind: 'fault', fault: 'unreachable' })
  const text = ['BEGIN:VCALENDAR', ...good, 'END:VCALENDAR'].join('\r\n')
  server.answer((_request, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(text)))
  t.match(await ask(server.origin), { kind: 'read' })
})
