import t from 'tap'
import { validate, version } from 'uuid'
import { newId } from '../../src/kernel/ids.ts'

t.test('ids rise and none is given twice, over many fillings of the pool and within one millisecond', async t => {
  const ids = Array.from({ length: 20_000 }, newId)
  t.ok(ids.every(id => validate(id) && version(id) === 7))
  t.equal(new Set(ids).size, ids.length)
  t.same(ids, ids.toSorted())
})

t.test('what is random in them is new in each', async t => {
  const tails = Array.from({ length: 20_000 }, () => newId().slice(-12))
  t.equal(new Set(tails).size, tails.length)
})

t.test('a clock that goes back makes no earlier ids', async t => {
  const before = newId()
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  Date.now = () => real() - 3_600_000
  const after = newId()
  t.ok(after > before)
})
