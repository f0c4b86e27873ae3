import { readBusy } from '../../src/availability/outside/read-busy.ts'

const window = { from: Date.parse('2027-03-01T00:00Z'), to: Date.parse('2027-06-01T00:00Z') }

/** What a text says busy from March to May 2027 for somebody in Berlin, as pairs to the minute. */
export function busyIn(text: string, { zone = 'Europe/Berlin', uidDomain = 'ours.invalid' } = {}) {
  const { busy, skipped } = readBusy(text, { ...window, zone, uidDomain })
  const short = (ms = 0) => new Date(ms).toISOString().replace(/:00\.000Z$/, 'Z')
  const pairs = busy.flatMap((edge, index) => (index % 2 ? [] : [[short(edge), short(busy[index + 1])]]))
  return { busy: pairs, skipped }
}

interface Case {
  lines: string[]
  /** The lines are the whole calendar, and not one event. */
  wrap?: boolean
  busy: [string, string][]
  skipped?: number
}

const at = (...pairs: string[]) =>
  pairs.map(pair => {
    const [day = '', from = '', to = ''] = pair.split(/[ -](?=\d\d:)| /)
    return [`2027-${day}T${from}Z`, `2027-${day}T${to}Z`] as [string, string]
  })
const weekly = (...lines: string[]) => ['DTSTART;TZID=Europe/Berlin:20270322T140000', 'DURATION:PT50M', ...lines]
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:u@x', ...lines, 'END:VEVENT']
/** 22 and 29 March and 5 April at 14:00 in Berlin, whose clock changes on the 28th. */
const three = at('03-22 13:00-13:50', '03-29 12:00-12:50', '04-05 12:00-12:50')
const [first = ['', ''], second = ['', ''], third = ['', '']] = three
const count = 'RRULE:FREQ=WEEKLY;COUNT=3'

/** Worked out by hand with RFC 5545 and a calendar of 2027. */
export const handMade: Readonly<Record<string, Case>> = {
  'an EXDATE in the zone of the series removes its occurrence': {
    lines: weekly(count, 'EXDATE;TZID=Europe/Berlin:20270329T140000'),
    busy: [first, third]
  },
  'an EXDATE in another zone removes the occurrence of its instant': {
    lines: weekly(count, 'EXDATE;TZID=America/New_York:20270329T080000'),
    busy: [first, third]
  },
  'an EXDATE that is a day removes what is on that day': {
    lines: weekly(count, 'EXDATE;VALUE=DATE:20270329'),
    busy: [first, third]
  },
  'several EXDATEs in one line and in several': {
    lines: weekly('RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE:20270329T120000Z,20270405T120000Z', 'EXDATE:20270412T120000Z'),
    busy: [first]
  },
  'an EXDATE at another time removes nothing': {
    lines: weekly(count, 'EXDATE:20270329T130000Z'),
    busy: three
  },
  'an EXDATE may remove the first': { lines: weekly(count, 'EXDATE:20270322T130000Z'), busy: [second, third] },
  'an old EXRULE removes what it generates': { lines: weekly(count, 'EXRULE:FREQ=WEEKLY;INTERVAL=2'), busy: [second] },
  'an override outside the window that is moved into it is busy': {
    wrap: true,
    lines: [
      ...event('DTSTART:20270105T130000Z', 'DURATION:PT50M', 'RRULE:FREQ=MONTHLY;COUNT=2'),
      ...event('RECURRENCE-ID:20270105T130000Z', 'DTSTART:20270310T130000Z', 'DURATION:PT20M')
    ],
    busy: at('03-10 13:00-13:20')
  },
  'an override that is a day replaces what is on that day': {
    wrap: true,
    lines: [
      ...event(...weekly(count)),
      ...event('RECURRENCE-ID;VALUE=DATE:20270329', 'DTSTART:20270330T100000Z', 'DURATION:PT1H')
    ],
    busy: [first, ...at('03-30 10:00-11:00'), third]
  },
  'a cancelled override frees its occurrence': {
    wrap: true,
    lines: [
      ...event(...weekly(count)),
      ...event('RECURRENCE-ID:20270329T120000Z', 'DTSTART:20270329T120000Z', 'DURATION:PT50M', 'STATUS:CANCELLED')
    ],
    busy: [first, third]
  },
  'a transparent override frees its occurrence': {
    wrap: true,
    lines: [
      ...event(...weekly(count)),
      ...event('RECURRENCE-ID:20270329T120000Z', 'DTSTART:20270329T120000Z', 'DURATION:PT50M', 'TRANSP:TRANSPARENT')
    ],
    busy: [first, third]
  },
  'one busy override of a transparent series is busy': {
    wrap: true,
    lines: [
      ...event(...weekly(count, 'TRANSP:TRANSPARENT')),
      ...event('RECURRENCE-ID:20270329T120000Z', 'DTSTART:20270329T120000Z', 'DURATION:PT50M')
    ],
    busy: [second]
  },
  'a series that is cancelled from one occurrence on': {
    wrap: true,
    lines: [
      ...event(...weekly(count)),
      ...event(
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20270329T120000Z',
        'DTSTART:20270329T120000Z',
        'DURATION:PT50M',
        'STATUS:CANCELLED'
      )
    ],
    busy: [first]
  },
  'moved from one on, then one of those moved again': {
    wrap: true,
    lines: [
      ...event(...weekly('RRULE:FREQ=WEEKLY;COUNT=4')),
      ...event(
        'RECURRENCE-ID;TZID=Europe/Berlin;RANGE=THISANDFUTURE:20270329T140000',
        'DTSTART;TZID=Europe/Berlin:20270330T090000',
        'DURATION:PT1H'
      ),
      ...event('RECURRENCE-ID;TZID=Europe/Berlin:20270405T140000', 'DTSTART:20270407T100000Z', 'DURATION:PT30M')
    ],
    busy: [first, ...at('03-30 07:00-08:00', '04-07 10:00-10:30', '04-13 07:00-08:00')]
  },
  'an override that ends before it begins does not free its series': {
    wrap: true,
    lines: [
      ...event(...weekly(count)),
      ...event('RECURRENCE-ID:20270329T120000Z', 'DTSTART:20270329T120000Z', 'DTEND:20270329T110000Z')
    ],
    busy: three,
    skipped: 1
  },
  'Outlook says free in its own property': {
    lines: ['DTSTART:20270322T130000Z', 'DTEND:20270322T135000Z', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'],
    busy: []
  },
  'Outlook says tentative, which is busy': {
    lines: [
      'DTSTART:20270322T130000Z',
      'DTEND:20270322T135000Z',
      'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE',
      'STATUS:TENTATIVE'
    ],
    busy: at('03-22 13:00-13:50')
  },
  'a cancelled event is not busy': {
    lines: ['DTSTART:20270322T130000Z', 'DTEND:20270322T135000Z', 'STATUS:CANCELLED'],
    busy: []
  },
  'days are whole where the reader lives, over a change of the clock': {
    lines: ['DTSTART;VALUE=DATE:20270327', 'DTEND;VALUE=DATE:20270330'],
    busy: [['2027-03-26T23:00Z', '2027-03-29T22:00Z']]
  },
  'a day whose VALUE is missing': { lines: ['DTSTART:20270327'], busy: [['2027-03-26T23:00Z', '2027-03-27T23:00Z']] },
  'a day that ends on itself is that day': {
    lines: ['DTSTART;VALUE=DATE:20270327', 'DTEND;VALUE=DATE:20270327'],
    busy: [['2027-03-26T23:00Z', '2027-03-27T23:00Z']]
  },
  'days by DURATION': {
    lines: ['DTSTART;VALUE=DATE:20270327', 'DURATION:P2D'],
    busy: [['2027-03-26T23:00Z', '2027-03-28T22:00Z']]
  },
  'a day each week but one': {
    lines: ['DTSTART;VALUE=DATE:20270322', 'RRULE:FREQ=WEEKLY;UNTIL=20270405', 'EXDATE;VALUE=DATE:20270329'],
    busy: [
      ['2027-03-21T23:00Z', '2027-03-22T23:00Z'],
      ['2027-04-04T22:00Z', '2027-04-05T22:00Z']
    ]
  },
  'the EXDATE of a day may be written as its midnight': {
    lines: ['DTSTART;VALUE=DATE:20270322', 'RRULE:FREQ=WEEKLY;COUNT=2', 'EXDATE;TZID=Europe/Berlin:20270329T000000'],
    busy: [['2027-03-21T23:00Z', '2027-03-22T23:00Z']]
  },
  'a DURATION of a day is a day by the calendar, of 24 hours by the clock': {
    wrap: true,
    lines: [
      ...event('UID:a', 'DTSTART;TZID=Europe/Berlin:20270327T120000', 'DURATION:P1D'),
      ...event('UID:b', 'DTSTART;TZID=Europe/Berlin:20270427T120000', 'DURATION:PT24H')
    ],
    busy: [
      ['2027-03-27T11:00Z', '2027-03-28T10:00Z'],
      ['2027-04-27T10:00Z', '2027-04-28T10:00Z']
    ]
  },
  'a time without an end takes no time': { lines: ['DTSTART:20270322T130000Z'], busy: [] },
  'an event that ends before it begins is counted': {
    lines: ['DTSTART:20270322T130000Z', 'DTEND:20270322T120000Z'],
    busy: [],
    skipped: 1
  },
  'a negative DURATION is counted': {
    lines: ['DTSTART:20270322T130000Z', 'DURATION:-PT1H'],
    busy: [],
    skipped: 1
  },
  'a flight from zone to zone': {
    lines: ['DTSTART;TZID=Europe/Berlin:20270410T100000', 'DTEND;TZID=America/New_York:20270410T130000'],
    busy: at('04-10 08:00-17:00')
  },
  'the last weekday of each month by BYSETPOS': {
    lines: [
      'DTSTART;TZID=Europe/Berlin:20270331T140000',
      'DURATION:PT50M',
      'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3'
    ],
    busy: at('03-31 12:00-12:50', '04-30 12:00-12:50', '05-31 12:00-12:50')
  },
  'UNTIL in UTC is an instant, the last included': {
    lines: weekly('RRULE:FREQ=WEEKLY;UNTIL=20270405T120000Z'),
    busy: three
  },
  'UNTIL in UTC a second too early': {
    lines: weekly('RRULE:FREQ=WEEKLY;UNTIL=20270405T115959Z'),
    busy: [first, second]
  },
  'UNTIL without a zone is meant in the zone of the series': {
    lines: weekly('RRULE:FREQ=WEEKLY;UNTIL=20270405T140000'),
    busy: three
  },
  'an evening in New York with the day of UNTIL in UTC': {
    lines: [
      'DTSTART;TZID=America/New_York:20270301T200000',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;UNTIL=20270316T000000Z'
    ],
    busy: at('03-02 01:00-02:00', '03-09 01:00-02:00', '03-16 00:00-01:00')
  },
  'RDATEs in the zone, in UTC and as days': {
    lines: weekly('RDATE;TZID=Europe/Berlin:20270401T140000', 'RDATE:20270402T120000Z', 'RDATE;VALUE=DATE:20270403'),
    busy: [first, ...at('04-01 12:00-12:50', '04-02 12:00-12:50', '04-03 12:00-12:50')]
  },
  'an RDATE that EXDATE removes, and a period that ends at an instant': {
    lines: weekly(
      'RDATE:20270401T120000Z',
      'RDATE;VALUE=PERIOD:20270402T120000Z/20270402T133000Z',
      'EXDATE:20270401T120000Z'
    ),
    busy: [first, ...at('04-02 12:00-13:30')]
  },
  'every second week by the week that begins on Sunday': {
    lines: ['DTSTART:20270302T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU'],
    busy: at('03-02 09:00-10:00', '03-14 09:00-10:00', '03-16 09:00-10:00', '03-28 09:00-10:00')
  },
  'every second week by the week that begins on Monday': {
    lines: ['DTSTART:20270302T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO'],
    busy: at('03-02 09:00-10:00', '03-07 09:00-10:00', '03-16 09:00-10:00', '03-21 09:00-10:00')
  },
  'each year on 29 February is not in 2027': {
    lines: ['DTSTART:20240229T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY'],
    busy: []
  },
  'each year since long ago': {
    lines: ['DTSTART;TZID=Europe/Berlin:19700412T090000', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY'],
    busy: at('04-12 07:00-08:00')
  },
  'the second Sunday in May': {
    lines: ['DTSTART:20200510T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2SU'],
    busy: at('05-09 09:00-10:00')
  },
  'a series in New York, whose clock changes two weeks before Berlin’s': {
    lines: ['DTSTART;TZID=America/New_York:20270308T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4'],
    busy: at('03-08 14:00-15:00', '03-15 13:00-14:00', '03-22 13:00-14:00', '03-29 13:00-14:00')
  },
  'a time that the clock leaves out is meant by the offset before': {
    lines: ['DTSTART;TZID=Europe/Berlin:20270327T023000', 'DURATION:PT30M', 'RRULE:FREQ=DAILY;COUNT=3'],
    busy: at('03-27 01:30-02:00', '03-28 01:30-02:00', '03-29 00:30-01:00')
  },
  'times without a zone are meant where the reader lives': {
    lines: ['DTSTART:20270322T140000', 'DTEND:20270322T145000'],
    busy: at('03-22 13:00-13:50')
  },
  'a zone that nobody knows is meant as the calendar’s own': {
    wrap: true,
    lines: ['X-WR-TIMEZONE:America/New_York', ...event('DTSTART;TZID=Mars/Olympus:20270401T090000', 'DURATION:PT1H')],
    busy: at('04-01 13:00-14:00')
  },
  'a zone by its Windows name alone': {
    lines: ['DTSTART;TZID=Eastern Standard Time:20270401T090000', 'DURATION:PT1H'],
    busy: at('04-01 13:00-14:00')
  },
  'UTC by the name that Outlook gives it': {
    lines: ['DTSTART;TZID=tzone://Microsoft/Utc:20270401T090000', 'DURATION:PT1H'],
    busy: at('04-01 09:00-10:00')
  },
  'a zone whose name needs quotes and has none': {
    lines: ['DTSTART;TZID=(UTC+01:00) Amsterdam\\, Berlin:20270322T140000', 'DURATION:PT50M'],
    busy: at('03-22 13:00-13:50')
  },
  'a zone of one’s own with several rules, one of them over': {
    wrap: true,
    lines: [
      'BEGIN:VTIMEZONE',
      'TZID:Customized Time Zone',
      ...['BEGIN:STANDARD', 'DTSTART:20001029T020000', 'TZOFFSETFROM:-0400', 'TZOFFSETTO:-0500'],
      ...['RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z', 'END:STANDARD'],
      ...['BEGIN:STANDARD', 'DTSTART:20071104T020000', 'TZOFFSETFROM:-0400', 'TZOFFSETTO:-0500'],
      ...['RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU', 'END:STANDARD'],
      ...['BEGIN:DAYLIGHT', 'DTSTART:20070311T020000', 'TZOFFSETFROM:-0500', 'TZOFFSETTO:-0400'],
      ...['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU', 'END:DAYLIGHT', 'END:VTIMEZONE'],
      ...event('DTSTART;TZID=Customized Time Zone:20270308T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2')
    ],
    busy: at('03-08 14:00-15:00', '03-15 13:00-14:00')
  },
  'a zone that never changes its clock': {
    wrap: true,
    lines: [
      ...['BEGIN:VTIMEZONE', 'TZID:Five thirty', 'BEGIN:STANDARD', 'DTSTART:16010101T000000'],
      ...['TZOFFSETFROM:+0530', 'TZOFFSETTO:+0530', 'END:STANDARD', 'END:VTIMEZONE'],
      ...event('DTSTART;TZID=Five thirty:20270401T090000', 'DURATION:PT1H')
    ],
    busy: at('04-01 03:30-04:30')
  },
  'lines that are folded within a word, and end with LF': {
    wrap: true,
    lines: ['BEGIN:VEVENT\nUID:f@x\nDTST\n ART:20270322T1300\n\t00Z\nDURATION:PT50M\nEND:VEVENT'],
    busy: at('03-22 13:00-13:50')
  },
  'reminders within an event, and other things beside it, say nothing': {
    wrap: true,
    lines: [
      ...['BEGIN:VTODO', 'UID:t', 'DTSTART:20270401T090000Z', 'DUE:20270401T100000Z', 'END:VTODO'],
      ...event(
        'DTSTART:20270322T130000Z',
        ...['BEGIN:VALARM', 'TRIGGER:-PT15M', 'DURATION:PT5M', 'REPEAT:2', 'END:VALARM'],
        'DURATION:PT50M'
      )
    ],
    busy: at('03-22 13:00-13:50')
  },
  'what was published as free or busy': {
    wrap: true,
    lines: [
      'BEGIN:VFREEBUSY',
      'FREEBUSY;FBTYPE=BUSY:20270322T130000Z/PT1H,20270322T150000Z/20270322T160000Z',
      'FREEBUSY;FBTYPE=FREE:20270323T130000Z/PT1H',
      'END:VFREEBUSY'
    ],
    busy: at('03-22 13:00-14:00', '03-22 15:00-16:00')
  },
  'our own entries are left out': {
    wrap: true,
    lines: ['BEGIN:VEVENT', 'UID:018f@OURS.invalid', 'DTSTART:20270322T130000Z', 'DURATION:PT1H', 'END:VEVENT'],
    busy: []
  },
  'two that touch are one': {
    wrap: true,
    lines: [
      ...event('DTSTART:20270322T130000Z', 'DURATION:PT1H'),
      ...event('DTSTART:20270322T140000Z', 'DURATION:PT1H'),
      ...event('DTSTART:20270322T133000Z', 'DURATION:PT10M')
    ],
    busy: at('03-22 13:00-15:00')
  },
  'an event that never ends in the file is counted': {
    wrap: true,
    lines: [
      'BEGIN:VEVENT',
      'UID:a',
      'DTSTART:20270322T090000Z',
      ...event('DTSTART:20270322T130000Z', 'DURATION:PT50M')
    ],
    busy: at('03-22 13:00-13:50'),
    skipped: 1
  },
  'a rule in small letters': { lines: weekly('rrule:freq=weekly;count=3'), busy: three },
  'a rule that cannot be followed leaves the first, and is counted': {
    lines: weekly('RRULE:FREQ=WEEKLY;INTERVAL=0'),
    busy: [first],
    skipped: 1
  },
  'a rule of days that there are not leaves the first, and is counted': {
    lines: weekly('RRULE:FREQ=WEEKLY;BYDAY=XX'),
    busy: [first],
    skipped: 1
  },
  'a rule of another calendar leaves the first, and is counted': {
    lines: weekly('RRULE:FREQ=WEEKLY;RSCALE=HEBREW'),
    busy: [first],
    skipped: 1
  },
  'two calendars in one file, each with its own zone of the same name': {
    wrap: true,
    lines: [
      'X-WR-TIMEZONE:Europe/Berlin',
      ...event('DTSTART:20270322T140000', 'DURATION:PT50M'),
      ...['END:VCALENDAR', 'BEGIN:VCALENDAR', 'X-WR-TIMEZONE:America/New_York'],
      ...event('DTSTART:20270322T140000', 'DURATION:PT50M')
    ],
    busy: at('03-22 13:00-13:50', '03-22 18:00-18:50')
  }
}
