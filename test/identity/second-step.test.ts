import { drizzle } from 'drizzle-orm/postgres-js'
import type { LightMyRequestResponse } from 'fastify'
import postgres from 'postgres'
import type { Test } from 'tap'
import t from 'tap'
import { signInStaff } from '../../src/identity/sign-in.ts'
import { open } from '../support/open.ts'
import { jessica, setUpApp, shown, signInOn, wrongCode } from '../support/second-step.ts'
import { visitor } from '../web/visitor.ts'

/** The demo practice's owner has set up an authenticator app an hour ago. */
async function withApp(t: Test, own: Parameters<typeof open>[1] = {}) {
  const house = await open(t, own)
  const { app, clock, request } = house
  const browser = visitor(app)
  await signInOn(browser)
  const { key, recoveryCodes } = await setUpApp(browser, clock.now)
  clock.move({ hours: 1 })
  return {
    ...house,
    key,
    recoveryCodes,
    signInWith: (body: object) => request('POST', '/api/sessions', { ...jessica, ...body }),
    code: (seconds = 0) => shown(key, clock.now().plus({ seconds })),
    wrong: () => wrongCode(key, clock.now())
  }
}

/** All of an answer that a caller could tell from another's. */
function telling({ statusCode, headers, json }: LightMyRequestResponse): string {
  const { requestId: _, ...body } = json()
  const { date: __, ...rest } = headers
  return JSON.stringify({ statusCode, rest, body })
}

t.test('programs sign in with password and code at once, and no code works twice', async t => {
  const { signInWith, code, clock, request } = await withApp(t)
  const first = await signInWith({ otp: code() })
  t.equal(first.statusCode, 200)
  t.equal((await request('GET', '/api/bookings', undefined, first.json().accessToken)).statusCode, 200)
  t.equal((await signInWith({ otp: code() })).statusCode, 401, 'the same code again')
  t.equal((await signInWith({ otp: code(-30) })).statusCode, 401, 'and an earlier one')
  t.equal((await signInWith({ otp: code(30) })).statusCode, 200, 'a telephone may go half a minute fast')
  clock.move({ seconds: 30 })
  t.equal((await signInWith({ otp: code() })).statusCode, 401, 'that one was used')
  clock.move({ seconds: 30 })
  t.equal((await signInWith({ otp: code(-30) })).statusCode, 401, 'that one too, said late')
  t.equal((await signInWith({ otp: code() })).statusCode, 200)
})

t.test('of many who give one code at the same moment one signs in', async t => {
  const { signInWith, code } = await withApp(t, { most: 12 })
  const otp = code()
  const answers = await Promise.all(Array.from({ length: 4 }, () => signInWith({ otp })))
  t.same(answers.map(({ statusCode }) => statusCode).sort(), [200, 401, 401, 401])
})

t.test('nothing in an answer tells which half was wrong, or that a code is asked at all', async t => {
  const { signInWith, code, wrong } = await withApp(t)
  const answers = [
    await signInWith({ password: 'wrong' }),
    await signInWith({ password: 'wrong', otp: code() }),
    await signInWith({ otp: wrong() }),
    await signInWith({}),
    await signInWith({ email: 'nobody@example.com', otp: code() }),
    await signInWith({ email: 'nobody@example.com' })
  ]
  t.equal(new Set(answers.map(telling)).size, 1)
  t.match(answers[0]?.json(), { type: '/problems/wrong-sign-in', status: 401 })
  t.equal((await signInWith({ otp: code() })).statusCode, 200, 'the code was not used up by a wrong password')
})

t.test('a wrong password, a wrong code and an unknown address cost the same statements', async t => {
  const { deps, scope, databaseUrl, code, wrong } = await withApp(t)
  const statements: string[] = []
  const client = postgres(databaseUrl, { max: 1, onnotice: () => {}, debug: (_id, query) => statements.push(query) })
  t.teardown(() => client.end())
  const watched = { ...deps, db: drizzle(client) }
  const cost = async (given: { email?: string; password?: string; otp: string }) => {
    statements.length = 0
    await t.rejects(signInStaff(watched, scope, { ...jessica, ...given }), { code: 'wrong-sign-in' })
    return [...statements]
  }
  await cost({ otp: wrong() })
  const wrongHalf = await cost({ otp: wrong() })
  t.ok(wrongHalf.length >= 4, `${wrongHalf.length} statements`)
  t.strictSame(await cost({ password: 'wrong', otp: code() }), wrongHalf)
  t.strictSame(await cost({ email: 'nobody@example.com', otp: code() }), wrongHalf)
})

t.test(
  'after five wrong codes the right one rests for a quarter of an hour, then for an hour, then for a day',
  async t => {
    const { signInWith, code, wrong, clock } = await withApp(t)
    const words = new Set<string>()
    const fiveWrong = async () => {
      for (let count = 0; count < 5; count++) words.add(telling(await signInWith({ otp: wrong() })))
    }
    for (const [minutes, before] of [
      [15, 14],
      [60, 59],
      [24 * 60, 24 * 60 - 1],
      [24 * 60, 24 * 60 - 1]
    ] as const) {
      await fiveWrong()
      clock.move({ minutes: before })
      words.add(telling(await signInWith({ otp: code() })))
      clock.move({ minutes: minutes - before, seconds: 30 })
    }
    t.equal(words.size, 1, 'in the words of every other refusal')
    t.equal((await signInWith({ otp: code() })).statusCode, 200)
    clock.move({ minutes: 1 })
    for (let count = 0; count < 4; count++) await signInWith({ otp: wrong() })
    t.equal((await signInWith({ otp: code() })).statusCode, 200, 'who signed in has five tries again')
  }
)

t.test('whoever does not know the password cannot make the code rest', async t => {
  const { signInWith, code, wrong } = await withApp(t)
  for (let count = 0; count < 6; count++) await signInWith({ password: 'wrong', otp: wrong() })
  t.equal((await signInWith({ otp: code() })).statusCode, 200)
})

t.test('codes that are tried at the same moment are all counted', async t => {
  const { signInWith, code, wrong, clock } = await withApp(t, { most: 12 })
  const otp = wrong()
  await Promise.all(Array.from({ length: 5 }, () => signInWith({ otp })))
  t.equal((await signInWith({ otp: code() })).statusCode, 401)
  clock.move({ minutes: 15, seconds: 30 })
  t.equal((await signInWith({ otp: code() })).statusCode, 200)
})

t.test('where real people are served, a password alone opens nothing to a program either', async t => {
  const { deps, request, client } = await open(t)
  await client`update practices set hosts = '{localhost}'`
  const before = (await request('POST', '/api/sessions', jessica)).json().accessToken
  t.equal((await request('GET', '/api/bookings', undefined, before)).statusCode, 200, 'in a sandbox it is optional')
  deps.settings.sandbox = false
  t.match((await request('POST', '/api/sessions', jessica)).json(), { status: 403, type: '/problems/step-needed' })
  t.match((await request('GET', '/api/bookings', undefined, before)).json(), {
    status: 403,
    type: '/problems/step-needed'
  })
  t.equal((await request('GET', '/api/session-types', undefined, before)).statusCode, 200, 'what everybody may')
})

t.test('a sign-in that is renewed has still passed its second step', async t => {
  const { deps, client, signInWith, code, request, clock } = await withApp(t)
  await client`update practices set hosts = '{localhost}'`
  deps.settings.sandbox = false
  const signed = (await signInWith({ otp: code() })).json()
  clock.move({ minutes: 14 })
  const { accessToken } = (await request('POST', '/api/sessions/refresh', { refreshToken: signed.refreshToken })).json()
  t.equal((await request('GET', '/api/bookings', undefined, accessToken)).statusCode, 200)
})

t.test('the database holds no key and no recovery code as it is', async t => {
  const { client, key, recoveryCodes } = await withApp(t)
  const rows = await client`select s::text as text from second_steps s union all select r::text from recovery_codes r`
  t.equal(rows.length, 11)
  const all = rows
    .map(({ text }) => text)
    .join('\n')
    .toLowerCase()
  t.notOk(all.includes(key.toString('hex')))
  for (const code of recoveryCodes) t.notOk(all.includes(Buffer.from(code.replaceAll('-', '')).toString('hex')))
})
