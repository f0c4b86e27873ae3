import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
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

/** A programme that is agreed, and how its staff sign in by the pages. */
async function staffHouse(t: Parameters<typeof agreed>[0]) {
  const house = await agreed(t)
  const signInStaff = async (browser: ReturnType<typeof visitor>) => {
    browser.cookies.set(cookieNames(house.deps.settings).staff, house.staff)
  }
  return { ...house, signInStaff }
}
