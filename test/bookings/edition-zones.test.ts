import t from 'tap'
import { demoTypes } from '../../db/seed-types.ts'
import { blocksFrom, stretchesOf } from '../../src/bookings/lay-edition.ts'
import { dateOf, dayNumber } from '../../src/kernel/wall-clock.ts'

const type = demoTypes.find(({ slug }) => slug === 'retreat')
if (!type) throw new Error('There is no retreat')

/** An instant by the wall clock of a zone, as the browser's own calendar says it. */
function wall(zone: string, ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(ms)
}

/** The first instant of a local day, found by walking back from its noon, minute by minute. */
function firstOf(zone: string, date: string): number {
  let at = Date.parse(`${date}T12:00:00Z`)
  while (wall(zone, at).slice(0, 10) > date) at -= 3_600_000
  while (wall(zone, at).slice(0, 10) < date) at += 3_600_000
  while (wall(zone, at - 60_000).slice(0, 10) === date) at -= 60_000
  return at
}

const hours = ['09:00', '13:30', '09:00', '13:30', '09:00', '13:30', '09:00']
const dayOf = [0, 0, 1, 1, 2, 2, 3]

for (const [zone, days] of Object.entries({
  'America/New_York': ['2027-03-11', '2027-03-14', '2027-11-04', '2027-11-07', '2027-06-10'],
  'Europe/London': ['2027-03-25', '2027-03-28', '2027-10-28', '2027-10-31'],
  'Australia/Sydney': ['2027-04-01', '2027-04-04', '2027-09-30', '2027-10-03'],
  'Australia/Lord_Howe': ['2027-04-01', '2027-04-04', '2027-09-30', '2027-10-03'],
  'America/Santiago': ['2027-04-01', '2027-04-03', '2027-09-02', '2027-09-04', '2027-09-05']
}))
  t.test(
    `blocks keep their local hours through the changes of the clock in ${zone}, and whole days are taken`,
    async t => {
      for (const day of days) {
        const blocks = blocksFrom(type, day, zone)
        const date = (after: number) => dateOf(dayNumber(day) + after)
        t.same(
          blocks.map(({ start }) => wall(zone, start)),
          hours.map((hour, index) => `${date(dayOf[index] ?? 0)} ${hour}`),
          day
        )
        t.ok(
          blocks.slice(0, 6).every(({ start, end }) => end - start === 180 * 60_000),
          'each lasts its real three hours'
        )
        const stretches = stretchesOf(type, blocks, zone).map(({ start, end }) => [start.toMillis(), end.toMillis()])
        t.equal(stretches[0]?.[0], firstOf(zone, day), 'from the first moment of the first day')
        t.equal(stretches.at(-1)?.[1], firstOf(zone, date(4)), 'to the last of the day of rest')
        t.ok(
          stretches.every(([, end], index) => stretches[index + 1] === undefined || end === stretches[index + 1]?.[0]),
          'without a gap or an overlap'
        )
      }
    }
  )

t.test('a block whose hour does not exist on its day is refused', async t => {
  const early = {
    ...type,
    plan: { ...type.plan, segments: [{ minutes: 60, who: 'both' as const, day: 0, at: '02:30' }] }
  }
  t.throws(() => blocksFrom(early, '2027-03-14', 'America/New_York'), { code: 'invalid-input' })
  t.equal(blocksFrom(early, '2027-03-15', 'America/New_York').length, 1)
})
