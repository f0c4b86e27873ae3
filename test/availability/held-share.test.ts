import fc from 'fast-check'
import t from 'tap'
import { isTooMuchHeld } from '../../src/availability/held-share.ts'
import { merged, overlap, without } from '../../src/availability/stretches.ts'

const hour = 3_600_000
/** Hours of 2027-02-09, a Tuesday, as flat stretches. */
const at = (...hours: number[]) => hours.map(each => Date.UTC(2027, 1, 9) + each * hour)
const open = { zone: 'UTC', hours: [{ days: [2], from: 9 * 60, to: 17 * 60 }], exceptions: new Map() }

const cases: [string, { wanted: number[]; held: number[]; away?: number[]; percent?: number }, boolean][] = [
  ['the day’s only hold', { wanted: at(9, 17), held: [] }, false],
  ['up to the half', { wanted: at(11, 13), held: at(9, 11) }, false],
  ['a minute over it', { wanted: at(11, 13 + 1 / 60), held: at(9, 11) }, true],
  ['buffers outside the hours', { wanted: at(16, 19), held: at(6, 12) }, false],
  ['what the holds share counts once', { wanted: at(10, 13), held: at(9, 11, 10, 12) }, false],
  ['an afternoon off', { wanted: at(10, 11), held: at(9, 11), away: at(13, 17) }, false],
  ['an afternoon off, and a third hour', { wanted: at(11, 12), held: at(9, 11), away: at(13, 17) }, true],
  ['holds of another day', { wanted: at(9, 17), held: at(33, 41) }, false],
  ['another share', { wanted: at(11, 12), held: at(9, 10), percent: 20 }, true],
  ['a day without hours', { wanted: at(33, 34), held: at(34, 35) }, false]
]

t.test('several holds take at most their share of what is worked that day', async t => {
  for (const [name, { wanted, held, away = [], percent = 50 }, verdict] of cases)
    t.equal(isTooMuchHeld(open, wanted, { held, away }, percent), verdict, name)
})

t.test('what is cut out and what is left make the whole', async () => {
  const flat = fc
    .array(fc.tuple(fc.nat(100), fc.nat(20)), { maxLength: 8 })
    .map(pairs => merged(pairs.flatMap(([start, length]) => [start, start + length])))
  fc.assert(
    fc.property(flat, flat, (some, others) => {
      const left = without(some, others)
      const inside = (stretches: number[], instant: number) =>
        stretches.some((edge, index) => index % 2 === 0 && edge <= instant && instant < (stretches[index + 1] ?? 0))
      for (let instant = 0; instant <= 120; instant++)
        if (inside(left, instant) !== (inside(some, instant) && !inside(others, instant))) return false
      return overlap(some, others) + overlap(left, left) === overlap(some, some)
    })
  )
})
