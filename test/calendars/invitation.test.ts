import fc from 'fast-check'
import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import t from 'tap'
import { newUid } from '../../src/bookings/uid.ts'
import { download, type Invitation, invitation } from '../../src/calendars/invitation.ts'
import { usualLimits } from '../../src/kernel/limits.ts'

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' })
const settings = {
  uidDomain: 'k3v9.invalid',
  outsideLoopback: false,
  publicUrl: 'https://post.example',
  sandbox: false,
  limits: usualLimits(false)
}

const sample: Invitation = {
  method: 'REQUEST',
  uid: newUid(settings),
  sequence: 2,
  revisedAt: at('2027-02-20T08:15:30Z'),
  createdAt: at('2027-02-01T09:00:00Z'),
  start: at('2027-03-02T15:00:00Z'),
  end: at('2027-03-02T16:20:00Z'),
  zone: 'America/New_York',
  title: 'Appointment',
  organizer: { name: 'TIR Office', email: 'office@tir.example' },
  attendee: { email: 'jo@home.example' }
}
const told = (changes: Partial<Invitation> = {}) => invitation({ ...sample, ...changes })
const event = (text: string) => {
  const found = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')
  if (!found) throw new Error('There is no VEVENT')
  return found
}

/** RFC 5545, 3.1: octets, not characters; a fold that cuts a UTF-8 sequence would not decode on its own line. */
function faultOf(text: string): string | undefined {
  if (!text.endsWith('END:VCALENDAR\r\n')) return 'the end is not END:VCALENDAR and CRLF'
  for (const line of text.slice(0, -2).split('\r\n')) {
    if (/[\r\n]/.test(line)) return `a line break that is not CRLF: ${JSON.stringify(line)}`
    if (/\p{Cc}/u.test(line)) return `a control character: ${JSON.stringify(line)}`
    if (Buffer.byteLength(line) > 75) return `more than 75 octets: ${line}`
    if (!line.isWellFormed()) return `half a character: ${JSON.stringify(line)}`
  }
  return undefined
}

const names = {
  quotes: 'Jo "the Boss" O’Neil',
  newline: 'Jo\r\nATTENDEE:mailto:evil@x.example\nEND:VEVENT',
  colon: 'Dr. Jo: practice; rooms, 2\\3',
  emoji: '👩‍❤️‍👨'.repeat(30),
  long: 'Möglichkeit '.repeat(40),
  caret: '^n^^ ^ \' "',
  controls: 'J\u0000o\u0007\u001b[31m \u202egnorw\u2028x',
  halves: 'a\ud83d b\udc00'
}

t.test('a name with anything in it leaves the object whole', async t => {
  for (const [kind, name] of Object.entries(names)) {
    const text = told({
      title: name,
      location: name,
      organizer: { name, email: 'o@x.example' },
      attendee: { name, email: 'a@x.example' }
    })
    t.equal(faultOf(text), undefined, kind)
    const read = event(text)
    t.equal(read.getAllProperties('attendee').length, 1, `${kind}: one attendee`)
    t.equal(read.getFirstPropertyValue('summary'), read.getFirstPropertyValue('location'), `${kind}: read alike`)
    t.equal(
      read.getFirstProperty('attendee')?.getFirstParameter('cn'),
      read.getFirstPropertyValue('summary'),
      `${kind}: name`
    )
  }
  t.equal(event(told({ title: names.colon })).getFirstPropertyValue('summary'), names.colon)
  t.equal(
    event(told({ title: names.newline })).getFirstPropertyValue('summary'),
    'Jo ATTENDEE:mailto:evil@x.example END:VEVENT'
  )
  t.match(
    told({ attendee: { name: names.colon, email: 'a@x.example' } }).replaceAll('\r\n ', ''),
    `CN="${names.colon}"`,
    'quoted'
  )
})

t.test('any text survives or is cleaned, and a second reading finds the same', async t => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (title, name) => {
      const text = told({ title, location: name, attendee: { name, email: 'a@x.example' } })
      const fault = faultOf(text)
      if (fault) throw new Error(fault)
      const read = event(text)
      const clean = (value: string) =>
        value
          .toWellFormed()
          .replace(/\s+/gu, ' ')
          .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
          .trim()
      t.equal(read.getFirstPropertyValue('summary'), clean(title) || 'Appointment')
      t.equal(read.getFirstPropertyValue('location') ?? '', clean(name))
    }),
    { numRuns: process.env.SOAK ? 20_000 : 300 }
  )
})

t.test('a request says who, when and which revision, and nothing of this moment', async t => {
  const text = told()
  t.equal(faultOf(text), undefined)
  t.equal(text, told(), 'the same bytes again')
  for (const line of [
    'PRODID:-//Calendar//EN',
    'METHOD:REQUEST',
    `UID:${sample.uid}`,
    'SEQUENCE:2',
    'DTSTAMP:20270220T081530Z',
    'CREATED:20270201T090000Z',
    'LAST-MODIFIED:20270220T081530Z',
    'DTSTART;TZID=America/New_York:20270302T100000',
    'DTEND;TZID=America/New_York:20270302T112000',
    'ORGANIZER;CN="TIR Office":mailto:office@tir.example',
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'CLASS:PRIVATE'
  ])
    t.ok(text.includes(`\r\n${line}\r\n`), line)
  t.equal(text.match(/^PRODID/gm)?.length, 1)
  t.equal(text.match(/^BEGIN:VTIMEZONE/gm)?.length, 1)
  t.notMatch(text, /X-WR-|VALARM/)
})

t.test('only the recipient is listed, and the organizer is somebody else', async t => {
  for (const method of ['REQUEST', 'CANCEL'] as const) {
    const read = event(told({ method }))
    const attendees = read.getAllProperties('attendee')
    t.strictSame(
      attendees.map(one => String(one.getFirstValue()).toLowerCase()),
      ['mailto:jo@home.example']
    )
    t.equal(read.getFirstPropertyValue('organizer'), 'mailto:office@tir.example')
    t.equal(attendees[0]?.getFirstParameter('rsvp') ?? undefined, method === 'REQUEST' ? 'TRUE' : undefined)
  }
})

t.test('what no tool notices: the end, value types, alarms, states', async t => {
  t.throws(() => told({ end: sample.start }), TypeError, 'an end at the start')
  t.throws(() => told({ end: sample.start.minus({ minutes: 1 }) }), TypeError, 'an end before the start')
  t.throws(() => told({ uid: 'a\r\nb@x.invalid' }), TypeError, 'a UID of two lines')
  const cancel = told({ method: 'CANCEL', sequence: 3 })
  t.notMatch(cancel, 'VALARM')
  for (const line of ['SEQUENCE:3', 'STATUS:CANCELLED', 'TRANSP:TRANSPARENT', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'])
    t.ok(cancel.includes(`\r\n${line}\r\n`), line)
  t.equal(event(cancel).getFirstPropertyValue('uid'), sample.uid, 'the same UID')
  for (const text of [told(), cancel]) {
    const read = event(text)
    const [start, end] = [read.getFirstProperty('dtstart'), read.getFirstProperty('dtend')]
    t.equal(start?.type, 'date-time')
    t.equal(end?.type, start?.type)
    t.equal(end?.getFirstParameter('tzid'), start?.getFirstParameter('tzid'))
    t.ok(['TENTATIVE', 'CONFIRMED', 'CANCELLED'].includes(String(read.getFirstPropertyValue('status'))))
  }
})

t.test('addresses are written as addresses, not as text', async t => {
  const odd = told({
    organizer: { name: 'Office', email: 'a,b;c@x.example' },
    attendee: { email: "o'neil+home@x.example" }
  })
  const read = event(odd)
  t.equal(read.getFirstPropertyValue('organizer'), 'mailto:a%2Cb%3Bc@x.example')
  t.match(String(read.getFirstPropertyValue('attendee')), /mailto:o'neil\+home@x\.example/i)
  t.match(told({ url: 'https://x.example/a,b;c?d=1' }), '\r\nURL;VALUE=URI:https://x.example/a%2Cb%3Bc?d=1\r\n')
  t.throws(() => told({ url: 'javascript:alert(1)' }), TypeError)
  t.throws(() => told({ attendee: { email: 'nobody' } }), TypeError)
})

t.test('a file holds one appointment or all of a booking, for nobody in particular', async t => {
  const { method, attendee, ...one } = sample
  const two = { ...one, uid: newUid(settings), start: one.start.plus({ weeks: 2 }), end: one.end.plus({ weeks: 2 }) }
  const text = download([one, two])
  t.equal(faultOf(text), undefined)
  t.match(text, '\r\nMETHOD:PUBLISH\r\n')
  t.notMatch(text, /ATTENDEE|X-WR-|RSVP|VALARM/)
  const read = new ICAL.Component(ICAL.parse(text))
  t.strictSame(
    read.getAllSubcomponents('vevent').map(entry => entry.getFirstPropertyValue('uid')),
    [one.uid, two.uid]
  )
  t.equal(read.getAllSubcomponents('vtimezone').length, 1, 'one block a zone')
  t.throws(() => download([]), TypeError)
})

t.test('a UID has 122 random bits of its own and the domain of the installation', async t => {
  const uids = new Set(Array.from({ length: 1000 }, () => newUid(settings)))
  t.equal(uids.size, 1000)
  for (const uid of uids)
    t.match(uid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}@k3v9\.invalid$/)
})
