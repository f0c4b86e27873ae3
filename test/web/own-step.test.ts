import type { Test } from 'tap'
import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { open, someone } from '../support/open.ts'
import { jessica, setUpApp, shown, signInOn } from '../support/second-step.ts'
import { visitor } from './visitor.ts'

const own = '/me/second-step'
const pin = '824917'

/** A house, and a way to sign somebody in on a browser by the mailed code. */
async function withPerson(t: Test) {
  const house = await open(t, { limits: { codesAnHour: 100, codesADay: 1000, signIns: 1000 } })
  const signedIn = async (email = someone.email) => {
    const token = await house.signInPerson(email)
    const browser = visitor(house.app)
    browser.cookies.set(cookieNames(house.deps.settings).person, token)
    return { ...browser, token }
  }
  const mine = (token: string) => house.request('POST', '/api/sessions/current/second-step', { pin }, token)
  return { ...house, signedIn, mine }
}

const set = (browser: ReturnType<typeof visitor>, digits = pin, now = '') =>
  browser.post(`${own}/pin`, { now, pin: digits, again: digits })

t.test('a person who has set a PIN gives it at each sign-in before anything opens', async t => {
  const { signedIn } = await withPerson(t)
  const first = await signedIn()
  t.match((await first.get(own)).body, 'A PIN of your own')
  t.match(await set(first), { statusCode: 303, headers: { location: own } })
  t.match((await first.get(own)).body, 'Set on Mon 1 Feb')
  const next = await signedIn()
  const asked = await next.get(own)
  t.match(asked.body, 'One more step')
  t.notMatch(asked.body, 'Set on', 'nothing of what is set up')
  t.match(await next.post(own, { pin: '824918' }), { statusCode: 401, body: /This does not fit/ })
  t.match(await next.post(own, { pin: ' 824 917 ' }), { statusCode: 303, headers: { location: '/me' } })
  t.match((await next.get(own)).body, 'Set on Mon 1 Feb')
})

t.test('five wrong PINs in a row rest it: a quarter of an hour, an hour, a day, the right one too', async t => {
  const { signedIn, clock } = await withPerson(t)
  await set(await signedIn())
  const words = new Set<string>()
  for (const minutes of [15, 60, 24 * 60]) {
    const browser = await signedIn()
    const give = (digits: string) => browser.post(own, { pin: digits })
    for (let count = 0; count < 5; count++)
      words.add(/role="alert">(.*?)</.exec((await give('135790')).body)?.[1] ?? '')
    const right = await give(pin)
    t.equal(right.statusCode, 401, `the right one, for ${minutes} minutes`)
    words.add(/role="alert">(.*?)</.exec(right.body)?.[1] ?? '')
    clock.move({ minutes })
  }
  t.equal(words.size, 1)
  const browser = await signedIn()
  t.equal((await browser.post(own, { pin })).statusCode, 303)
})

t.test('PINs that are tried at the same moment are all counted', async t => {
  const { signedIn } = await withPerson(t)
  await set(await signedIn())
  const browser = await signedIn()
  await Promise.all(Array.from({ length: 5 }, () => browser.post(own, { pin: '135790' })))
  t.equal((await browser.post(own, { pin })).statusCode, 401)
})

t.test('an easy PIN, one that is too short and two that differ are refused, and nothing is set', async t => {
  const { signedIn, client } = await withPerson(t)
  const browser = await signedIn()
  for (const digits of ['123456', '999999', '12345', '1234567890123', 'abcdef'])
    t.equal((await set(browser, digits)).statusCode, 409, digits)
  t.equal((await browser.post(`${own}/pin`, { pin, again: '824918' })).statusCode, 409)
  t.equal((await client`select from second_steps`).length, 0)
})

t.test('the PIN that is there is asked for before another takes its place, and before it is taken away', async t => {
  const { signedIn, client } = await withPerson(t)
  const browser = await signedIn()
  await set(browser)
  const other = '571936'
  t.match(await set(browser, other), { statusCode: 409, body: /This does not fit/ })
  t.match(await set(browser, other, '824918'), { statusCode: 409 })
  t.match(await set(browser, other, pin), { statusCode: 303 })
  t.match((await browser.get(`${own}/removal?step=pin`)).body, /href="\/me\/second-step">Leave it as it is/)
  t.match(await browser.post(`${own}/removal`, { step: 'pin', pin }), { statusCode: 409, body: /This does not fit/ })
  t.equal((await client`select from second_steps`).length, 1)
  t.match(await browser.post(`${own}/removal`, { step: 'pin', pin: other }), { statusCode: 303 })
  t.equal((await client`select from second_steps`).length, 0)
  t.match((await (await signedIn()).get(own)).body, 'A PIN of your own', 'and the next sign-in asks for none')
})

t.test('before it is given, a sign-in neither sets up another nor takes one away', async t => {
  const { signedIn, client } = await withPerson(t)
  await set(await signedIn())
  const browser = await signedIn()
  t.match(await set(browser, '571936', pin), { statusCode: 409, body: /second step that you have/ })
  t.match(await browser.post(`${own}/removal`, { step: 'pin', pin }), {
    statusCode: 409,
    body: /Sign in with your second step/
  })
  t.equal((await client`select from second_steps`).length, 1)
})

t.test('with the first one, every other sign-in of the person ends', async t => {
  const { signedIn, request } = await withPerson(t)
  const [here, there] = [await signedIn(), await signedIn()]
  t.equal((await there.get(own)).statusCode, 200)
  await set(here)
  t.equal((await there.get(own)).statusCode, 401)
  t.equal((await here.get(own)).statusCode, 200)
  t.equal((await request('DELETE', '/api/sessions/current', undefined, there.token)).statusCode, 401)
})

t.test('who shares a mailbox sets one up before anything opens, and keeps one', async t => {
  const { signedIn, client } = await withPerson(t)
  await signedIn()
  await client`update contact_points set shared_mailbox = true where proven_at is not null and person_id not in (select person_id from staff)`
  const browser = await signedIn()
  const page = await browser.get(own)
  t.match(page.body, 'somebody else reads your mailbox too')
  const [{ stepped } = { stepped: true }] = await client<{ stepped: boolean }[]>`
    select stepped_at is not null as stepped from sessions where kind = 'person' order by id desc limit 1`
  t.notOk(stepped)
  t.equal((await set(browser)).statusCode, 303)
  t.match((await browser.get(own)).body, 'Set on')
  t.match(await browser.post(`${own}/removal`, { step: 'pin', pin }), { statusCode: 409, body: /has to stay/ })
})

t.test('programs give it too, and a wrong one is no sign-in', async t => {
  const { signedIn, mine, request } = await withPerson(t)
  await set(await signedIn())
  const { token } = await signedIn()
  const wrong = await request('POST', '/api/sessions/current/second-step', { pin: '135790' }, token)
  t.match(wrong.json(), { status: 401, type: '/problems/wrong-second-step' })
  t.equal((await mine(token)).statusCode, 204)
  t.equal((await request('POST', '/api/sessions/current/second-step', {}, token)).statusCode, 422)
  t.equal((await mine('nothing')).statusCode, 401)
})

t.test('a PIN that is forgotten is taken away by an owner alone, told to nobody, and written down', async t => {
  const { app, signedIn, client, mails, work } = await withPerson(t)
  await set(await signedIn())
  await work()
  const before = mails.length
  const owner = visitor(app)
  await signInOn(owner, jessica)
  const done = await owner.post('/console/second-steps/resets', { email: someone.email, why: 'Spoke with them' })
  t.match(done.body, 'Done.')
  await work()
  t.equal(mails.length, before, 'no mail, which a partner could read')
  t.equal((await client`select from second_steps`).length, 0)
  t.match(await client`select why from audit where kind = 'second-step-reset'`, [{ why: 'Spoke with them' }])
  t.match((await (await signedIn()).get(own)).body, 'A PIN of your own')
})

t.test(
  'whoever reads the mailbox of somebody who works here changes nothing of their way into the console',
  async t => {
    const { app, clock, signedIn, client } = await withPerson(t)
    const early = await signedIn(jessica.email)
    t.match(await set(early), { statusCode: 409, body: /You work here too/ }, 'also before there is one')
    const staff = visitor(app)
    await signInOn(staff, jessica)
    const { key } = await setUpApp(staff, clock.now)
    t.equal((await early.get(own)).statusCode, 401)
    clock.move({ minutes: 1 })
    const browser = await signedIn(jessica.email)
    t.match((await browser.get(own)).body, 'six digits of your authenticator app')
    t.equal((await browser.post(own, { code: shown(key, clock.now()) })).statusCode, 303, 'the same app counts here')
    clock.move({ minutes: 1 })
    t.match(await set(browser), { statusCode: 409, body: /You work here too/ })
    t.equal((await client`select from second_steps where kind = 'pin'`).length, 0)
  }
)

t.test('nobody else’s sign-in comes to these pages', async t => {
  const { app } = await withPerson(t)
  t.equal((await visitor(app).get(own)).statusCode, 401)
  const staff = visitor(app)
  await signInOn(staff, jessica)
  t.equal((await staff.get(own)).statusCode, 403)
})
