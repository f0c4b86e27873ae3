import type { Test } from 'tap'
import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { aStart, open } from '../support/open.ts'
import { colleague } from '../support/staff.ts'
import { valuesOf, visitor } from './visitor.ts'

async function signedIn(t: Test, email = 'jessica@example.com', roles?: Parameters<typeof colleague>[2]) {
  const house = await open(t)
  if (roles) await colleague(house, email.split('@')[0] ?? '', roles)
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email, password: staffPassword })
  return { ...house, browser }
}

const page = '/console/new-booking?type=couples&from=2027-02-08'
const caller = {
  type: 'couples',
  from: '2027-02-08',
  name: 'Robin Caller',
  email: 'robin@example.com',
  payment: 'link'
}

t.test('a caller is booked from one page: a type, a time, a name and an address', async t => {
  const { browser, client, mails, work } = await signedIn(t)
  const slots = valuesOf(await browser.get(page), 'slot')
  t.ok(slots.some(slot => slot.startsWith(aStart)))
  const answer = await browser.post('/console/new-booking', { ...caller, slot: `${aStart} jessica office` })
  t.match(answer, { statusCode: 303, headers: { location: /^\/console\/bookings\/[\w-]{36}$/ } }, answer.body)
  const shown = await browser.get(String(answer.headers.location))
  t.match(shown.body, 'Robin Caller')
  await work()
  t.same(
    mails.map(({ to }) => to),
    ['robin@example.com']
  )
  t.match(await client`select state from bookings`, [{ state: 'held' }])
  const known = await browser.get(page)
  t.match(known.body, /<option value="[\w-]{36} [\w-]{36}">Robin Caller<\/option>/, 'who called is known from then on')
})

t.test('what is not right comes back with what was typed, and a sentence for each', async t => {
  const { browser, book } = await signedIn(t)
  const empty = await browser.post('/console/new-booking', { type: 'couples', payment: 'link', phone: '12' })
  t.equal(empty.statusCode, 422)
  for (const field of ['slot', 'name', 'email', 'phone']) t.match(empty.body, `href="#${field}"`, field)
  t.match(empty.body, 'value="12"')
  await book()
  const taken = await browser.post('/console/new-booking', { ...caller, slot: `${aStart} jessica office` })
  t.equal(taken.statusCode, 422)
  t.match(taken.body, 'That time has just been taken')
  t.match(taken.body, 'value="Robin Caller"')
})

t.test('another time takes its exceptions and a reason', async t => {
  const { browser, client } = await signedIn(t)
  const at = { ...caller, at: '2027-02-09T20:10' }
  t.match((await browser.post('/console/new-booking', at)).body, 'That time is not offered')
  t.match((await browser.post('/console/new-booking', { ...at, override: 'hours' })).body, 'Say why a rule')
  const done = await browser.post('/console/new-booking', { ...at, override: ['hours', 'caps'], reason: 'Only then' })
  t.equal(done.statusCode, 303, done.body)
  t.match(await client`select why from audit where kind = 'booked-for-caller'`, [
    { why: 'without hours, caps: Only then' }
  ])
})

t.test('an assistant is offered no exception and nothing for nothing', async t => {
  const { browser } = await signedIn(t, 'alex@example.com', ['assistant'])
  const { body, statusCode } = await browser.get(page)
  t.equal(statusCode, 200)
  t.notMatch(body, 'name="override"')
  t.same(valuesOf({ body } as never, 'payment'), ['link', 'manual'])
})

t.test('a regular hour is booked for a caller as often, as far apart and as long as they want', async t => {
  const { browser, client } = await signedIn(t)
  const address = '/console/new-booking?type=weekly&from=2027-02-08'
  const shown = await browser.get(`${address}&times=3&every=14`)
  t.same([valuesOf(shown, 'times').at(-1), valuesOf(shown, 'every').at(-1)], ['3', '14'])
  t.match(shown.body, 'Payment of $1,200')
  const slot = `${aStart} jessica office`
  t.ok(valuesOf(shown, 'slot').includes(slot))
  const often = { type: 'weekly', slot, times: '3', every: '14' }
  t.equal((await browser.post('/console/new-booking', { ...caller, ...often })).statusCode, 303)
  t.match(
    await client`select to_char(starts_at, 'MM-DD') as day from appointments where booking_id is not null order by starts_at`,
    [{ day: '02-09' }, { day: '02-23' }, { day: '03-09' }]
  )
  const open = await browser.get(`${address}&every=7&open=yes`)
  const [later = ''] = valuesOf(open, 'slot')
  t.notOk(valuesOf(open, 'slot').includes(slot), 'only where all of them are free')
  const endless = { type: 'weekly', slot: later, times: '12', every: '7', open: 'yes', email: 'b@example.com' }
  t.equal((await browser.post('/console/new-booking', { ...caller, ...endless })).statusCode, 303)
  t.match(await client`select open_ended, every from bookings order by created_at, open_ended`, [
    { open_ended: false, every: 14 },
    { open_ended: true, every: 7 }
  ])
})
