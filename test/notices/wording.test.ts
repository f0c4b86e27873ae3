import { DateTime } from 'luxon'
import t from 'tap'
import { fewTries, mostTries, nextTry, triesOf } from '../../src/notices/retry.ts'
import { dayText, freeUntil, momentText, timeText, zoneText } from '../../src/notices/wording.ts'

const start = DateTime.fromISO('2024-05-14T14:00:00Z').setZone('America/New_York')

t.test('a day, a time and a zone read as the practice writes them', async t => {
  t.equal(dayText(start), 'Tue 14 May')
  t.equal(timeText(start, start.plus({ minutes: 80 })), '10:00–11:20')
  t.equal(momentText(start.minus({ days: 2 })), 'Sun 12 May, 10:00')
  const zones = {
    'America/New_York': 'New York time',
    'America/Argentina/Buenos_Aires': 'Buenos Aires time',
    'America/Indiana/Indianapolis': 'Indianapolis time',
    UTC: 'UTC',
    'Etc/UTC': 'UTC'
  }
  for (const [zone, words] of Object.entries(zones)) t.equal(zoneText(zone), words)
})

t.test('free until counts real hours, or days of the practice’s calendar at the same hour', async t => {
  const hours = (n: number) => ({
    bands: [
      { notice: { hours: n }, keep: { fixed: 0 } },
      { notice: { hours: 0 }, keep: { percentOfPrice: 100 } }
    ]
  })
  t.equal(freeUntil(hours(48), start, 'America/New_York')?.toISO(), start.minus({ hours: 48 }).toISO())
  const afterChange = DateTime.fromISO('2027-03-15T09:00:00', { zone: 'America/New_York' })
  t.equal(
    freeUntil(hours(48), afterChange, 'America/New_York')?.toUTC().toISO(),
    '2027-03-13T13:00:00.000Z',
    'an hour was lost'
  )
  const days = {
    bands: [
      { notice: { days: 3 }, keep: { percentOfPrice: 0 } },
      { notice: { days: 0 }, keep: { fixed: 250 } }
    ]
  }
  t.equal(freeUntil(days, start, 'America/New_York')?.toISO(), '2024-05-11T14:00:00.000Z')
  const always = { bands: [{ notice: { hours: 0 }, keep: { fixed: 0 } }] }
  t.equal(freeUntil(always, start, 'America/New_York')?.toMillis(), start.toMillis())
  const never = {
    bands: [
      { notice: { days: 90 }, keep: { fixed: 250 } },
      { notice: { days: 0 }, keep: { percentOfPrice: 100 } }
    ]
  }
  t.equal(freeUntil(never, start, 'America/New_York'), undefined)
})

t.test('attempts come less and less often, for longer than a mail server is away for a weekend', async t => {
  const pauses = Array.from({ length: mostTries }, (_, n) =>
    nextTry(n + 1, start)
      .diff(start)
      .as('minutes')
  )
  t.strictSame(pauses.slice(0, 8), [1, 2, 4, 8, 16, 32, 60, 60])
  const days = pauses.reduce((sum, pause) => sum + pause) / 60 / 24
  t.ok(days > 4 && days < 5, `${days} days`)
})

t.test('what is definitely refused, or cannot be written, is given up within a working day', async t => {
  const few = ['EENVELOPE 550', 'EMESSAGE 554', 'unwritten']
  t.same(few.map(triesOf), [fewTries, fewTries, fewTries])
  const many = ['EENVELOPE 450', 'EMESSAGE 451', 'EAUTH 535', 'ECONNECTION', 'ETIMEDOUT', 'unknown']
  t.ok(many.every(code => triesOf(code) === mostTries))
  const pauses = Array.from({ length: fewTries }, (_, n) =>
    nextTry(n + 1, start)
      .diff(start)
      .as('hours')
  )
  t.ok(pauses.reduce((sum, pause) => sum + pause) < 8)
})
