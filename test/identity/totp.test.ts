import { DateTime } from 'luxon'
import t from 'tap'
import { newTotpKey, stepOf, totpAddress, typedKey } from '../../src/identity/totp.ts'
import { fromBase32, shown } from '../support/second-step.ts'

const at = (seconds: number) => DateTime.fromSeconds(seconds, { zone: 'utc' })

t.test('the codes are those of RFC 6238, appendix B', async t => {
  const key = Buffer.from('12345678901234567890')
  for (const [seconds, code] of [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130']
  ] as const) {
    t.equal(shown(key, at(seconds), 8), code, 'the test’s own app shows it')
    t.equal(stepOf(key, code.slice(2), at(seconds)), Math.floor(seconds / 30))
  }
})

t.test('a code counts in its own half minute and in the one before and after, and no longer', async t => {
  const key = newTotpKey()
  const now = at(1_800_000_015)
  const step = Math.floor(now.toSeconds() / 30)
  for (const away of [-1, 0, 1]) t.equal(stepOf(key, shown(key, now.plus({ seconds: 30 * away })), now), step + away)
  const far = [-3, -2, 2, 3].map(away => shown(key, now.plus({ seconds: 30 * away })))
  const near = [-1, 0, 1].map(away => shown(key, now.plus({ seconds: 30 * away })))
  for (const code of far.filter(code => !near.includes(code))) t.equal(stepOf(key, code, now), undefined)
})

t.test('what is not six digits is no code', async t => {
  const key = newTotpKey()
  for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５６', '12 345', '-12345', '1e5000'])
    t.equal(stepOf(key, code, at(0)), undefined, code)
})

t.test('an app is given the same key by picture and by hand, and the office’s name', async t => {
  const key = newTotpKey()
  t.equal(key.length, 20)
  t.same(fromBase32(typedKey(key)), key)
  const address = new URL(totpAddress(key, { issuer: 'TIR Office', label: 'jo@example.com' }))
  t.equal(address.protocol, 'otpauth:')
  t.equal(decodeURIComponent(address.pathname.split('/').at(-1) ?? ''), 'TIR Office:jo@example.com')
  t.same(fromBase32(address.searchParams.get('secret') ?? ''), key)
  const { issuer, algorithm, digits, period } = Object.fromEntries(address.searchParams)
  t.same({ issuer, algorithm, digits, period }, { issuer: 'TIR Office', algorithm: 'SHA1', digits: '6', period: '30' })
})
