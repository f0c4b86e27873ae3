import t from 'tap'
import { random } from '../../src/kernel/random.ts'

t.test('each byte is given once, over many pages, and what was given stays as it is', async t => {
  const given = Array.from({ length: 5000 }, (_, index) => random(8 + (index % 40)))
  const then = given.map(bytes => bytes.toString('hex'))
  t.ok(given.every(({ length }, index) => length === 8 + (index % 40)))
  t.equal(new Set(then.map(hex => hex.slice(0, 16))).size, given.length)
  random(4096)
  t.same(
    given.map(bytes => bytes.toString('hex')),
    then
  )
  for (const [index, bytes] of given.entries()) {
    const next = given[index + 1]
    const apart = next?.buffer !== bytes.buffer || next.byteOffset >= bytes.byteOffset + bytes.length
    if (!apart) t.fail(`the ${index}th and the next share bytes`)
  }
})

t.test('more than a page is given whole', async t => {
  const large = random(10_000)
  t.equal(large.length, 10_000)
  t.ok(large.subarray(-1000).some(byte => byte !== 0))
  t.equal(random(0).length, 0)
})
