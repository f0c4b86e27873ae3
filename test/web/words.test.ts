import { DateTime } from 'luxon'
import t from 'tap'
import { Blocks } from '../../src/web/components/blocks.tsx'
import { Dates } from '../../src/web/components/dates.tsx'
import { datedPolicyText } from '../../src/web/components/policy-words.ts'
import { duesText, rangeText } from '../../src/web/components/words.ts'
import { asRead } from './visitor.ts'

const zone = 'America/New_York'
const at = (iso: string) => DateTime.fromISO(iso, { zone })
const sum = (amount: number) => ({ amount, currency: 'USD' })
const textOf = async (page: JSX.Element) =>
  asRead(await page)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

t.test('what comes back is told once as long as it is the same, and why it is more later on', async t => {
  const policy = [
    { until: at('2026-12-06T09:00'), back: sum(142_500) },
    { until: at('2026-12-07T09:00'), back: sum(0) },
    { until: at('2026-12-17T09:00'), back: sum(0) },
    { until: at('2026-12-21T09:00'), back: sum(0) }
  ]
  t.equal(
    datedPolicyText(policy, sum(570_000), zone),
    'Until Sun 6 Dec, 09:00 EST you get $1,425 back. After that nothing.'
  )
  const paidMeanwhile = [
    { until: at('2026-12-11T09:00'), back: sum(119_000) },
    { until: at('2027-01-10T09:00'), back: sum(0) },
    { until: at('2027-02-09T09:00'), back: sum(240_000) },
    { until: at('2027-03-11T09:00'), back: sum(0) }
  ]
  t.equal(
    datedPolicyText(paidMeanwhile, sum(480_000), zone),
    'Until Fri 11 Dec, 09:00 EST you get $1,190 back. Then, until Sun 10 Jan, 09:00 EST, nothing. Then, until Tue 9 Feb, 09:00 EST, $2,400, as more is paid by then. After that nothing.'
  )
  const never = [{ until: at('2026-12-06T09:00'), back: sum(0) }, ...policy.slice(1)]
  t.equal(datedPolicyText(never, sum(570_000), zone), 'This time is so near that nothing comes back if you cancel.')
})

t.test('the first sum is due now, or when the practice has said yes', async t => {
  const dues = [
    { amount: sum(144_000), dueAt: at('2026-11-26T09:00') },
    { amount: sum(336_000), dueAt: at('2027-01-10T09:00') }
  ]
  t.equal(duesText(dues, zone, false), '$1,440 now, $3,360 on Sun 10 Jan')
  t.equal(duesText(dues, zone, true), '$1,440 when it is confirmed, $3,360 on Sun 10 Jan')
})

const block = (start: string, end: string) => ({ start: at(start), end: at(end) })

t.test('blocks between which the clocks change name the zone with each day', async t => {
  const before = block('2027-03-13T09:00', '2027-03-13T12:00')
  const after = block('2027-03-14T09:00', '2027-03-14T12:00')
  t.equal(await textOf(Blocks({ blocks: [before], zone })), ' Sat 13 Mar 09:00–12:00 Times in EST ')
  t.equal(
    await textOf(Blocks({ blocks: [before, after], zone })),
    ' Sat 13 Mar 09:00–12:00 EST Sun 14 Mar 09:00–12:00 EDT '
  )
})

t.test(
  'days with several blocks are told day by day, under their first and last where they follow each other',
  async t => {
    const days = ['2027-03-11', '2027-03-12'].flatMap(day => [
      block(`${day}T09:00`, `${day}T12:00`),
      block(`${day}T13:30`, `${day}T16:30`)
    ])
    const shown = (appointments: typeof days, own = zone) =>
      Promise.resolve(Dates({ appointments, zone: own, practiceZone: zone })).then(textOf)
    const text = 'Thu 11 Mar 09:00–12:00, 13:30–16:30 Fri 12 Mar 09:00–12:00, 13:30–16:30 Times in EST'
    t.equal((await shown(days)).trim(), `Thu 11 Mar – Fri 12 Mar ${text}`)
    const apart = [block('2027-03-01T09:00', '2027-03-01T09:50'), ...days]
    t.equal((await shown(apart)).trim(), `Mon 1 Mar 09:00–09:50 ${text}`)
    t.match(await shown(days, 'Europe/Berlin'), /4 times .*at the practice: Thu 11 Mar, 09:00–12:00 EST/)
    t.match(await shown(days.slice(1, 3)), /^ 2 times /)
  }
)

t.test('what lasts over days says from when to which day, and an evening past midnight its hours', async t => {
  t.equal(rangeText(at('2027-04-06T09:00'), at('2027-05-06T10:20'), zone), 'Tue 6 Apr, 09:00 EDT, to Thu 6 May')
  t.equal(
    rangeText(at('2027-04-06T23:30'), at('2027-04-07T00:50'), zone),
    'Tue 6 Apr, 23:30–\u206000:50 EDT',
    'and no line ends within it'
  )
})
