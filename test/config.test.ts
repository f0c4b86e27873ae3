import t from 'tap'
import { readConfig } from '../src/config.ts'

const real = {
  DATABASE_URL: 'postgres://tandem:secret@db/tandem',
  STRIPE_SECRET_KEY: 'sk_live_x',
  STRIPE_WEBHOOK_SECRET: 'whsec_x',
  SMTP_URL: 'smtps://user:secret@mail:465',
  MAIL_FROM: 'office@example.com',
  PUBLIC_URL: 'https://book.example.com/',
  SECRET: 'x'.repeat(32),
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`
}

t.test('nothing set is a sandbox on loopback', async t => {
  t.match(readConfig({}), {
    sandbox: true,
    publicUrl: 'http://localhost:3000',
    HOST: '127.0.0.1',
    PORT: 3000,
    ROLE: 'all'
  })
})

t.test('a sandbox refuses an address that others could reach, and https', async t => {
  for (const PUBLIC_URL of ['https://localhost:3000', 'http://example.com', 'https://example.com'])
    t.throws(() => readConfig({ PUBLIC_URL }), /PUBLIC_URL must be http on localhost/)
  const { SMTP_URL: _, ...withoutMail } = real
  t.throws(() => readConfig(withoutMail), /PUBLIC_URL must be http on localhost/, 'one stand-in makes a sandbox')
})

t.test('with every real service named it is no sandbox, and asks for its secrets', async t => {
  t.match(readConfig(real), { sandbox: false, publicUrl: 'https://book.example.com' })
  const { SECRET: _one, ENCRYPTION_KEYS: _two, PUBLIC_URL: _three, ...bare } = real
  t.throws(() => readConfig(bare), /SECRET is required[\s\S]*ENCRYPTION_KEYS is required[\s\S]*PUBLIC_URL is required/)
  t.throws(() => readConfig({ ...real, CLOCK: '2027-01-01T00:00:00Z' }), /CLOCK is for the sandbox only/)
})

t.test('every wrong value is named at once, and no secret is repeated', async t => {
  const wrong = {
    PORT: 'many',
    ROLE: 'boss',
    DATABASE_URL: 'mysql://secret-word@x',
    ENCRYPTION_KEYS: 'secret-word',
    LOG_LEVEL: 'loud',
    CLOCK: 'noon'
  }
  const message = saidOf(() => readConfig(wrong))
  for (const name of Object.keys(wrong)) t.match(message, new RegExp(name))
  t.notMatch(message, /secret-word/)
})

t.test('limits have their defaults, each is a variable, and a wrong one is named', async t => {
  t.same(readConfig({}).limits, {
    bookings: 120,
    answers: 60,
    quotes: 1200,
    windows: 6000,
    signIns: 60,
    signInTries: 10,
    holds: 5,
    heldShare: 100,
    codesAnHour: 3,
    codesADay: 20
  })
  t.equal(readConfig(real).limits.heldShare, 50, 'where real people book')
  t.match(readConfig({ LIMIT_BOOKINGS: '7', LIMIT_HOLDS: '1', LIMIT_HELD_SHARE: '30' }).limits, {
    bookings: 7,
    holds: 1,
    heldShare: 30
  })
  for (const wrong of ['0', '-1', '1.5', 'many', '10000000'])
    t.throws(() => readConfig({ LIMIT_HOLDS: wrong }), /LIMIT_HOLDS must be a whole number from 1/)
  t.throws(() => readConfig({ LIMIT_HELD_SHARE: '101' }), /LIMIT_HELD_SHARE must be a whole number from 1 to 100/)
})

t.test('a proxy is named by its address or network; “true” would believe everybody', async t => {
  for (const TRUST_PROXY of ['10.0.0.1', '10.0.0.0/8, 2001:db8::/32', 'loopback'])
    t.equal(readConfig({ TRUST_PROXY }).TRUST_PROXY, TRUST_PROXY)
  for (const TRUST_PROXY of [
    'true',
    '1',
    '*',
    'proxy.example',
    '0.0.0.0/0',
    '10.0.0.0/33',
    '10.0.0.1/8/8',
    '10.0.0.1,'
  ])
    t.throws(() => readConfig({ TRUST_PROXY }), /TRUST_PROXY must name addresses/, TRUST_PROXY)
})

t.test('a Node that is too old starts nothing, and is told which one to use', async t => {
  t.throws(() => readConfig({}, '20.20.2'), /Node 24 or later is needed, and this is 20\.20\.2: use npm start/)
  t.ok(readConfig({}, '24.0.0'))
  t.ok(readConfig({}, '100.1.0'))
})

function saidOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  throw new Error('It was taken')
}
