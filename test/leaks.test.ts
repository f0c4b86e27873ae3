import t from 'tap'
import { earsOf, formsOf, type Heard, leaksIn } from './support/leaks/ears.ts'
import { openOverheard } from './support/leaks/house.ts'
import {
  acceptAndPay,
  askEachOther,
  bookOnPages,
  shareAndAnswer,
  subscribe,
  workThrough
} from './support/leaks/life.ts'
import { secrets } from './support/leaks/secrets.ts'
import { beginAnew, bookTogether, leaveLate, settleIn, signIn, takeAlong } from './support/leaks/together.ts'

t.setTimeout(600_000)

/** What it is, and who does it: for nobody who looks at a telephone, a calendar, a browser or a statement. */
const telling = [/couple/i, /therap/i, /retreat/i, /session/i, /intentional/i, /jessica/i, /counsel/i, /partner/i]
/** Those who look on, without being meant. */
const onlookers = ['lock screen', 'calendar entry', 'address bar', 'title', 'cookie', 'other sites', 'Stripe']

t.test('a whole life of two: nobody hears what is not for them, by any way', async t => {
  const house = await openOverheard(t)
  const { clock, work, minute, ears } = house
  const [a, b, c] = [house.visitor('A'), house.visitor('B'), house.visitor('C')]
  const therapist = await house.therapist()
  const staff = await house.staff()

  const alone = await bookOnPages(house, a, 'alone')
  await shareAndAnswer(a, alone, b, therapist)
  const call = await bookOnPages(house, b, 'coded')
  const joint = await bookOnPages(house, a, 'joint')
  await acceptAndPay(house, a, joint, b)
  const other = await bookOnPages(house, c, 'other')
  await house.offer(false)
  const calendars = [
    await subscribe(house, 'feed of A', () => a.post(`${joint}/feed`)),
    await subscribe(house, 'feed of B', () => b.post(`${call}/feed`)),
    await subscribe(house, 'feed of C', () => c.post(`${other}/feed`)),
    await subscribe(house, 'feed of the therapist', () => therapist.post('/console/feeds', { shows: 'code' })),
    await subscribe(house, 'feed of the therapist, with names', () =>
      therapist.post('/console/feeds', { shows: 'names' })
    ),
    await subscribe(house, 'feed of busy times', () => therapist.post('/console/feeds', { shows: 'busy' }))
  ]
  await workThrough([therapist, ...staff], [alone, call, joint, other])
  for (const own of [alone, joint])
    for (const page of ['', '/move', '/cancellation', '/appointment.ics']) await a.get(`${own}${page}`)
  clock.set('2027-02-08T16:00:00Z')
  await minute()
  await a.post(`${joint}/cancellation`, { refund: '0' })
  for (const fetch of calendars) await fetch()
  await work()
  clock.set('2027-02-09T12:00:00Z')
  await minute()

  clock.set('2027-02-23T12:00:00Z')
  await minute()
  await signIn(house, a, 'A')
  await signIn(house, b, 'B')
  await settleIn(a, b)
  const then = await house.therapist()
  await beginAnew(house, a, b, then)
  const suggested = await bookTogether(house, a, b, then)
  for (const fetch of calendars) await fetch()
  await workThrough([then, ...(await house.staff())], [joint, suggested])
  clock.set('2027-02-24T16:00:00Z')
  await minute()
  for (const [visitor, who] of [
    [a, 'A'],
    [b, 'B'],
    [c, 'C']
  ] as const)
    await signIn(house, visitor, who)
  const later = await house.therapist()
  const others = await house.staff()
  await leaveLate(house, suggested, a, b, later)
  for (const fetch of calendars) await fetch()
  await workThrough([later, ...others], [joint, suggested])
  const guessed = await askEachOther(
    [house.visitor('a passer-by'), a, b, c, ...others],
    [a, b, c, therapist, then, later, ...staff]
  )
  await takeAlong(house, a, [b, c])
  t.ok(guessed > 30, `${guessed} addresses were asked for by everybody`)
  await house.hearTheRest()

  const { heard } = ears
  t.same(leaksIn(heard, secrets), [])
  t.same(tellingIn(heard), [])

  const by = Map.groupBy(heard, ({ ear }) => ear)
  for (const [ear, all] of by)
    t.comment(`${ear}: ${all.length} times, ${all.reduce((sum, { text }) => sum + text.length, 0)} bytes`)
  t.equal((await house.client`select 1 from contact_points where kind = 'phone'`).length, 4, 'telephones were given')
  for (const secret of secrets.filter(({ mayHear }) => mayHear.length > 0))
    t.ok(earsOf(heard, secret).length > 0, `${secret.name} came up: ${earsOf(heard, secret).join(', ')}`)
  for (const ear of [
    'Stripe',
    'log',
    'row',
    'job',
    'mail to A',
    'mail to B',
    'mail to the therapist',
    'job',
    ...onlookers
  ])
    t.ok((by.get(ear)?.length ?? 0) > 0, `${ear} heard something`)
})

t.test('what is planted in any bytes is found, in every form and behind every ear', async t => {
  for (const secret of secrets)
    for (const written of secret.written)
      for (const form of [...formsOf(written), written.toUpperCase()]) {
        const planted: Heard = { ear: 'nobody in particular', where: 'somewhere', text: `<p class="x">${form}</p>` }
        t.same(
          leaksIn(
            [planted],
            secrets.filter(one => one === secret)
          ).length,
          1,
          `${secret.name} as ${form}`
        )
      }
  for (const before of ['', 'x', 'xy'])
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = Buffer.from(`${before}${secrets[0]?.written[0]} and more`).toString(encoding)
      t.equal(
        leaksIn([{ ear: 'x', where: 'x', text }], secrets.slice(0, 1)).length,
        1,
        `in ${encoding}, after “${before}”`
      )
    }
  t.same(leaksIn([{ ear: 'A', where: 'x', text: secrets[0]?.written[0] ?? '' }], secrets.slice(0, 1)), [])
  t.equal(tellingIn([{ ear: 'title', where: 'x', text: 'A session for two' }]).length, 1)
})

function tellingIn(heard: readonly Heard[]): string[] {
  const found = heard
    .filter(({ ear }) => onlookers.includes(ear))
    .flatMap(({ ear, where, text }) =>
      telling.filter(word => word.test(text)).map(word => `${ear} hears ${word}: ${where}`)
    )
  return [...new Set(found)]
}
