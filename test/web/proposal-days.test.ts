import type { Test } from 'tap'
import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { open } from '../support/open.ts'
import { valuesOf, visitor } from './visitor.ts'

/** The practice works Monday to Thursday from 9 to 12 and from 13 to 18, and Friday from 9 to 13. */
const monday = '2027-02-08T19:00:00Z'
const form = {
  type: 'couples',
  from: '2027-02-08',
  name: 'Robin Asked',
  email: 'robin@example.com',
  price: '1800',
  until: '2027-02-05T12:00',
  hold: 'yes'
}
const parts = (...rows: (readonly [day: string, from: string, to: string])[]) =>
  Object.fromEntries(
    rows.flatMap(([day, from, to], row) => [
      [`block-${row}-day`, day],
      [`block-${row}-from`, from],
      [`block-${row}-to`, to]
    ])
  )
const threeDays = parts(['1', '14:00', '18:00'], ['2', '09:00', '12:00'], ['3', '13:00', '15:00'])

async function signedIn(t: Test) {
  const house = await open(t)
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const send = (more: object = {}) => browser.post('/console/proposals/new', { ...form, ...more })
  /** What is proposed on the page, and the address that is mailed. */
  const proposed = async (more: object = {}) => {
    const answer = await send(more)
    if (answer.statusCode !== 303) throw new Error(answer.body)
    await house.work()
    return /\/o\/[\w-]{43}/.exec(house.mails.at(-1)?.text ?? '')?.[0] ?? 'no link'
  }
  const laid = () => house.client<{ at: string; minutes: number }[]>`
    select to_char(starts_at at time zone 'America/New_York', 'MM-DD HH24:MI') as at,
      (extract(epoch from ends_at - starts_at) / 60)::int as minutes
    from appointments where booking_id is not null order by ordinal`
  return { ...house, browser, send, proposed, laid }
}
const startsIn = (page: Parameters<typeof valuesOf>[0]) => valuesOf(page, 'slot').map(value => value.split(' ')[0])

t.test(
  'several days are proposed on the page, shown with all their hours to who is asked, and taken as one',
  async t => {
    const { app, send, proposed, laid, book, client } = await signedIn(t)
    const looked = await send({ ...threeDays, look: 'look' })
    t.equal(looked.statusCode, 200)
    t.same(startsIn(looked), [monday, '2027-02-09T19:00:00Z'], 'the first days on which all of it is free')
    t.match(looked.body, 'value="Robin Asked"')
    t.match(looked.body, /id="block-2-to"[^>]* value="15:00"/)
    t.same(await client`select 1 from private_proposals`, [], 'to look proposes nothing')

    const link = await proposed({ ...threeDays, slot: `${monday} jessica office` })
    await client`update people set zone = 'Europe/Berlin' where id in (select person_id from private_proposals)`
    const guest = visitor(app)
    const page = await guest.get(link)
    t.match(page.body, '$1,800, until')
    for (const part of [
      'Mon 8 Feb, 20:00–00:00 GMT+1',
      'Tue 9 Feb, 15:00–18:00 GMT+1',
      'Wed 10 Feb, 19:00–21:00 GMT+1'
    ])
      t.match(page.body, part)
    t.equal((await book({ start: '2027-02-10T18:30:00Z' })).statusCode, 409, 'the third day is kept, too')
    const answer = { answer: 'accept', start: valuesOf(page, 'start')[0] ?? '', consent: 'yes', termsVersion: '1' }
    t.equal((await guest.post(`${link}/acceptance`, answer)).statusCode, 303)
    t.same(
      [...(await laid())],
      [
        { at: '02-08 14:00', minutes: 240 },
        { at: '02-09 09:00', minutes: 180 },
        { at: '02-10 13:00', minutes: 120 }
      ]
    )
  }
)

t.test('days that are not kept may go, and the page then says so below all their hours', async t => {
  const { app, proposed, book } = await signedIn(t)
  const link = await proposed({ ...threeDays, slot: `${monday} jessica office`, hold: 'no' })
  const seen = (await visitor(app).get(link)).body
  t.match(seen, 'Wed 10 Feb, 13:00–15:00 EST')
  t.notMatch(seen, 'Not free any more')
  t.equal((await book({ start: '2027-02-10T18:30:00Z' })).statusCode, 201)
  t.match((await visitor(app).get(link)).body, /Mon 8 Feb, 14:00–18:00.*Wed 10 Feb, 13:00–15:00.*Not free any more/s)
})

t.test('what is wrong with a part is said at its field, and what was typed stays', async t => {
  const { send, client } = await signedIn(t)
  for (const [what, rows, field, sentence] of [
    [
      'order',
      [
        ['1', '14:00', '18:00'],
        ['3', '09:00', '12:00'],
        ['2', '09:00', '12:00']
      ],
      '2-day',
      'Begin it after'
    ],
    [
      'overlap',
      [
        ['1', '09:00', '12:00'],
        ['1', '11:30', '13:00']
      ],
      '1-from',
      'Begin it after the part above'
    ],
    ['midnight', [['1', '22:00', '02:00']], '0-to', 'End it later, on the same day'],
    [
      'gap',
      [
        ['1', '09:00', '12:00'],
        ['1', '12:20', '14:00']
      ],
      '1-from',
      'Leave 25 minutes after the part above'
    ],
    ['first day', [['2', '09:00', '12:00']], '0-day', 'Begin on day 1'],
    [
      'no day',
      [
        ['1', '09:00', '12:00'],
        ['', '13:00', '15:00']
      ],
      '1-day',
      'Give a whole number'
    ],
    [
      'no end',
      [
        ['1', '09:00', '12:00'],
        ['2', '13:00', '']
      ],
      '1-to',
      'Give a time such as 17:00'
    ],
    ['no time', [['1', 'nine', '12:00']], '0-from', 'Give a time such as 09:00']
  ] as const) {
    const typed = parts(...rows)
    for (const more of [{ slot: `${monday} jessica office` }, { look: 'look' }]) {
      const refused = await send({ ...typed, ...more })
      t.equal(refused.statusCode, 422, what)
      t.match(refused.body, new RegExp(`id="block-${field}-fault"[^>]*>${sentence}`), what)
      for (const [name, value] of Object.entries(typed))
        if (value) t.match(refused.body, new RegExp(`id="${name}"[^>]* value="${value}"`), `${what}: ${name}`)
    }
  }
  const both = await send({ ...threeDays, times: '3', slot: `${monday} jessica office` })
  t.equal(both.statusCode, 422)
  t.match(both.body, /id="minutes-fault"[^>]*>Either these/)
  const elsewhere = await send({ ...threeDays, slot: '2027-02-08T15:00:00Z jessica office' })
  t.equal(elsewhere.statusCode, 422, 'a time that was chosen for another plan')
  t.same(startsIn(elsewhere), [monday, '2027-02-09T19:00:00Z'])
  t.same(await client`select 1 from private_proposals`, [])
})

t.test('a weekend beyond the opening hours is found and proposed where they are set aside with a reason', async t => {
  const { send, proposed, app } = await signedIn(t)
  const weekend = parts(['1', '14:00', '18:00'], ['2', '09:00', '17:00'], ['3', '09:00', '13:00'])
  t.match((await send({ ...weekend, look: 'look' })).body, 'No free time on these days')
  const friday = '2027-02-12T19:00:00Z'
  const looked = await send({ ...weekend, override: 'hours', look: 'look' })
  t.ok(startsIn(looked).includes(friday))
  const chosen = { ...weekend, override: 'hours', slot: `${friday} jessica office` }
  const refused = await send(chosen)
  t.match(refused.body, /id="reason-fault"/)
  const typed = await proposed({ ...weekend, override: 'hours', reason: 'They come from far', at: '2027-02-12T14:00' })
  const page = (await visitor(app).get(typed)).body
  for (const part of ['Fri 12 Feb, 14:00–18:00 EST', 'Sat 13 Feb, 09:00–17:00 EST', 'Sun 14 Feb, 09:00–13:00 EST'])
    t.match(page, part)
  t.match((await send({ ...weekend, at: 'soon' })).body, /id="at-fault"[^>]*>Give a day and a time/)
})

t.test('private days can have other days and hours, and keep theirs whole', async t => {
  const { app, send, proposed, book } = await signedIn(t)
  const days = {
    ...parts(['1', '14:00', '17:00'], ['2', '09:00', '12:00']),
    type: 'intensive-2-day',
    from: '2027-03-01'
  }
  const looked = await send({ ...days, look: 'look' })
  const [first = ''] = valuesOf(looked, 'slot')
  t.match(first, '2027-03-01T19:00:00Z')
  t.notMatch(looked.body, 'id="times"', 'private days are one, and not several times')
  const link = await proposed({ ...days, slot: first, spokenWithEach: 'yes' })
  t.match((await visitor(app).get(link)).body, /Mon 1 Mar, 14:00–17:00.*Tue 2 Mar, 09:00–12:00/s)
  t.equal((await book({ start: '2027-03-02T20:00:00Z' })).statusCode, 409, 'the afternoon of the second day is kept')
})

t.test('other days are looked at without losing a word, and what was chosen before stays chosen', async t => {
  const { browser, send, proposed, client } = await signedIn(t)
  const first = await browser.get('/console/proposals/new?type=couples&from=2027-02-08')
  t.same(valuesOf(first, 'look'), ['look', 'look', 'look', '2027-02-01', '2027-02-15'])
  const later = await send({ slot: `${monday} jessica office`, look: '2027-02-15' })
  t.equal(later.statusCode, 200)
  t.match(later.body, 'Mon 8 Feb, 14:00 EST · chosen already')
  t.match(later.body, 'value="Robin Asked"')
  t.ok(startsIn(later).includes('2027-02-15T14:00:00Z'))
  await proposed({ slot: [`${monday} jessica office`, '2027-02-15T14:00:00Z jessica office'] })
  t.match(await client`select count(*)::int as n from private_proposal_times`, [{ n: 2 }])
})

t.test('a series and a programme are proposed as they are, with every time on the page of who is asked', async t => {
  const { app, browser, proposed, laid } = await signedIn(t)
  for (const type of ['weekly', 'assessment'])
    t.notMatch((await browser.get(`/console/proposals/new?type=${type}`)).body, 'block-0-day', type)
  const whole = await browser.get('/console/proposals/new?type=intensive-1-day&from=2027-03-01')
  const slot = valuesOf(whole, 'slot')[0] ?? ''
  const days = await proposed({ type: 'intensive-1-day', slot, price: '2500', spokenWithEach: 'yes' })
  t.match((await visitor(app).get(days)).body, /09:00–12:00.*13:30–16:30/s)
  const link = await proposed({ type: 'weekly', slot: '2027-02-09T15:00:00Z jessica office', price: '4800' })
  const guest = visitor(app)
  const page = await guest.get(link)
  t.match(page.body, /Tue 9 Feb, 10:00–11:20 EST.*Tue 16 Mar, 10:00–11:20 EDT.*Tue 27 Apr, 10:00–11:20 EDT/s)
  const answer = { answer: 'accept', start: valuesOf(page, 'start')[0] ?? '', consent: 'yes', termsVersion: '1' }
  t.equal((await guest.post(`${link}/acceptance`, answer)).statusCode, 303)
  t.equal((await laid()).length, 12)
})
