import { DateTime } from 'luxon'
import t from 'tap'
import type { CancellationPolicy } from '../../src/catalog/rules.ts'
import { hoursOf, isNewestDue, reminderCause, remindersAhead, wordsNow } from '../../src/notices/reminder.ts'

const newYork = 'America/New_York'
const at = (local: string, zone = newYork) => DateTime.fromISO(local, { zone })
const iso = (time: DateTime | undefined) => time?.toUTC().toISO({ suppressMilliseconds: true })

const twoDays: CancellationPolicy = {
  bands: [
    { notice: { hours: 48 }, keep: { fixed: 0 } },
    { notice: { hours: 0 }, keep: { percentOfPrice: 100 } }
  ]
}
const days: CancellationPolicy = {
  bands: [
    { notice: { days: 30 }, keep: { fixed: 25_000 } },
    { notice: { days: 15 }, keep: { percentOfDeposit: 50 } },
    { notice: { hours: 0 }, keep: { percentOfPrice: 100 } }
  ]
}
const free: CancellationPolicy = { bands: [{ notice: { hours: 0 }, keep: { fixed: 0 } }] }
const halfDay: CancellationPolicy = {
  bands: [
    { notice: { hours: 12 }, keep: { fixed: 0 } },
    { notice: { hours: 0 }, keep: { percentOfPrice: 100 } }
  ]
}

t.test('a reminder counts real hours, also where the clocks change in between', async t => {
  const cases = [
    ['2027-02-09T10:00', '2027-02-08T15:00:00Z', 'no change'],
    ['2027-03-14T10:00', '2027-03-13T14:00:00Z', 'the night before is an hour short: 09:00 by the clock'],
    ['2027-11-07T10:00', '2027-11-06T15:00:00Z', 'the night before is an hour long: 11:00 by the clock']
  ] as const
  for (const [start, due, name] of cases) {
    const [reminder] = remindersAhead([24], at(start), at('2027-01-01T00:00'))
    t.equal(iso(reminder?.dueAt), due, name)
  }
})

t.test('only reminders whose moment is ahead are made', async t => {
  const start = at('2027-02-09T10:00')
  const made = (hoursBefore: number) =>
    remindersAhead([72, 24], start, start.minus({ hours: hoursBefore })).map(({ hours }) => hours)
  t.same([made(100), made(72), made(48), made(24), made(1)], [[72, 24], [24], [24], [], []])
})

t.test('of several that are due only the newest is', async t => {
  const start = at('2027-02-09T10:00')
  const due = (hoursBefore: number) =>
    [72, 24, 2].filter(own => isNewestDue(own, [72, 24, 2], start, start.minus({ hours: hoursBefore })))
  t.same([due(72), due(30), due(24), due(2)], [[72, 24, 2], [72, 24, 2], [24, 2], [2]])
})

t.test('a cause names hours, appointment, person and revision', async t => {
  const cause = reminderCause(72, 'an-appointment', 'a-person', 3)
  t.equal(cause, 'reminder:72:an-appointment:a-person:3')
  t.equal(hoursOf(cause), 72)
})

t.test('what a reminder says follows from what is still open when it leaves', async t => {
  const start = at('2027-02-09T10:00')
  const cases: [
    name: string,
    policy: CancellationPolicy,
    hoursBefore: number,
    words: string,
    until?: string,
    more?: { startsAt?: DateTime; zone?: string; countedFrom?: DateTime }
  ][] = [
    ['free time is open', twoDays, 72, 'reminder-free', '2027-02-07T15:00:00Z'],
    ['sent late, it is over', twoDays, 47, 'reminder'],
    ['at its very end', twoDays, 48, 'reminder'],
    ['the day before', twoDays, 24, 'reminder-tomorrow'],
    ['sent late, on the day itself', twoDays, 8, 'reminder-today'],
    ['what never costs anything', free, 72, 'reminder-free', '2027-02-09T15:00:00Z'],
    ['the day before what never costs anything', free, 24, 'reminder-tomorrow'],
    ['the day before, and still free', halfDay, 20, 'reminder-tomorrow', '2027-02-09T03:00:00Z'],
    ['before the first band of days ends', days, 35 * 24, 'reminder-terms', '2027-01-10T15:00:00Z'],
    ['before the second', days, 17 * 24, 'reminder-terms', '2027-01-25T15:00:00Z'],
    ['in the last band', days, 7 * 24, 'reminder'],
    ['two days before, by a plan of blocks', days, 48, 'reminder'],
    [
      'after midnight where the reader is: today, though it is tomorrow in the practice',
      twoDays,
      12,
      'reminder-today',
      undefined,
      { startsAt: at('2027-02-09T10:00'), zone: 'Europe/Berlin' }
    ],
    [
      'a day of 25 hours: 24 hours before is the same day',
      twoDays,
      24,
      'reminder-today',
      undefined,
      { startsAt: at('2027-11-07T23:30') }
    ],
    [
      'a day of 23 hours: 24 hours before is two days before',
      twoDays,
      24,
      'reminder',
      undefined,
      { startsAt: at('2027-03-15T00:30') }
    ],
    [
      'soon after a move to a later start: the notice counts from the earlier one',
      twoDays,
      80,
      'reminder-free',
      '2027-02-06T15:00:00Z',
      { countedFrom: at('2027-02-08T10:00') }
    ],
    ['and is over by it', twoDays, 72, 'reminder', undefined, { countedFrom: at('2027-02-07T10:00') }]
  ]
  for (const [name, policy, hoursBefore, words, until, more = {}] of cases) {
    const startsAt = more.startsAt ?? start
    const now = startsAt.minus({ hours: hoursBefore })
    const { countedFrom = startsAt, zone = newYork } = more
    const found = wordsNow({ policy, startsAt, countedFrom, now, practiceZone: newYork, zone })
    const open = found.until && found.until > now ? found.until : undefined
    t.same([found.words, iso(open)], [words, until], name)
  }
})
