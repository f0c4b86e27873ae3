import type { Test } from 'tap'
import t from 'tap'
import { settle } from '../../src/bookings/settle.ts'
import { staffPassword } from '../support/database.ts'
import { aStart, open } from '../support/open.ts'
import { titleOf, valuesOf, visitor } from './visitor.ts'

const other = '2027-02-10T15:00:00Z'
const form = {
  type: 'couples',
  from: '2027-02-08',
  name: 'Robin Asked',
  email: 'robin@example.com',
  slot: [`${aStart} jessica office`, `${other} jessica office`],
  price: '320',
  until: '2027-02-05T12:00',
  hold: 'yes'
}

async function signedIn(t: Test) {
  const house = await open(t)
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  /** What is proposed on the page, and the address that is mailed. */
  const proposed = async (more: object = {}) => {
    const answer = await browser.post('/console/proposals/new', { ...form, ...more })
    if (answer.statusCode !== 303) throw new Error(answer.body)
    await house.work()
    return /\/o\/[\w-]{43}/.exec(house.mails.at(-1)?.text ?? '')?.[0] ?? 'no link'
  }
  return { ...house, browser, proposed }
}

t.test('a proposal is made on one page, and read and accepted by a link without a sign-in or JavaScript', async t => {
  const { app, proposed, browser, client } = await signedIn(t)
  const link = await proposed()
  const listed = (await browser.get('/console/proposals')).body
  t.match(listed, 'Waits for an answer · A session for two · $320 · until Fri 5 Feb, 12:00 EST')
  const guest = visitor(app)
  const page = await guest.get(link)
  t.equal(titleOf(page), 'A private page')
  t.match(page.headers, { 'referrer-policy': 'no-referrer', 'x-robots-tag': /noindex/, 'cache-control': 'no-store' })
  t.notMatch(page.body, /og:|Robin|Jessica/)
  t.match(page.body, '$320, until Fri 5 Feb, 12:00 EST.')
  t.match(page.body, 'Tue 9 Feb, 10:00–11:20 EST')
  t.match(page.body, 'Until Sun 7 Feb, 10:00 EST you get $320 back. After that nothing.')
  t.same(valuesOf(page, 'start').length, 2)
  const unread = await guest.post(`${link}/acceptance`, { answer: 'accept', termsVersion: '1' })
  t.equal(unread.statusCode, 422)
  t.match(unread.body, 'Choose one of the times')
  t.match(unread.body, 'Agree to the terms')
  const accepted = await guest.post(`${link}/acceptance`, {
    answer: 'accept',
    start: valuesOf(page, 'start')[1] ?? '',
    consent: 'yes',
    termsVersion: '1'
  })
  t.match(accepted, { statusCode: 303, headers: { location: /^https:\/\// } }, accepted.body)
  const [booking] = await client<{ id: string }[]>`select id from bookings`
  t.match((await guest.get(`/b/${booking?.id}`)).body, 'One step is left: the payment')
  t.match((await guest.get(link)).body, 'There is nothing to answer here')
  t.match((await browser.get('/console/proposals')).body, `href="/console/bookings/${booking?.id}"`)
})

t.test('the terms of a proposal are told by shares: its price is its own', async t => {
  const { browser } = await signedIn(t)
  const session = await browser.get('/console/proposals/new?type=couples')
  const shares =
    'Cancel 48 hours or more before the start and nothing is kept; later than that, 100 % of the price is kept.'
  t.match(session.body, shares)
  t.notMatch(session.body, 'all $400 comes back')
  const days = await browser.get('/console/proposals/new?type=intensive-2-day')
  t.match(days.body, /before the start and \$250 is kept; 15 days or more before, \d+ % of the (price|deposit) is kept/)
  const typed = { ...form, look: 'look', times: '3', weeks: '1' }
  t.match((await browser.post('/console/proposals/new', typed)).body, 'Each by itself: cancel 48 hours or more')
})

t.test('a no is one click, and leaves nothing to read; what is taken back is over', async t => {
  const { app, proposed, browser, client } = await signedIn(t)
  const guest = visitor(app)
  const declined = await guest.post(`${await proposed()}/acceptance`, { answer: 'decline' })
  t.match(declined, { statusCode: 200 })
  t.match(declined.body, 'Thank you')
  const second = await proposed()
  const [, withdrawal = ''] =
    /action="(\/console\/proposals\/[^"]+\/withdrawal)"/.exec((await browser.get('/console/proposals')).body) ?? []
  t.equal((await browser.post(withdrawal)).statusCode, 303)
  t.match((await guest.get(second)).body, 'There is nothing to answer here')
  t.match(await client`select state from private_proposals order by id`, [
    { state: 'declined' },
    { state: 'withdrawn' }
  ])
})

t.test('what is not right yet comes back with what was typed', async t => {
  const { browser } = await signedIn(t)
  const empty = await browser.post('/console/proposals/new', {
    type: 'couples',
    price: 'much',
    minutes: '1',
    until: ''
  })
  t.equal(empty.statusCode, 422)
  for (const field of ['slot', 'name', 'email', 'price', 'minutes', 'until'])
    t.match(empty.body, `href="#${field}"`, field)
  t.match(empty.body, 'value="much"')
  const long = await browser.post('/console/proposals/new', { ...form, until: '2029-01-01T00:00' })
  t.match(long.body, 'Give a deadline within 60 days')
  t.match(await browser.post('/console/proposals/new', { ...form, minutes: '110', slot: form.slot[0] ?? '' }), {
    statusCode: 303
  })
})

t.test('the plan can be the page’s own: another length, so many times, so many weeks apart', async t => {
  const { app, browser, proposed, client } = await signedIn(t)
  for (const [wrong, field] of [
    [{ times: '0' }, 'times'],
    [{ times: '400' }, 'times'],
    [{ times: '3', weeks: '0.5' }, 'weeks']
  ] as const) {
    const refused = await browser.post('/console/proposals/new', { ...form, ...wrong })
    t.equal(refused.statusCode, 422, field)
    t.match(refused.body, `id="${field}-fault"`)
  }
  const link = await proposed({ minutes: '60', times: '3', weeks: '2', price: '900' })
  const guest = visitor(app)
  const page = await guest.get(link)
  t.match(page.body, '$900, until')
  const answer = { answer: 'accept', start: valuesOf(page, 'start')[0] ?? '', consent: 'yes', termsVersion: '1' }
  t.equal((await guest.post(`${link}/acceptance`, answer)).statusCode, 303)
  const rows = await client<{ at: string; minutes: number; price: number }[]>`
    select to_char(starts_at at time zone 'America/New_York', 'MM-DD HH24:MI') as at, price::int,
      (extract(epoch from ends_at - starts_at) / 60)::int as minutes from appointments where booking_id is not null order by ordinal`
  t.same(
    [...rows],
    [
      { at: '02-09 10:00', minutes: 60, price: 30_000 },
      { at: '02-23 10:00', minutes: 60, price: 30_000 },
      { at: '03-09 10:00', minutes: 60, price: 30_000 }
    ]
  )
})

t.test('a plan of its own is what its booking’s page goes by: each of its times is changed by itself', async t => {
  const { app, proposed, client, gateway, deps, scope, work } = await signedIn(t)
  const link = await proposed({ minutes: '60', times: '3', weeks: '2', price: '900' })
  const guest = visitor(app)
  const start = valuesOf(await guest.get(link), 'start')[0] ?? ''
  await guest.post(`${link}/acceptance`, { answer: 'accept', start, consent: 'yes', termsVersion: '1' })
  const [attempt] = await client<{ id: string; checkout: string; booking: string }[]>`
    select a.id, a.checkout_id as checkout, d.booking_id as booking from attempts a join dues d on d.id = a.due_id`
  gateway.pay(attempt?.checkout ?? '')
  await settle(deps, scope, attempt?.id ?? '')
  await work()
  const page = await guest.get(`/b/${attempt?.booking}`)
  t.equal(page.body.match(/\/move\?appointment=/g)?.length, 3)
})
