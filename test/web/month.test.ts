import { DateTime } from 'luxon'
import t from 'tap'
import { monthOf, monthWithin, reachOf, windowOf } from '../../src/web/site/month.ts'

const reach = { first: '2027-02-03', last: '2027-04-02' }

t.test('a month is whole weeks from Monday, and only its own days stand in it', async t => {
  const { weeks } = monthOf('2027-05', new Set(['2027-05-31']), reach)
  t.ok(weeks.every(week => week.length === 7))
  t.same(
    weeks[0]?.map(day => day?.day),
    [undefined, undefined, undefined, undefined, undefined, 1, 2]
  )
  t.same(weeks.at(-1)?.[0], { date: '2027-05-31', day: 31, free: true })
  t.equal(weeks.flat().filter(Boolean).length, 31)
})

t.test('neighbouring months are offered only where something could be booked', async t => {
  const neighbours = ['2027-02', '2027-03', '2027-04'].map(name => monthOf(name, new Set(), reach))
  t.same(
    neighbours.map(({ previous, next }) => [previous, next]),
    [
      [undefined, '2027-03'],
      ['2027-02', '2027-04'],
      ['2027-03', undefined]
    ]
  )
})

t.test('a month out of reach becomes the nearest that can be booked, and its window ends with the reach', async t => {
  t.equal(monthWithin('2020-01', '2027-02-03', reach), '2027-02')
  t.equal(monthWithin('2031-01', '2027-02-03', reach), '2027-04')
  t.equal(monthWithin(undefined, '2027-03-09', reach), '2027-03')
  t.same(windowOf('2027-02', reach), { from: '2027-02-03', to: '2027-02-28' })
  t.same(windowOf('2027-04', reach), { from: '2027-04-01', to: '2027-04-02' })
})

t.test('the reach counts local days of the zone that is shown', async t => {
  const now = DateTime.fromISO('2027-02-01T20:00:00Z')
  t.equal(reachOf(now, { notice: 360, horizon: 10 }, 'America/New_York').first, '2027-02-01')
  t.equal(reachOf(now, { notice: 360, horizon: 10 }, 'Asia/Tokyo').first, '2027-02-02')
})
