import { DateTime } from 'luxon'
import t from 'tap'
import { demoTypes } from '../../db/seed-types.ts'
import { bandsWithoutReminder, CancellationPolicy, Conditions, Rules } from '../../src/catalog/rules.ts'
import { saveVersion } from '../../src/catalog/save-version.ts'
import { listSessionTypes } from '../../src/catalog/store.ts'
import { bandEnds } from '../../src/payments/policy.ts'
import { open } from '../support/open.ts'

type Notice = CancellationPolicy['bands'][number]['notice']
const hours = (n: number): Notice => ({ hours: n })
const days = (n: number): Notice => ({ days: n })
const policyOf = (...notices: Notice[]): CancellationPolicy => ({
  bands: [...notices, hours(0)].map((notice, index) => ({ notice, keep: { fixed: index * 100 } }))
})
const rulesWith = (...reminders: number[]) =>
  Rules.parse({
    before: 0,
    after: 0,
    grid: 30,
    notice: 0,
    horizon: 365,
    approval: false,
    pay: { mode: 'full' },
    reminders
  })

t.test('a band that ends without a reminder before it is named, with a reminder that would do', async t => {
  const cases: [name: string, policy: CancellationPolicy, reminders: number[], lacking: [Notice, number][]][] = [
    ['one band ends with the start', policyOf(), [], []],
    ['a reminder while it holds', policyOf(hours(48)), [72, 24], []],
    ['none at all', policyOf(hours(48)), [], [[hours(48), 72]]],
    ['only after its end', policyOf(hours(48)), [24], [[hours(48), 72]]],
    ['at its end is too late', policyOf(hours(48)), [48], [[hours(48), 72]]],
    ['an hour before its end is in time', policyOf(hours(48)), [49], []],
    ['each band wants its own', policyOf(hours(48), hours(24)), [72], [[hours(24), 36]]],
    ['both have one', policyOf(hours(48), hours(24)), [72, 36], []],
    ['where one ends the next begins', policyOf(hours(48), hours(24)), [72, 48], []],
    [
      'several lack one',
      policyOf(days(90), days(60), days(30)),
      [72],
      [
        [days(90), 2185],
        [days(60), 1465],
        [days(30), 745]
      ]
    ],
    ['days have an hour more in autumn', policyOf(days(30)), [721], [[days(30), 745]]],
    ['two hours are enough then', policyOf(days(30)), [722], []],
    ['bands that are an hour apart', policyOf(hours(25), hours(24)), [30], [[hours(24), 25]]]
  ]
  for (const [name, policy, reminders, lacking] of cases) {
    const found = bandsWithoutReminder(policy, { reminders })
    t.same(
      found.map(({ band, reminder }) => [band.notice, reminder]),
      lacking,
      name
    )
    const mended = [...reminders, ...found.map(({ reminder }) => reminder)]
    t.same(bandsWithoutReminder(policy, { reminders: mended }), [], `${name}: what is proposed is enough`)
  }
})

t.test('a reminder that passes comes before the band’s end on every day of a year, whatever the clocks do', async t => {
  const policy = policyOf(days(30), days(15))
  const reminders = [722, 362]
  t.same(bandsWithoutReminder(policy, { reminders }), [])
  for (let day = 0; day < 366; day += 1) {
    const start = DateTime.fromISO('2027-01-01T09:00', { zone: 'America/New_York' }).plus({ days: day })
    const [first, second] = bandEnds(policy, start, 'America/New_York')
    if (!first || !second) throw new Error('Two bands end before the start')
    const [early, late] = reminders.map(n => start.minus({ hours: n }))
    if (!early || !late || early >= first.until || late >= second.until || late < first.until)
      t.fail(`a reminder missed its band for ${start.toISO()}`)
  }
})

t.test(
  'such a type is refused by what reads it and by what saves it, and the message says what would be right',
  async t => {
    const wrong = { policy: policyOf(hours(48)), rules: rulesWith(24) }
    const answer = Conditions.safeParse(wrong)
    t.match(answer.error?.issues, [
      {
        path: ['rules', 'reminders'],
        message:
          'The band of 48 hours’ notice ends without a reminder before it: add one, such as 72 hours before the start'
      }
    ])
    t.ok(Conditions.safeParse({ ...wrong, rules: rulesWith(72, 24) }).success)
    const { db, scope, deps } = await open(t)
    const [type] = await listSessionTypes(db, scope)
    if (!type) throw new Error('The demo practice has types')
    const { id: sessionTypeId, name, description, plan, price } = type
    const version = {
      sessionTypeId,
      version: 2,
      name,
      description,
      plan,
      currency: price.currency,
      createdAt: deps.now()
    }
    const save = (conditions: object) =>
      db.transaction(tx => saveVersion(tx, scope, { ...version, price: price.amount, ...wrong, ...conditions }))
    await t.rejects(save({}), { message: /such as 72 hours before the start/ })
    const right = { rules: rulesWith(72, 24) }
    const unpayable = { ...right, currency: 'ISK', price: 1_234_550 }
    await t.rejects(save(unpayable), { message: /multiple of 100 minor units/ }, 'a price that no card can pay')
    await t.resolves(save(right), 'nothing of the refused one was left')
  }
)

t.test('every type of the demo practice announces each of its bands', async t => {
  for (const { slug, policy, rules } of demoTypes) {
    t.same(bandsWithoutReminder(policy, rules), [], slug)
    t.ok(Conditions.safeParse({ policy, rules }).success, slug)
  }
  t.ok(demoTypes.some(({ policy }) => policy.bands.length > 2))
})

t.test('bands that do not stand from the longest notice to none are no policy', async t => {
  const cases: [Notice[], boolean][] = [
    [[hours(24), hours(48)], false],
    [[hours(48), hours(48)], false],
    [[days(2), hours(48)], false],
    [[days(3), hours(48)], true],
    [[days(3), days(2)], true],
    [[days(2), days(2)], false]
  ]
  for (const [notices, good] of cases)
    t.equal(CancellationPolicy.safeParse(policyOf(...notices)).success, good, JSON.stringify(notices))
})
