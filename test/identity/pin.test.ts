import fc from 'fast-check'
import t from 'tap'
import { faultOf, mustBePin } from '../../src/identity/pin.ts'

t.test('a PIN has 6 to 12 digits and nothing else', async t => {
  for (const pin of ['', '12345', '1234567890123', '12345a', ' 824917', '824 917', '８２４９１７'])
    t.match(faultOf(pin), /6 to 12 digits/, pin)
  for (const pin of ['824917', '102938475610', '112233', '121212']) t.equal(faultOf(pin), undefined, pin)
  t.throws(() => mustBePin('1'), { code: 'invalid-input', status: 422 })
})

t.test('digits that follow each other, or are all the same, are what anybody tries first', async () => {
  const start = fc.integer({ min: 0, max: 9 })
  const length = fc.integer({ min: 6, max: 12 })
  fc.assert(
    fc.property(start, length, fc.constantFrom(0, 1, 9), (first, many, step) => {
      const pin = Array.from({ length: many }, (_, at) => (first + at * step) % 10).join('')
      return /follow each other/.test(faultOf(pin) ?? '')
    })
  )
})
