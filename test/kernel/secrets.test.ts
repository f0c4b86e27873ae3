import fc from 'fast-check'
import t from 'tap'
import { newCode, newToken, seal, secretsFrom, unseal } from '../../src/kernel/secrets.ts'

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
const secrets = secretsFrom('a secret that is long enough for a test', `one:${key(1)}`)
const spot = { practice: 'p', table: 'people', column: 'name', row: 'r' }
const owner = { practice: 'p', person: 'r' }

t.test('what is sealed opens again, at its own spot and with its own key alone', async t => {
  const { key: mine } = secrets.newDataKey(owner)
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => unseal(mine, spot, seal(mine, spot, text)) === text))
  const sealed = seal(mine, spot, 'Jo')
  for (const other of [{ practice: 'q' }, { table: 'staff' }, { column: 'words' }, { row: 's' }])
    t.throws(() => unseal(mine, { ...spot, ...other }, sealed))
  t.throws(() => unseal(secrets.newDataKey(owner).key, spot, sealed))
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed)
    changed[index] = (changed[index] ?? 0) ^ 1
    t.throws(() => unseal(mine, spot, changed), `byte ${index}`)
  }
  t.not(
    seal(mine, spot, 'Jo').toString('hex'),
    sealed.toString('hex'),
    'the same text is never sealed to the same bytes'
  )
})

t.test('a data key opens for its owner, after a change of keys too, and not without its wrapping key', async t => {
  const { key: mine, wrapped } = secrets.newDataKey(owner)
  t.same(secrets.openDataKey(owner, wrapped), mine)
  t.throws(() => secrets.openDataKey({ ...owner, person: 'other' }, wrapped))
  const rotated = secretsFrom('a secret that is long enough for a test', `two:${key(2)},one:${key(1)}`)
  t.same(rotated.openDataKey(owner, wrapped), mine)
  t.match(rotated.newDataKey(owner).wrapped.subarray(0, 4).toString(), 'two:')
  const without = secretsFrom('a secret that is long enough for a test', `two:${key(2)}`)
  t.throws(() => without.openDataKey(owner, wrapped), /one is not among ENCRYPTION_KEYS/)
})

t.test('keys that are too short or have no name are refused', async t => {
  for (const keys of ['', `${key(1)}`, 'one:short', `a b:${key(1)}`]) t.throws(() => secretsFrom('secret', keys))
})

t.test('look-ups tell apart practices, kinds and values; tokens and codes have their form', async t => {
  const hashes = [
    secrets.lookup('p', 'email', 'a'),
    secrets.lookup('q', 'email', 'a'),
    secrets.lookup('p', 'phone', 'a'),
    secrets.lookup('p', 'email', 'b')
  ]
  t.equal(new Set(hashes.map(hash => hash.toString('hex'))).size, 4)
  t.match(newToken().token, /^[\w-]{43}$/)
  for (let count = 0; count < 100; count++) t.match(newCode(), /^\d{8}$/)
})
