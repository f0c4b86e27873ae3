import { createHmac } from 'node:crypto'
import t from 'tap'
import { practices } from '../../db/schema/identity.ts'
import { addStaff } from '../../src/identity/people.ts'
import { practiceScopes } from '../../src/identity/scope.ts'
import { beginTotp, confirmTotp } from '../../src/identity/set-up-totp.ts'
import { newId } from '../../src/kernel/ids.ts'
import { testSecrets } from '../support/database.ts'
import { openIdentity } from '../support/identity.ts'
import { shown } from '../support/second-step.ts'

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (token: string, part: 0 | 1) =>
  JSON.parse(Buffer.from(token.split('.')[part] ?? '', 'base64url').toString())
const key = testSecrets.derive('jwt')

/** A token of any header and claims, signed as told. */
function sign(header: object, claims: object, secret: Buffer, hash = 'sha256'): string {
  const body = `${encode(header)}.${encode(claims)}`
  return `${body}.${createHmac(hash, secret).update(body).digest('base64url')}`
}

t.test('an access token says whose it is and for which practice, and no more', async t => {
  const { signIn, scope, deps } = await openIdentity(t)
  const { accessToken } = (await signIn()).json()
  t.strictSame(decode(accessToken, 0), { alg: 'HS256', typ: 'JWT' })
  const claims = decode(accessToken, 1)
  t.strictSame(Object.keys(claims).sort(), ['aud', 'exp', 'iat', 'iss', 'jti', 'kind', 'sid', 'sub'])
  t.match(claims, { iss: 'http://localhost:3000', aud: scope.practice.id, kind: 'staff' })
  t.equal(claims.iat, deps.now().toSeconds())
  t.equal(claims.exp - claims.iat, 900)
})

t.test('only a token of our own signing, with all its claims, opens anything', async t => {
  const { signIn, request, clock } = await openIdentity(t)
  const { accessToken } = (await signIn()).json()
  const [header, claims] = [decode(accessToken, 0), decode(accessToken, 1)]
  const status = async (token: string) => (await request('GET', '/api/staff', { token })).statusCode
  t.equal(
    await status(sign(header, claims, key)),
    200,
    'the same claims signed with our key: the others differ in one thing'
  )
  const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name))
  const forged: Record<string, string> = {
    'alg none': `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`,
    'alg None': `${encode({ alg: 'None', typ: 'JWT' })}.${encode(claims)}.`,
    'no signature': accessToken.split('.').slice(0, 2).join('.'),
    'an empty signature': `${accessToken.split('.').slice(0, 2).join('.')}.`,
    'HS512 with our key': sign({ ...header, alg: 'HS512' }, claims, key, 'sha512'),
    'another key': sign(header, claims, testSecrets.derive('form')),
    'no key': sign(header, claims, Buffer.alloc(0)),
    'another issuer': sign(header, { ...claims, iss: 'http://elsewhere.example' }, key),
    'another practice': sign(header, { ...claims, aud: newId() }, key),
    'another person': sign(header, { ...claims, sub: newId() }, key),
    'another sign-in': sign(header, { ...claims, sid: newId() }, key),
    'another kind': sign(header, { ...claims, kind: 'booking' }, key),
    'an end in the past': sign(header, { ...claims, exp: claims.iat - 1 }, key),
    'claims of another making': sign(header, ['staff'], key),
    ...Object.fromEntries(Object.keys(claims).map(name => [`no ${name}`, sign(header, without(name), key)]))
  }
  for (const [name, token] of Object.entries(forged)) t.equal(await status(token), 401, name)
  clock.move({ minutes: 14, seconds: 59 })
  t.equal(await status(accessToken), 200)
  clock.move({ seconds: 1 })
  t.equal(await status(accessToken), 401, 'over after a quarter of an hour')
})

t.test('a practice’s token opens nothing at another practice of the same installation', async t => {
  const { db, client, deps, signIn, request, clock } = await openIdentity(t, {
    sandbox: false,
    publicUrl: 'https://one.example'
  })
  await client`update practices set hosts = '{one.example}'`
  const [{ policies } = { policies: undefined }] = await db.select().from(practices)
  if (!policies) throw new Error('The demo practice is not there')
  const id = newId()
  const words = { name: 'Two', discreetName: 'Two', zone: 'Europe/Paris', currency: 'EUR', policies, termsVersion: 1 }
  await db.insert(practices).values({ id, hosts: ['two.example'], ...words })
  const scope = await practiceScopes(deps).forId(id)
  const person = await db.transaction(tx =>
    addStaff(deps, tx, scope, { name: 'Jo', email: 'jo@example.com', password: 'of the second', roles: ['owner'] })
  )
  const owner = { kind: 'staff', person, session: newId(), stepped: false } as const
  const key = await beginTotp(deps, scope, owner)
  await confirmTotp(deps, scope, owner, shown(key, clock.now()))
  clock.move({ minutes: 1 })
  const at = (host: string, token: string) => request('GET', '/api/staff', { token, headers: { host } })
  const payload = { email: 'jo@example.com', password: 'of the second', otp: shown(key, clock.now()) }
  const two = await request('POST', '/api/sessions', { payload, headers: { host: 'two.example' } })
  const { accessToken, refreshToken } = two.json()
  t.equal((await at('two.example', accessToken)).statusCode, 200)
  t.equal((await at('one.example', accessToken)).statusCode, 401)
  const refresh = (host: string) =>
    request('POST', '/api/sessions/refresh', { payload: { refreshToken }, headers: { host } })
  t.equal((await refresh('one.example')).statusCode, 401)
  t.equal((await refresh('two.example')).statusCode, 200, 'asking elsewhere used nothing up')
  const elsewhere = await request('POST', '/api/sessions', { payload, headers: { host: 'one.example' } })
  t.equal(elsewhere.statusCode, 401, 'nor does the password open the other')
  t.equal((await signIn()).statusCode, 421, 'a host that no practice names belongs to none')
})

t.test('what cannot be read as a token is nobody: 401 where one is needed, and no hindrance elsewhere', async t => {
  const { request } = await openIdentity(t)
  const odd = [
    '',
    'Bearer',
    'Bearer ',
    'Bearer  ',
    'Basic amVzc2ljYTp4',
    'Bearer a b',
    'Bearer .',
    'Bearer ..',
    'Bearer a.b.c',
    'Bearer e30.e30.e30',
    'Bearer bnVsbA.bnVsbA.',
    `Bearer ${encode({ alg: 'HS256' })}.bm8gSlNPTg.AAAA`,
    `Bearer ${'x'.repeat(43)}`,
    `Bearer ${'x.'.repeat(4000)}`,
    'Bearer \u00ff\u00fe.\u00ff.\u00ff',
    'Bearer %00.%00.%00'
  ]
  for (const authorization of odd) {
    const open = await request('GET', '/api/open', { headers: { authorization } })
    t.strictSame([open.statusCode, open.json()], [200, { kind: 'anonymous' }], authorization.slice(0, 40))
    const staff = await request('GET', '/api/staff', { headers: { authorization } })
    t.strictSame([staff.statusCode, staff.headers['www-authenticate']], [401, 'Bearer error="invalid_token"'])
  }
  const bare = await request('GET', '/api/staff')
  t.strictSame([bare.statusCode, bare.headers['www-authenticate']], [401, 'Bearer'])
  for (const cookie of [
    'staff',
    'staff=',
    'staff=%',
    'staff=%E0%A4%A',
    'staff=a.b.c',
    '=;=;;',
    'staff=a; staff=b',
    '\u00ff'
  ])
    t.equal((await request('GET', '/api/open', { headers: { cookie } })).statusCode, 200, cookie)
})

t.test('roles and dismissal count from the next request on', async t => {
  const { signIn, request, client } = await openIdentity(t)
  const { accessToken: token, refreshToken } = (await signIn()).json()
  const change = () => request('POST', '/api/staff', { token, payload: {} })
  t.equal((await change()).statusCode, 200)
  await client`update staff set roles = '{billing}'`
  t.equal((await change()).statusCode, 403)
  await client`update staff set active = false`
  t.equal((await change()).statusCode, 401)
  t.equal((await request('POST', '/api/sessions/refresh', { payload: { refreshToken } })).statusCode, 401)
})
