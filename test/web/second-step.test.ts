import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import t from 'tap'
import { addStaff } from '../../src/identity/people.ts'
import { staffPassword } from '../support/database.ts'
import { open } from '../support/open.ts'
import { jessica, keyOn, recoveryCodesOn, setUpApp, shown, signInOn, wrongCode } from '../support/second-step.ts'
import { visitor } from './visitor.ts'

const own = '/console/second-step'
const step = '/console/sign-in/step'

/** A practice that serves real people. */
async function real(t: Test, limits = {}) {
  const house = await open(t, { limits })
  await house.client`update practices set hosts = '{localhost}'`
  house.deps.settings.sandbox = false
  return house
}

/** A page without what is random in each: form tokens. */
function bare({ statusCode, body, headers }: LightMyRequestResponse) {
  const { date: _, 'content-length': __, 'set-cookie': ___, ...rest } = headers
  return { statusCode, rest, body: body.replaceAll(/name="formToken" value="[^"]*"/g, '') }
}

t.test('where real people are served, staff without a second step come to its set-up and to nothing else', async t => {
  const { app, clock } = await real(t)
  const browser = visitor(app)
  t.match(await signInOn(browser), { statusCode: 303, headers: { location: own } })
  for (const address of [
    '/console',
    '/console/inbox',
    '/console/opening-hours',
    '/console/feeds',
    '/console/second-steps'
  ]) {
    const page = await browser.get(address)
    t.match(page, { statusCode: 403, body: `href="${own}"` }, address)
    t.notMatch(page.body, 'Time off')
  }
  t.match((await browser.post('/console/time-off', { therapist: 'jessica' })).statusCode, 403)
  const { recoveryCodes } = await setUpApp(browser, clock.now)
  t.equal(recoveryCodes.length, 10)
  t.equal((await browser.get('/console')).statusCode, 200, 'then the console is open')
})

t.test('the second page is asked of everybody, and only all of it together is answered', async t => {
  const { app, clock } = await real(t)
  const first = visitor(app)
  await signInOn(first)
  const { key } = await setUpApp(first, clock.now)
  clock.move({ hours: 1 })
  const [right, wrongWord, unknown] = [visitor(app), visitor(app), visitor(app)]
  const begun = [
    await signInOn(right),
    await signInOn(wrongWord, { ...jessica, password: 'wrong' }),
    await signInOn(unknown, { email: 'nobody@example.com', password: 'wrong' })
  ]
  for (const answer of begun) t.match(answer, { statusCode: 303, headers: { location: step } })
  t.equal(new Set(begun.map(answer => JSON.stringify(bare(answer)))).size, 1)
  const pages = await Promise.all([right, wrongWord, unknown].map(browser => browser.get(step)))
  t.equal(new Set(pages.map(answer => JSON.stringify(bare(answer)))).size, 1, 'the same page, byte for byte')
  const code = shown(key, clock.now())
  const refused = [
    await wrongWord.post(step, { code }),
    await unknown.post(step, { code }),
    await right.post(step, { code: wrongCode(key, clock.now()) })
  ]
  for (const answer of refused) t.equal(answer.statusCode, 401)
  t.equal(new Set(refused.map(answer => JSON.stringify(bare(answer)))).size, 1, 'and the same refusal')
  t.match(await right.post(step, { code }), { statusCode: 303, headers: { location: '/console' } })
  t.equal((await right.get('/console')).statusCode, 200)
  t.notOk(right.cookies.has('step'), 'nothing is left of the way in')
})

t.test('a passkey is asked for in the same words whoever it is', async t => {
  const { app, clock } = await real(t)
  const first = visitor(app)
  await signInOn(first)
  await setUpApp(first, clock.now)
  const questions = []
  for (const given of [jessica, { email: 'nobody@example.com', password: 'wrong' }]) {
    const browser = visitor(app)
    await signInOn(browser, given)
    const { challenge, ...rest } = (await browser.post(`${step}/passkey`)).json()
    t.match(challenge, /^[\w-]{43}$/)
    questions.push(rest)
  }
  t.strictSame(questions[0], questions[1])
  t.strictSame(questions[0].allowCredentials ?? [], [], 'it names none')
})

t.test('a sign-in that waits longer than ten minutes, or in another browser, begins again', async t => {
  const { app, clock } = await real(t)
  const first = visitor(app)
  await signInOn(first)
  const { key } = await setUpApp(first, clock.now)
  const browser = visitor(app)
  await signInOn(browser)
  const elsewhere = await visitor(app).post(step, { code: shown(key, clock.now()) })
  t.match(elsewhere, { statusCode: 401, body: 'This sign-in took too long' })
  clock.move({ minutes: 10 })
  const late = await browser.post(step, { code: shown(key, clock.now()) })
  t.match(late, { statusCode: 401, body: 'This sign-in took too long' })
  t.match(late.body, 'action="/console/sign-in"')
  t.equal((await browser.get(step)).headers.location, '/console/sign-in')
})

t.test('tries on the second page count as the account’s, and a right code is refused too after ten', async t => {
  const { app, clock } = await real(t)
  const first = visitor(app)
  await signInOn(first)
  const { key } = await setUpApp(first, clock.now)
  clock.move({ hours: 1 })
  const browser = visitor(app)
  await signInOn(browser)
  for (let count = 0; count < 9; count++) await browser.post(step, { code: 'AAAA-AAAA-AAAA-AAAA' })
  t.equal((await browser.post(step, { code: shown(key, clock.now()) })).statusCode, 401)
  clock.move({ minutes: 15, seconds: 1 })
  await signInOn(browser)
  t.equal((await browser.post(step, { code: shown(key, clock.now()) })).statusCode, 303)
})

t.test(
  'one network address has sixty sign-ins that come to nothing in a quarter of an hour, the first page included',
  async t => {
    const { app } = await real(t, { signIns: 3 })
    const browser = visitor(app)
    const given = { email: 'nobody@example.com', password: 'wrong' }
    const answers = []
    for (let count = 0; count < 4; count++) answers.push((await signInOn(browser, given)).statusCode)
    t.same(answers, [303, 303, 303, 429])
  }
)

t.test('a recovery code signs in once in place of the device, however it is typed', async t => {
  const { app, clock } = await real(t)
  const first = visitor(app)
  await signInOn(first)
  const { recoveryCodes } = await setUpApp(first, clock.now)
  const [code = ''] = recoveryCodes
  const browser = visitor(app)
  await signInOn(browser)
  t.equal((await browser.post(step, { code: ` ${code.toLowerCase().replaceAll('-', ' ')} ` })).statusCode, 303)
  t.match((await browser.get(own)).body, '9 are left.')
  const again = visitor(app)
  await signInOn(again)
  t.equal((await again.post(step, { code })).statusCode, 401)
})

t.test('an app counts from its first code on, and a wrong one keeps the same key on the page', async t => {
  const { app, clock } = await real(t)
  const browser = visitor(app)
  await signInOn(browser)
  const begun = await browser.post(`${own}/totp`)
  t.match(begun.body, /<svg[^>]*>[\s\S]*<\/svg>/, 'the picture stands in the page itself')
  t.match(begun.headers, { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  const key = keyOn(begun)
  t.equal(key.length, 20)
  const refused = await browser.post(`${own}/totp/confirmation`, { code: wrongCode(key, clock.now()) })
  t.equal(refused.statusCode, 409)
  t.same(keyOn(refused), key)
  t.equal((await browser.get('/console')).statusCode, 403, 'nothing is set up yet')
  const other = keyOn(await browser.post(`${own}/totp`))
  t.equal((await browser.post(`${own}/totp/confirmation`, { code: shown(key, clock.now()) })).statusCode, 409)
  const done = await browser.post(`${own}/totp/confirmation`, { code: shown(other, clock.now()) })
  t.equal(recoveryCodesOn(done).length, 10)
  t.match(await browser.post(`${own}/totp`), { statusCode: 409, body: /is set up already/ })
})

t.test('with the first second step every other sign-in ends; whoever has the password alone adds none', async t => {
  const { app, clock } = await real(t)
  const [thief, owner] = [visitor(app), visitor(app)]
  await signInOn(thief)
  await signInOn(owner)
  const stolen = keyOn(await thief.post(`${own}/totp`))
  await setUpApp(owner, clock.now)
  const late = await thief.post(`${own}/totp/confirmation`, { code: shown(stolen, clock.now()) })
  t.equal(late.statusCode, 401, 'their sign-in is over')
  t.equal((await owner.get('/console')).statusCode, 200)
})

t.test(
  'taking a second step away asks for the password, and the last one stays where real people are served',
  async t => {
    const { app, clock, client, deps } = await real(t)
    const browser = visitor(app)
    await signInOn(browser)
    await setUpApp(browser, clock.now)
    const remove = (password: string) => browser.post(`${own}/removal`, { step: 'totp', password })
    t.match((await browser.get(`${own}/removal?step=totp`)).body, 'Remove the app?')
    t.match(await remove('wrong'), { statusCode: 409, body: /This does not fit/ })
    t.match(await remove(staffPassword), { statusCode: 409, body: /One second step has to stay/ })
    t.equal((await client`select from second_steps`).length, 1)
    const codes = recoveryCodesOn(await browser.post(`${own}/removal`, { step: 'codes', password: staffPassword }))
    t.equal(codes.length, 10)
    t.equal((await client`select from recovery_codes`).length, 10, 'the old ones stopped working')
    deps.settings.sandbox = true
    t.match(await remove(staffPassword), { statusCode: 303, headers: { location: own } })
    t.equal((await client`select from second_steps`).length, 0)
    t.equal((await client`select from recovery_codes`).length, 0)
    const kinds = await client`select kind from audit where kind like 'second-step%' order by id`
    t.same(
      kinds.map(({ kind }) => kind),
      ['second-step-added', 'second-step-codes-made', 'second-step-removed']
    )
    for (let count = 0; count < 10; count++) await remove('wrong')
    t.match(await remove(staffPassword), { statusCode: 409 }, 'its tries have an end too')
  }
)

t.test('in a sandbox it is offered and not asked; who has set one up is asked from then on', async t => {
  const { app, clock } = await open(t)
  const browser = visitor(app)
  t.match(await signInOn(browser), { headers: { location: '/console' } })
  t.match((await browser.get('/console')).body, `href="${own}"`)
  const { key } = await setUpApp(browser, clock.now)
  t.equal((await browser.get('/console')).statusCode, 200, 'this sign-in has passed it')
  clock.move({ minutes: 1 })
  const next = visitor(app)
  t.match(await signInOn(next), { headers: { location: step } })
  t.equal((await next.get('/console')).statusCode, 401)
  t.equal((await next.post(step, { code: shown(key, clock.now()) })).statusCode, 303)
  t.match(await signInOn(visitor(app), { ...jessica, password: 'wrong' }), { headers: { location: step } })
  t.equal((await signInOn(visitor(app), { email: 'nobody@example.com', password: 'wrong' })).statusCode, 401)
})

t.test('only an owner takes a lost second step away, of others, with a reason that is kept', async t => {
  const { app, clock, client, deps, scope } = await real(t)
  const sam = { email: 'sam@example.com', password: staffPassword }
  await deps.db.transaction(tx => addStaff(deps, tx, scope, { name: 'Sam', ...sam, roles: ['assistant'] }))
  const [owner, assistant] = [visitor(app), visitor(app)]
  await signInOn(owner)
  await setUpApp(owner, clock.now)
  await signInOn(assistant, sam)
  const { key } = await setUpApp(assistant, clock.now)
  const reset = (browser: typeof owner, email: string, why = 'Called on the known number') =>
    browser.post('/console/second-steps/resets', { email, why })
  t.equal((await reset(assistant, jessica.email)).statusCode, 403)
  t.equal((await assistant.get('/console/second-steps')).statusCode, 403)
  t.match((await owner.get('/console/second-steps')).body, /Sam[\s\S]*has a second step/)
  t.match(await reset(owner, jessica.email), { statusCode: 409, body: /Another owner does it for you/ })
  t.match(await reset(owner, sam.email, ' '), { statusCode: 409, body: /how you made sure/ })
  t.match(await reset(owner, 'nobody@example.com'), { statusCode: 409, body: /Nobody signs in with this address/ })
  t.match(await reset(owner, ' SAM@example.com '), { statusCode: 200, body: 'Done.' })
  t.equal((await assistant.get('/console')).statusCode, 401, 'they are signed out')
  const [line] = await client`select actor, why, subjects from audit where kind = 'second-step-reset'`
  t.match(line, { actor: /^staff:/, why: 'Called on the known number' })
  const again = visitor(app)
  t.match(await signInOn(again, sam), { headers: { location: own } }, 'and set up a new one')
  t.equal((await again.post(step, { code: shown(key, clock.now()) })).statusCode, 401)
  t.match(await reset(owner, sam.email), { statusCode: 409, body: /There is no second step/ })
})

t.test('half sign-ins and questions to passkeys are deleted when they are over', async t => {
  const { app, clock, client, minute } = await real(t)
  const browser = visitor(app)
  await signInOn(browser, { ...jessica, password: 'wrong' })
  await browser.post(`${step}/passkey`)
  const left = async () => (await client`select 1 from sign_in_steps union all select 1 from passkey_challenges`).length
  t.equal(await left(), 2)
  clock.move({ minutes: 11 })
  await minute()
  t.equal(await left(), 0)
})
