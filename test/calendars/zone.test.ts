import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import t from 'tap'
import { invitation } from '../../src/calendars/invitation.ts'

const all = process.env.SOAK === '1'

const written = (zone: string, start: DateTime) =>
  invitation({
    method: 'REQUEST',
    uid: 'a@k3v9.invalid',
    sequence: 0,
    revisedAt: start,
    createdAt: start,
    start,
    end: start.plus({ minutes: 80 }),
    zone,
    title: 'Appointment',
    organizer: { name: 'TIR Office', email: 'office@tir.example' },
    attendee: { email: 'jo@home.example' }
  })

/** The instants a client reads, by the VTIMEZONE of the object alone. */
function read(text: string): [number, number] {
  ICAL.TimezoneService.reset()
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const block of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(block))
  const vevent = calendar.getFirstSubcomponent('vevent')
  if (!vevent) throw new Error('There is no VEVENT')
  const { startDate, endDate } = new ICAL.Event(vevent)
  return [startDate.toUnixTime(), endDate.toUnixTime()]
}

/** The instants at which a zone's offset changes, 2026 to 2028, found to the minute. */
function changesOf(zone: string): DateTime[] {
  const found: DateTime[] = []
  const offset = (time: DateTime) => time.setZone(zone).offset
  let next = offset(DateTime.utc(2026, 1, 1))
  for (let day = DateTime.utc(2026, 1, 1); day.year < 2029; day = day.plus({ days: 7 })) {
    let [low, high] = [day, day.plus({ days: 7 })]
    const before = next
    next = offset(high)
    if (before === next) continue
    while (high.diff(low).as('minutes') > 1) {
      const middle = low.plus({ minutes: Math.floor(high.diff(low).as('minutes') / 2) })
      if (offset(middle) === before) low = middle
      else high = middle
    }
    found.push(high)
  }
  return found
}

t.test('in every zone a client reads the very instants, also around each change of the clock', async t => {
  let [checked, named] = [0, 0]
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const changes = changesOf(zone)
    const around = changes.flatMap(change =>
      (all ? [-150, -90, -60, -30, 0, 30, 60, 90] : [-60, -30, 0, 60]).map(minutes => change.plus({ minutes }))
    )
    for (const start of [
      DateTime.utc(2026, 7, 1, 12),
      DateTime.utc(2027, 1, 10, 9),
      DateTime.utc(2028, 11, 3, 20),
      ...around
    ]) {
      const text = written(zone, start)
      const wanted = [start.toSeconds(), start.plus({ minutes: 80 }).toSeconds()]
      const got = read(text)
      if (got[0] !== wanted[0] || got[1] !== wanted[1]) t.fail(`${zone} ${start.toISO()}`, { got, wanted })
      if (!/DTSTART(;TZID=[^:]+:\d{8}T\d{6}|:\d{8}T\d{6}Z)\r\n/.test(text)) t.fail(`${zone}: a floating time`)
      checked += 1
      if (text.includes('DTSTART;TZID=')) named += 1
    }
  }
  t.ok(checked > 2000 && named > 1200, `${checked} starts, ${named} of them in a named zone`)
  t.comment(`${checked} starts, ${named} of them in a named zone`)
})

t.test(
  'a zone without a yearly rule, one that changed it lately, an unknown one and a time that comes twice are written in UTC',
  async t => {
    const noon = DateTime.utc(2027, 2, 20, 12)
    for (const zone of ['Africa/Casablanca', 'Africa/El_Aaiun', 'America/Vancouver', 'UTC', 'Etc/UTC', 'Nowhere/Land'])
      t.match(written(zone, noon), '\r\nDTSTART:20270220T120000Z\r\n', zone)
    t.match(written('Europe/Berlin', DateTime.fromISO('2027-10-31T00:30:00Z')), '\r\nDTSTART:20271031T003000Z\r\n')
    t.match(
      written('Europe/Berlin', DateTime.fromISO('2027-10-31T04:30:00Z')),
      'DTSTART;TZID=Europe/Berlin:20271031T053000'
    )
  }
)

t.test('an alias is written under the name that its block carries', async t => {
  const text = written('America/Indianapolis', DateTime.utc(2027, 7, 1, 12))
  t.match(text, '\r\nTZID:America/Indiana/Indianapolis\r\n')
  t.match(text, '\r\nDTSTART;TZID=America/Indiana/Indianapolis:20270701T080000\r\n')
})
