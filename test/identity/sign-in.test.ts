import { parseOptions } from '@node-rs/argon2'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import t from 'tap'
import { decoy, passwordCost } from '../../src/identity/password.ts'
import { addStaff } from '../../src/identity/people.ts'
import { signInStaff } from '../../src/identity/sign-in.ts'
import { staffPassword } from '../support/database.ts'
import { jessica, openIdentity } from '../support/identity.ts'

t.test('staff sign in with address and password, however the address is written', async t => {
  const { request } = await openIdentity(t)
  const answer = await request('POST', '/api/sessions', {
    payload: { email: ' Jessica@EXAMPLE.com ', password: staffPassword }
  })
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['cache-control'], 'no-store')
  t.strictSame(Object.keys(answer.json()).sort(), ['accessToken', 'expiresIn', 'refreshToken'])
  t.equal(answer.json().expiresIn, 900)
  const { accessToken } = answer.json()
  t.equal((await request('GET', '/api/staff', { token: accessToken })).statusCode, 200)
})

t.test('an unknown address, a wrong password, somebody who left and a second factor are answered alike', async t => {
  const { request, client, deps, scope, clock } = await openIdentity(t)
  for (const email of ['left@example.com', 'two@example.com'])
    await deps.db.transaction(tx =>
      addStaff(deps, tx, scope, { name: 'Sam', email, password: staffPassword, roles: ['assistant'] })
    )
  const staffOf = (email: string) => deps.secrets.lookup(scope.practice.id, 'email', email)
  await client`update staff set active = false where person_id = (select person_id from contact_points where lookup = ${staffOf('left@example.com')})`
  await client`
    insert into second_steps (practice_id, person_id, kind, secret, tries, created_at, confirmed_at)
    select practice_id, person_id, 'totp', 'x', 0, now(), now() from contact_points where lookup = ${staffOf('two@example.com')}`
  const answers = []
  for (const [email, password] of [
    [jessica, 'wrong'],
    ['nobody@example.com', staffPassword],
    ['left@example.com', staffPassword],
    ['two@example.com', staffPassword],
    ['not an address', 'x'.repeat(999)]
  ]) {
    const { statusCode, headers, json } = await request('POST', '/api/sessions', { payload: { email, password } })
    const { requestId, ...body } = json()
    const { date, ...rest } = headers
    t.match(date, /GMT/)
    t.match(requestId, /\S/)
    const { 'content-length': length, ...same } = rest
    t.ok(Number(length) > 0)
    answers.push(JSON.stringify({ statusCode, same, body, length }))
  }
  t.equal(new Set(answers).size, 1)
  t.match(JSON.parse(answers[0] ?? ''), { statusCode: 401, body: { type: '/problems/wrong-sign-in' } })
  clock.move({ minutes: 1 })
  t.equal(
    (await request('POST', '/api/sessions', { payload: { email: jessica, password: staffPassword } })).statusCode,
    200
  )
})

t.test('an unknown address costs the same statements and the same hashing as a wrong password', async t => {
  const { deps, scope, databaseUrl } = await openIdentity(t)
  const statements: string[] = []
  const client = postgres(databaseUrl, { max: 1, onnotice: () => {}, debug: (_id, query) => statements.push(query) })
  t.teardown(() => client.end())
  const watched = { ...deps, db: drizzle(client) }
  const cost = async (email: string) => {
    statements.length = 0
    const before = process.cpuUsage()
    await t.rejects(signInStaff(watched, scope, { email, password: 'wrong' }), { code: 'wrong-sign-in' })
    const { user, system } = process.cpuUsage(before)
    return { statements: [...statements], cpu: user + system }
  }
  await cost(jessica)
  const [known, unknown] = [[await cost(jessica)], [await cost('nobody@example.com')]]
  t.ok(known[0]?.statements.length)
  t.strictSame(unknown[0]?.statements, known[0]?.statements)
  for (let round = 0; round < 4; round++) {
    known.push(await cost(jessica))
    unknown.push(await cost('nobody@example.com'))
  }
  const middle = (costs: { cpu: number }[]) => costs.map(({ cpu }) => cpu).sort((a, b) => a - b)[2] ?? 0
  const ratio = middle(unknown) / middle(known)
  t.ok(ratio > 0.5 && ratio < 2, `processor time of unknown to known: ${ratio.toFixed(2)}`)
  const [{ hash } = { hash: '' }] = await client<{ hash: string }[]>`select password_hash as hash from staff limit 1`
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(hash)
  t.strictSame({ algorithm, memoryCost, timeCost, parallelism }, passwordCost)
  t.strictSame(parseOptions(decoy), parseOptions(hash), 'what stands in for a hash is made at the same cost')
})

t.test(
  'after ten wrong tries in a quarter of an hour the right password is refused too, in the same words',
  async t => {
    const { request, clock } = await openIdentity(t)
    const tried = (email: string, password: string) =>
      request('POST', '/api/sessions', { payload: { email, password } })
    const words = []
    for (let count = 0; count < 10; count++) words.push((await tried(jessica, 'wrong')).json().detail)
    const refused = await tried(jessica, staffPassword)
    t.equal(refused.statusCode, 401)
    t.strictSame(new Set([...words, refused.json().detail]).size, 1)
    t.equal((await tried('nobody@example.com', 'wrong')).json().detail, words[0], 'another account has its own tries')
    clock.move({ minutes: 15, seconds: 1 })
    t.equal((await tried(jessica, staffPassword)).statusCode, 200)
  }
)

t.test('tries at the same moment are all counted', async t => {
  const { request } = await openIdentity(t)
  const wrong = Array.from({ length: 12 }, () =>
    request('POST', '/api/sessions', { payload: { email: jessica, password: 'wrong' } })
  )
  await Promise.all(wrong)
  t.equal(
    (await request('POST', '/api/sessions', { payload: { email: jessica, password: staffPassword } })).statusCode,
    401
  )
})

t.test('who signed in starts over with ten tries', async t => {
  const { request, clock } = await openIdentity(t)
  for (let round = 0; round < 2; round++) {
    for (let count = 0; count < 8; count++)
      await request('POST', '/api/sessions', { payload: { email: jessica, password: 'wrong' } })
    t.equal(
      (await request('POST', '/api/sessions', { payload: { email: jessica, password: staffPassword } })).statusCode,
      200
    )
    clock.move({ seconds: 1 })
  }
})

t.test('a body of another shape is refused, and the answer says what is right', async t => {
  const { request } = await openIdentity(t)
  for (const body of [
    {},
    { link: 1 },
    { code: '12345678', request: 'x' },
    { code: '1234567', request: '018f0000-0000-7000-8000-000000000000' },
    { code: '12345678' },
    { email: jessica },
    { email: 1, password: 2 }
  ]) {
    const answer = await request('POST', '/api/sessions', { payload: body })
    t.equal(answer.statusCode, 422, JSON.stringify(body))
    t.match(answer.json().detail, /password|eight digits|Give the request/)
    t.ok(answer.json().errors.length)
  }
  const more = await request('POST', '/api/sessions', {
    payload: { email: jessica, password: staffPassword, admin: true }
  })
  t.match(more.json(), { status: 422, detail: /Send \{ "email", "password" \}/ })
  t.equal((await request('POST', '/api/sessions/refresh', { payload: { token: 'x' } })).statusCode, 422)
})
