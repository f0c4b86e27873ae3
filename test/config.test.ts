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

function saidOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  throw new Error('It was taken')
}
