import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { paidDays } from '../support/private-days.ts'
import { agreed } from '../support/programme.ts'
import { valuesOf, visitor } from './visitor.ts'

t.test('a step is called off on its page, which says first what gives way, and gets another time', async t => {
  const { app, deps, id, openedBy, steps } = await agreed(t)
  const browser = visitor(app)
  browser.cookies.set(cookieNames(deps.settings).booking(id), await openedBy(id))
  const own = await browser.get(`/b/${id}`)
  const address = `/b/${id}/call-off?appointment=${steps[0]?.id}`
  t.match(own.body, address)
  const asked = await browser.get(address)
  t.match(asked.body, 'There is nothing more to pay.')
  t.match(asked.body, 'These follow it, and give way with it')
  t.match(asked.body, /Wed 10 Feb, 09:00–09:50.*Thu 11 Feb, 09:00–10:30/s)
  t.notMatch(asked.body, '10:30–11:20', 'when the other comes is the other’s')
  t.same(valuesOf(asked, 'fee'), ['0'])
  const sent = await browser.post(`/b/${id}/call-off`, { appointment: steps[0]?.id ?? '', fee: '0' })
  t.equal(sent.headers.location, `/b/${id}`, sent.body.slice(0, 300))
  const after = await browser.get(`/b/${id}`)
  t.match(after.body, 'Still to be chosen, once the one before it has its time')
  t.match(after.body, `/b/${id}/steps/0`)
  t.notMatch(after.body, `/b/${id}/steps/1`)
  const [start = ''] = valuesOf(await browser.get(`/b/${id}/steps/0?from=2027-02-16`), 'start')
  t.match(start, /^2027-02-16/)
  t.equal((await browser.post(`/b/${id}/steps/0`, { start })).headers.location, `/b/${id}`)
  t.match((await browser.get(`/b/${id}`)).body, `/b/${id}/steps/1`)
  const gone = await browser.post(`/b/${id}/call-off`, { appointment: steps[1]?.id ?? '', fee: '0' })
  t.equal(gone.statusCode, 409, 'what has no time is not called off')
})

t.test('staff see every step, call one off for nothing, and lay it again, also where none has a time', async t => {
  const { app, id, steps, signInStaff } = await staffHouse(t)
  const browser = visitor(app)
  await signInStaff(browser)
  const address = `/console/bookings/${id}`
  t.match((await browser.get(address)).body, '4 times')
  const asked = await browser.get(`${address}/call-off?appointment=${steps[0]?.id}`)
  t.match(asked.body, 'Call this one off?')
  t.match(asked.body, '10:30–11:20', 'all that gives way')
  const sent = await browser.post(`${address}/call-off`, { appointment: steps[0]?.id ?? '', by: 'practice' })
  t.equal(sent.headers.location, address, sent.body.slice(0, 300))
  const after = await browser.get(address)
  t.equal(after.statusCode, 200)
  t.match(after.body, 'Without a time: both, ')
  t.match(after.body, 'after the one before it')
  const [start = ''] = valuesOf(await browser.get(`${address}/steps/0?from=2027-02-16`), 'start')
  t.equal((await browser.post(`${address}/steps/0`, { start })).headers.location, address)
  t.match((await browser.get(address)).body, 'Tue 16 Feb')
  t.equal((await browser.get(`${address}/steps/0`)).statusCode, 404)
})

t.test(
  'of private days the steps beside them are called off on their pages, by who takes part and by staff',
  async t => {
    const { app, deps, id, nth, openedBy, signIn, clock, rows } = await paidDays(t)
    const names = cookieNames(deps.settings)
    const browser = visitor(app)
    browser.cookies.set(names.booking(id), await openedBy(id))
    const link = async (ordinal: number) => `call-off?appointment=${await nth(id, ordinal)}`
    const page = (await browser.get(`/b/${id}`)).body
    for (const ordinal of [4, 6]) t.match(page, await link(ordinal))
    for (const ordinal of [0, 1, 2, 3, 5]) t.notMatch(page, await link(ordinal), String(ordinal))
    t.match(page, 'what stands beside it can be changed or called off by itself, above')
    t.match((await browser.get(`/b/${id}/${await link(4)}`)).body, 'Its time is free then')
    const appointment = await nth(id, 4)
    const sent = await browser.post(`/b/${id}/call-off`, { appointment, fee: '0' })
    t.equal(sent.headers.location, `/b/${id}`, sent.body.slice(0, 300))
    t.match((await browser.get(`/b/${id}`)).body, `/b/${id}/steps/4`)
    clock.set('2027-04-05T14:00:00Z')
    const office = visitor(app)
    office.cookies.set(names.staff, await signIn())
    const address = `/console/bookings/${id}`
    const shown = (await office.get(address)).body
    t.match(shown, await link(6))
    t.notMatch(shown, await link(3))
    const late = await office.get(`${address}/${await link(6)}`)
    t.match(late.body, /it is late: you decide within 24 hours whether \$400 is kept/)
    const last = await nth(id, 6)
    t.equal((await office.post(`${address}/call-off`, { appointment: last, by: 'practice' })).headers.location, address)
    t.match((await rows(id))[6], { state: 'cancelled', price: 40_000 })
    t.match((await office.get(address)).body, `${address}/steps/6`)
  }
)

/** A programme that is agreed, and how its staff sign in by the pages. */
async function staffHouse(t: Parameters<typeof agreed>[0]) {
  const house = await agreed(t)
  const signInStaff = async (browser: ReturnType<typeof visitor>) => {
    browser.cookies.set(cookieNames(house.deps.settings).staff, house.staff)
  }
  return { ...house, signInStaff }
}
