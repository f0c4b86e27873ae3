import t, { type Test } from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { staffPassword } from '../support/database.ts'
import { joint } from '../support/joint.ts'
import { open, someone } from '../support/open.ts'
import { valuesOf, visitor } from './visitor.ts'

const [jo, sam] = ['jo@example.com', 'sam@example.com']

/** A series of two who both belong to it, the therapist signed in, and the second of its times. */
async function office(t: Test) {
  const house = await open(t)
  const two = await joint(house, sam, { sessionType: 'weekly', occurrences: 3 })
  const [second] = await house.client<{ id: string }[]>`
    select id from appointments where booking_id = ${two.id} and ordinal = 1`
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  house.mails.splice(0)
  return { ...house, ...browser, two, appointment: String(second?.id), address: `/console/bookings/${two.id}` }
}

const start = '2027-02-17T15:30:00Z'

t.test('staff see every later time, free or not, before they move all; both are asked in one mail each', async t => {
  const { get, post, appointment, address, two, book, client, work, mails, request } = await office(t)
  await book({ start: '2027-02-24T15:30:00Z', person: { ...someone, email: 'other@example.com' } })
  await work()
  mails.splice(0)
  t.match((await get(address)).body, `href="${address}/later?appointment=${appointment}"`)
  const times = await get(`${address}/later?appointment=${appointment}&from=2027-02-15`)
  t.ok(valuesOf(times, 'start').includes(start))
  const shown = await post(`${address}/later`, { appointment, start })
  t.match(
    shown.body,
    /1\. Wed 17 Feb, 10:30–11:50 EST[\s\S]*2\. Wed 24 Feb, 10:30–11:50 EST[\s\S]*Not free\. Near it are/
  )
  const [other = ''] = valuesOf(shown, 'o1')
  t.equal((await post(`${address}/later`, { appointment, start, go: 'yes' })).statusCode, 409, 'all of them, or none')
  const asked = await post(`${address}/later`, { appointment, start, o1: other, go: 'yes' })
  t.equal(asked.headers.location, address)
  await work()
  t.same(mails.map(({ to }) => to).sort(), [jo, sam])
  const waiting = await get(address)
  t.match(waiting.body, /You suggested other times[\s\S]*Wed 17 Feb, 10:30/)
  await request('POST', `/api/appointments/${appointment}/move-answer`, { accept: true }, two.personToken)
  t.match(await client`select state from proposals`, [{ state: 'open' }], 'the other of them is asked, too')
})

t.test('what the client has agreed to by telephone is moved at once', async t => {
  const { post, appointment, address, client } = await office(t)
  await post(`${address}/later`, { appointment, start, agreed: 'yes', go: 'yes' })
  t.match(
    await client`select to_char(starts_at at time zone 'UTC', 'MM-DD HH24:MI') as at from appointments order by starts_at`,
    [{ at: '02-09 15:00' }, { at: '02-17 15:30' }, { at: '02-24 15:30' }]
  )
})

t.test('staff let a series pause and go on, and see first what that means', async t => {
  const { get, post, address, client } = await office(t)
  const pause = await get(`${address}/pause?from=2027-02-10`)
  t.match(pause.body, /Tue 16 Feb, 10:00–11:20 EST[\s\S]*Tue 23 Feb/)
  t.equal((await post(`${address}/pause`, { from: '2027-02-10' })).headers.location, address)
  t.equal((await post(`${address}/pause`, { from: '2027-02-10' })).statusCode, 409, 'once at a time')
  const paused = await get(address)
  t.match(paused.body, `href="${address}/resume"`)
  const times = await get(`${address}/resume?from=2027-03-01`)
  t.ok(valuesOf(times, 'start').includes('2027-03-03T15:00:00Z'))
  const shown = await post(`${address}/resume`, { start: '2027-03-03T15:00:00Z' })
  t.match(shown.body, '2. Wed 10 Mar, 10:00–11:20 EST')
  t.equal((await post(`${address}/resume`, { start: '2027-03-03T15:00:00Z', go: 'yes' })).headers.location, address)
  t.match(await client`select paused_from from bookings`, [{ paused_from: null }])
  t.match((await get(address)).body, `href="${address}/pause"`)
})

t.test('of two, one asks on their page for all later times, and the other answers on theirs', async t => {
  const { two, appointment, client, ...house } = await office(t)
  const path = `/b/${two.id}`
  const [first, second] = [visitor(house.app), visitor(house.app)]
  const names = cookieNames(house.deps.settings)
  first.cookies.set(names.booking(two.id), await house.openedBy(two.id))
  second.cookies.set(names.person, two.personToken)
  const chosen = await first.post(`${path}/move`, { appointment, start })
  const [, link = ''] = /href="(\/b\/[^"]+\/later\?[^"]+)"/.exec(chosen.body) ?? []
  t.match(chosen.body, 'Ask for this and all later ones')
  const later = await first.get(link)
  t.match(later.body, /Ask for these times\?[\s\S]*2\. Wed 24 Feb, 10:30[\s\S]*these times are kept/)
  t.equal((await first.post(`${path}/later`, { appointment, start, go: 'yes' })).headers.location, path)
  t.match((await first.get(path)).body, /You asked for other times[\s\S]*Take it back/)
  const asked = await second.get(path)
  t.match(asked.body, /Would other times suit you\?[\s\S]*Wed 24 Feb, 10:30[\s\S]*Yes, move all of them/)
  t.same(valuesOf(asked, 'answer'), ['accept', 'decline'])
  await second.post(`${path}/move-answer`, { appointment, answer: 'accept' })
  t.match(await client`select state from proposals`, [{ state: 'accepted' }])
  t.match((await first.get(path)).body, 'Wed 24 Feb, 10:30')
})
