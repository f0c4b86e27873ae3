import t from 'tap'
import { settle } from '../../src/bookings/settle.ts'
import { aStart, open, someone } from '../support/open.ts'
import { typed, valuesOf, visitor } from './visitor.ts'

const second = '2027-02-16T15:00:00Z'
const chosen = { type: 'weekly', slot: `${aStart} jessica office`, zone: 'America/New_York' }
const inform = (location: unknown) => String(location)

t.test('a regular hour is booked from how often to the card page, without JavaScript', async t => {
  const { app, book } = await open(t)
  const { get, post } = visitor(app)
  await book({ start: second })
  const about = await get('/sessions/weekly')
  t.match(about.body, /80 minutes, 12 times/)
  t.match(about.body, /cancel 48 hours or more before the start and all \$400 comes back/)
  t.same(valuesOf(about, 'every'), ['7', '14'])
  const times = await get('/sessions/weekly/times?times=3&every=7&month=2027-02&day=2027-02-09')
  t.match(times.body, '3 times, every week')
  t.ok(valuesOf(times, 'slot').includes(chosen.slot), 'the first fits')
  t.match(times.body, /all of them are free/, 'and where all do is marked')
  t.match(times.body, /times=3&every=7/, 'the other days ask for as many')
  const sent = await post('/b', { ...chosen, times: '3', every: '7' })
  const each = await get(inform(sent.headers.location))
  t.match(each.body, 'One of them is not free')
  t.match(each.body, '2 appointments: $800. 1 still to say.')
  const address = inform(sent.headers.location)
  const unsaid = await post(address, { o0: 'planned', o2: 'planned', go: 'yes' })
  t.equal(unsaid.statusCode, 422)
  t.match(unsaid.body, 'Say of each what you want')
  const [, other = ''] = /value="(2027-02-16T[^"]+)"/.exec(each.body) ?? []
  const sum = await post(address, { o0: 'left', o1: other, o2: 'planned' })
  t.match(sum.body, '2 appointments: $800.')
  const settled = await post(address, { o0: 'planned', o1: other, o2: 'planned', go: 'yes' })
  t.equal(settled.statusCode, 303)
  const form = await get(inform(settled.headers.location))
  t.match(form.body, '3 times')
  t.match(form.body, '$1,200')
  t.match(form.body, /Until .* you get \$1,200 back/)
  const booked = await post(inform(settled.headers.location), typed)
  t.match(booked.headers.location, /pay|checkout/)
  const back = await get(inform(settled.headers.location))
  t.match(back.headers.location, /^\/b\/[0-9a-f-]{36}$/, 'who comes back is led to what is theirs')
})

t.test('where one has gone before the booking, it is chosen again and nothing that was typed is lost', async t => {
  const { app, book, client } = await open(t)
  const { post } = visitor(app)
  const sent = await post('/b', { ...chosen, times: '3', every: '14' })
  const all = { o0: 'planned', o1: 'planned', o2: 'planned' }
  const settled = await post(inform(sent.headers.location), { ...all, go: 'yes' })
  await book({ start: '2027-02-23T15:00:00Z', person: { ...someone, email: 'other@example.com' } })
  const gone = await post(inform(settled.headers.location), typed)
  t.equal(gone.statusCode, 409)
  t.match(gone.body, 'One of these times has just been taken')
  t.same(valuesOf(gone, 'email'), [someone.email])
  t.same(valuesOf(gone, 'consent'), [], 'what was agreed to for some times is not for others')
  const [, action = ''] = /action="(\/b\/each\/[^"]+)"/.exec(gone.body) ?? []
  const { email, name } = someone
  const few = await post(action, { ...all, o1: 'left', o2: 'left', go: 'yes', email, name })
  t.equal(few.statusCode, 422)
  t.match(few.body, 'Keep 2 at least.')
  t.same(valuesOf(few, 'email'), [someone.email])
  const again = await post(action, { ...all, o1: 'left', go: 'yes', email, name })
  t.equal(again.statusCode, 200)
  t.same(valuesOf(again, 'email'), [someone.email])
  t.match(again.body, '$800')
  const [, book2 = ''] = /action="(\/b\/new\/[^"]+)"/.exec(again.body) ?? []
  t.equal((await post(book2, typed)).statusCode, 303)
  t.match(await client`select count(*)::int as n from bookings`, [{ n: 2 }])
})

t.test('what nobody could mean shows the usual, and an address that was changed leads nowhere', async t => {
  const { app } = await open(t)
  const { get, post } = visitor(app)
  t.match((await get('/sessions/weekly/times?times=999&every=x')).body, '12 times, every week')
  t.equal((await get('/b/each/nothing')).statusCode, 404)
  const sent = await post('/b', chosen)
  const nonsense = await post(inform(sent.headers.location), { o0: 'whenever', o1: '2027-13-45', go: 'yes' })
  t.equal(nonsense.statusCode, 422)
})

t.test('every time of a series is changed and skipped by itself on the booking’s page', async t => {
  const { app, client, gateway, deps, scope, work } = await open(t)
  const { get, post } = visitor(app)
  const sent = await post('/b', { ...chosen, times: '3' })
  const each = inform(sent.headers.location)
  const settled = await post(each, { o0: 'planned', o1: 'planned', o2: 'planned', go: 'yes' })
  await post(inform(settled.headers.location), typed)
  const [attempt] = await client<{ id: string; checkout: string; booking: string }[]>`
    select a.id, a.checkout_id as checkout, d.booking_id as booking from attempts a join dues d on d.id = a.due_id`
  const address = `/b/${attempt?.booking}`
  gateway.pay(attempt?.checkout ?? '')
  await settle(deps, scope, attempt?.id ?? '')
  await work()
  const page = await get(address)
  t.match(page.body, 'Your appointments are confirmed')
  const links = [...page.body.matchAll(/href="(\/b\/[^"]+\/(move|skip)\?appointment=[^"]+)"/g)].map(
    ([, link = '']) => link
  )
  t.equal(links.length, 6, 'each of three')
  const skip = await get(links[3] ?? '')
  t.match(skip.body, 'It is now on Tue 16 Feb, 10:00–11:20 EST.')
  t.match(skip.body, '$400')
  t.match(skip.body, 'Before this one there are 4 left.')
  const [appointment = ''] = valuesOf(skip, 'appointment')
  const blind = await post(`${address}/skip`, { appointment })
  t.match(blind.body, 'Skip this one?', 'without the sum it is shown first')
  t.equal((await post(`${address}/skip`, { appointment, refund: '40000' })).headers.location, address)
  const after = await get(address)
  t.match(after.body, '<s>Tue 16 Feb, 10:00–11:20 EST</s>')
  t.match((await get(links[4] ?? '')).body, 'It is now on Tue 23 Feb', 'the third')
  const times = await get(links[4] ?? '')
  t.ok(valuesOf(times, 'start').includes('2027-02-24T15:00:00Z'))
  const [third = ''] = valuesOf(times, 'appointment')
  const asked = await post(`${address}/move`, { appointment: third, start: '2027-02-24T15:00:00Z' })
  t.match(asked.body, 'Move it to this time?')
  const [back = ''] = valuesOf(asked, 'back')
  await post(`${address}/move`, { appointment: third, start: '2027-02-24T15:00:00Z', back })
  t.match((await get(address)).body, 'Wed 24 Feb, 10:00–11:20 EST')
  t.match((await get(`${address}/cancellation`)).body, /End these times\?[\s\S]*\$800/)
})

t.test('a series moves with all its later times, pauses, and goes on, on the pages', async t => {
  const { app, client, gateway, deps, scope, work, book } = await open(t)
  const { get, post } = visitor(app)
  const sent = await post('/b', { ...chosen, times: '3' })
  const settled = await post(inform(sent.headers.location), { o0: 'planned', o1: 'planned', o2: 'planned', go: 'yes' })
  await post(inform(settled.headers.location), typed)
  const [attempt] = await client<{ id: string; checkout: string; booking: string }[]>`
    select a.id, a.checkout_id as checkout, d.booking_id as booking from attempts a join dues d on d.id = a.due_id`
  const address = `/b/${attempt?.booking}`
  gateway.pay(attempt?.checkout ?? '')
  await settle(deps, scope, attempt?.id ?? '')
  await work()
  await book({ start: '2027-02-17T15:30:00Z', person: { ...someone, email: 'other@example.com' } })
  const page = await get(address)
  const [, second = ''] =
    /href="(\/b\/[^"]+\/move\?appointment=[^"]+)"[\s\S]*?href="(\/b\/[^"]+\/move\?appointment=[^"]+)"/
      .exec(page.body)
      ?.slice(1) ?? []
  const [, appointment = ''] = /appointment=([\w-]+)/.exec(second) ?? []
  const asked = await post(`${address}/move`, { appointment, start: '2027-02-17T18:00:00Z' })
  const [, link = ''] = /href="(\/b\/[^"]+\/later\?[^"]+)"/.exec(asked.body) ?? []
  const later = await get(link)
  t.match(later.body, '2. Wed 24 Feb, 13:00–14:20 EST')
  const moved = await post(`${address}/later`, { appointment, start: '2027-02-17T18:00:00Z', go: 'yes' })
  t.equal(moved.headers.location, address)
  const after = await get(address)
  for (const text of ['Tue 9 Feb, 10:00', 'Wed 17 Feb, 13:00', 'Wed 24 Feb, 13:00']) t.match(after.body, text)
  const pause = await get(`${address}/pause?from=2027-02-15`)
  t.match(pause.body, 'Wed 17 Feb, 13:00–14:20 EST')
  t.notMatch(pause.body, 'Tue 9 Feb')
  t.equal((await post(`${address}/pause`, { from: '2027-02-15' })).headers.location, address)
  t.match((await get(address)).body, 'There is a pause')
  const times = await get(`${address}/resume?from=2027-03-01`)
  t.ok(valuesOf(times, 'start').includes('2027-03-03T15:00:00Z'))
  const shown = await post(`${address}/resume`, { start: '2027-03-03T15:00:00Z' })
  t.match(shown.body, '2. Wed 10 Mar, 10:00–11:20 EST')
  t.equal((await post(`${address}/resume`, { start: '2027-03-03T15:00:00Z', go: 'yes' })).headers.location, address)
  const goes = await get(address)
  t.notMatch(goes.body, 'There is a pause')
  t.match(goes.body, 'Wed 10 Mar, 10:00–11:20 EST')
})

t.test('an hour without an end is chosen, booked and paid on the pages, and further weeks follow', async t => {
  const { app, client, gateway, deps, scope, work, minute, clock } = await open(t)
  const { get, post } = visitor(app)
  t.match((await get('/sessions/weekly')).body, 'Until we end it')
  const times = await get('/sessions/weekly/times?times=12&every=7&open=yes&month=2027-02&day=2027-02-09')
  t.match(times.body, 'Every week until you end it, 12 times to begin with')
  t.same(valuesOf(times, 'open').slice(0, 1), ['yes'], 'what is chosen is sent along')
  const sent = await post('/b', { ...chosen, times: '12', every: '7', open: 'yes' })
  const each = inform(sent.headers.location)
  const planned = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`o${index}`, 'planned']))
  const settled = await post(each, { ...planned, go: 'yes' })
  t.equal(settled.statusCode, 303, settled.body)
  const form = inform(settled.headers.location)
  t.match((await get(form)).body, '$4,800')
  const booked = await post(form, typed)
  t.match(booked.headers.location, /pay|checkout/)
  const [attempt] = await client<{ id: string; checkout: string; booking: string }[]>`
    select a.id, a.checkout_id as checkout, d.booking_id as booking from attempts a join dues d on d.id = a.due_id`
  gateway.pay(attempt?.checkout ?? '')
  await settle(deps, scope, attempt?.id ?? '')
  await work()
  const booking = attempt?.booking ?? ''
  t.match(await client`select state, open_ended from bookings where id = ${booking}`, [
    { state: 'confirmed', open_ended: true }
  ])
  const page = await get(`/b/${booking}`)
  for (const words of ['Tue 9 Feb, 10:00', 'Tue 27 Apr, 10:00']) t.match(page.body, words)
  clock.set('2027-02-10T12:00:00Z')
  await minute()
  const [{ n } = { n: 0 }] = await client<{ n: number }[]>`
    select count(*)::int as n from appointments where booking_id = ${booking} and state = 'planned'`
  t.equal(n, 13, 'a thirteenth, as weeks pass')
})
