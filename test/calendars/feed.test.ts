import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import t from 'tap'
import { dayAt, initialsOf, isOff, therapistTitle, windowOf } from '../../src/calendars/feed.ts'
import { keptBytes } from '../../src/calendars/kept-bytes.ts'
import { readIfNoneMatch } from '../../src/calendars/validators.ts'
import { type FeedEntry, writeFeed } from '../../src/calendars/write-feed.ts'
import { entriesOf, faultOf } from '../support/feeds.ts'

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' })
const entry: FeedEntry = {
  uid: '6c2b6f0e-1d2b-4d8a-9c55-0b1f4e5a7d10@k3v9.invalid',
  sequence: 1,
  revisedAt: at('2027-02-20T08:15:30Z'),
  createdAt: at('2027-02-01T09:00:00Z'),
  start: at('2027-03-02T15:00:00Z'),
  end: at('2027-03-02T16:20:00Z'),
  zone: 'America/New_York',
  title: 'Appointment',
  off: false
}

t.test('a feed tells its name, zone and refreshing before all entries, and has no method, organizer or alarm', t => {
  const text = writeFeed('Appointments', 'America/New_York', [entry])
  t.equal(faultOf(text), undefined)
  t.equal(text, writeFeed('Appointments', 'America/New_York', [entry]), 'the same bytes again')
  t.match(
    text,
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Calendar//EN',
      'NAME:Appointments',
      'X-WR-CALNAME:Appointments',
      'X-WR-TIMEZONE:America/New_York',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VTIMEZONE'
    ].join('\r\n')
  )
  t.notMatch(text, /^(METHOD|ORGANIZER|ATTENDEE|RSVP|BEGIN:VALARM)/m)
  t.match(entriesOf(text), [
    {
      uid: entry.uid,
      sequence: '1',
      dtstamp: '2027-02-20T08:15:30Z',
      status: 'CONFIRMED',
      transp: 'OPAQUE',
      'x-microsoft-cdo-busystatus': 'BUSY',
      class: 'PRIVATE'
    }
  ])
  t.end()
})

t.test('a cancelled entry takes no time and has no alarm', t => {
  const [read] = entriesOf(writeFeed('Appointments', 'America/New_York', [{ ...entry, sequence: 2, off: true }]))
  t.match(read, {
    uid: entry.uid,
    sequence: '2',
    status: 'CANCELLED',
    transp: 'TRANSPARENT',
    'x-microsoft-cdo-busystatus': 'FREE'
  })
  t.end()
})

t.test('an empty feed is a whole calendar of one component', t => {
  for (const [zone, components] of [
    ['America/New_York', 1],
    ['UTC', 0]
  ] as const) {
    const text = writeFeed('Appointments', zone, [])
    t.equal(faultOf(text), undefined)
    const calendar = new ICAL.Component(ICAL.parse(text))
    t.equal(calendar.getAllSubcomponents('vtimezone').length, components)
    t.equal(calendar.getAllSubcomponents('vevent').length, 0)
  }
  t.end()
})

t.test('names with anything in them leave the feed whole, and one entry each', t => {
  const names = [
    'Jo\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil',
    'Dr. Jo: practice; rooms, 2\\3 "the Boss"',
    '👩‍❤️‍👨'.repeat(30),
    'J\u0000o\u0007 \u202egnorw\u2028x',
    'a\ud83d b\udc00'
  ]
  for (const style of ['names', 'initials'] as const) {
    const entries = names.map(name => ({ ...entry, title: therapistTitle(style, 'abcdef', [name, 'Sam']) }))
    const text = writeFeed('Appointments', 'America/New_York', entries)
    t.equal(faultOf(text), undefined, style)
    const read = entriesOf(text)
    t.equal(read.length, names.length)
    if (style === 'names') t.equal(read[1]?.summary, `Appointment ${names[1]} and Sam`)
    t.ok(read.every(({ uid }) => uid === entry.uid))
  }
  t.end()
})

t.test('both clock changes: the local hour stays, and a reader finds the same instant', t => {
  const starts = ['2027-03-12T15:00:00Z', '2027-03-15T14:00:00Z', '2027-11-05T14:00:00Z', '2027-11-08T15:00:00Z']
  const entries = starts.map(start => ({ ...entry, start: at(start), end: at(start).plus({ minutes: 50 }) }))
  const calendar = new ICAL.Component(ICAL.parse(writeFeed('Appointments', 'America/New_York', entries)))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  const times = calendar.getAllSubcomponents('vevent').map(event => new ICAL.Event(event).startDate)
  t.same(
    times.map(time => time.hour),
    [10, 10, 10, 10]
  )
  t.same(
    times.map(time => time.toJSDate().toISOString()),
    starts.map(start => start.replace('Z', '.000Z'))
  )
  // 01:30 is shown twice on 7 November: only UTC says which.
  const twice = { ...entry, start: at('2027-11-07T05:30:00Z'), end: at('2027-11-07T06:20:00Z') }
  t.match(writeFeed('Appointments', 'America/New_York', [twice]), '\r\nDTSTART:20271107T053000Z\r\n')
  t.end()
})

t.test('the window is the same all day long and changes at the practice’s midnight', t => {
  const zone = 'America/New_York'
  const windowAt = (instant: DateTime, zone: string) => windowOf(dayAt(instant, zone), zone)
  const morning = windowAt(at('2027-03-14T05:00:00Z'), zone)
  t.same(windowAt(at('2027-03-15T03:59:59Z'), zone), morning, 'the day of the clock change has 23 hours')
  t.same(morning, { day: '2027-03-14', from: at('2027-02-12T05:00:00Z'), to: at('2028-09-14T04:00:00Z') })
  t.equal(windowAt(at('2027-03-15T04:00:00Z'), zone).day, '2027-03-15')
  t.equal(windowAt(at('2027-03-14T04:59:59Z'), zone).day, '2027-03-13')
  t.end()
})

t.test('what a therapist’s entry says, by the chosen style', t => {
  const id = '01a20943-cb5a-7532-9955-2f4754c145c5'
  const cases = [
    ['code', ['Jo Delgado'], 'Appointment C145C5'],
    ['initials', ['Jo Delgado'], 'Appointment J. D.'],
    ['initials', ['Jo Delgado', 'sam lee'], 'Appointment J. D. and S. L.'],
    ['names', ['Jo Delgado', 'Sam Lee'], 'Appointment Jo Delgado and Sam Lee'],
    ['names', [''], 'Appointment C145C5'],
    ['names', [], 'Appointment C145C5'],
    ['initials', ['👻'], 'Appointment C145C5']
  ] as const
  for (const [style, names, title] of cases) t.equal(therapistTitle(style, id, names), title, `${style}: ${names}`)
  const initials = [
    ['Anna Maria van der Berg', 'A. M. B.'],
    ['Ève', 'È.'],
    ['(Jo) "D."', 'J. D.'],
    ['李 小龙', '李. 小.'],
    ['  ', '']
  ] as const
  for (const [name, wanted] of initials) t.equal(initialsOf(name), wanted, name)
  t.end()
})

t.test('an appointment takes no time once it or the person in it is off', t => {
  const on = { state: 'planned', removedAt: null } as const
  t.notOk(isOff(on))
  t.notOk(isOff({ ...on, state: 'done' }))
  t.notOk(isOff({ ...on, state: 'missed' }))
  t.ok(isOff({ ...on, state: 'skipped' }))
  t.ok(isOff({ ...on, state: 'cancelled' }))
  t.ok(isOff({ ...on, removedAt: at('2027-02-01T00:00:00Z') }))
  t.end()
})

t.test('If-None-Match is read with lists, the star and weak tags', t => {
  t.equal(readIfNoneMatch('*'), 'anything')
  t.same(readIfNoneMatch(undefined), [])
  t.same(readIfNoneMatch(''), [])
  t.same(readIfNoneMatch('"a"'), ['"a"'])
  t.same(readIfNoneMatch('W/"a"'), ['"a"'])
  t.same(readIfNoneMatch(' "a,b" ,W/"c", "" '), ['"a,b"', '"c"', '""'])
  t.same(readIfNoneMatch('abc'), [], 'an unquoted text is no tag')
  t.end()
})

t.test('of the bytes in memory the ones asked longest ago make room', t => {
  const kept = keptBytes(100)
  const [one, two, three] = [Buffer.from('one'), Buffer.from('two'), Buffer.from('three')]
  kept.set(one, '"1"', Buffer.alloc(40))
  kept.set(two, '"2"', Buffer.alloc(40))
  t.match(kept.get(one), { etag: '"1"' })
  kept.set(three, '"3"', Buffer.alloc(40))
  t.equal(kept.get(two), undefined)
  t.match(kept.get(one), { etag: '"1"' })
  kept.set(one, '"4"', Buffer.alloc(60))
  t.match([kept.get(one), kept.get(three)], [{ etag: '"4"' }, { etag: '"3"' }], 'the old bytes of one feed make room')
  kept.set(two, '"5"', Buffer.alloc(101))
  t.same([one, two, three].map(kept.get), [undefined, undefined, undefined], 'more than all together is not kept')
  kept.set(one, '"6"', Buffer.alloc(100))
  kept.delete(one)
  kept.set(two, '"7"', Buffer.alloc(100))
  t.match(kept.get(two), { etag: '"7"' })
  t.end()
})
