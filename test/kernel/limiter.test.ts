import t from 'tap'
import { limiter } from '../../src/kernel/limiter.ts'
import { ownClock } from '../support/clock.ts'

t.test('a key has its turns in each window, and a refusal says when there are turns again', async t => {
  const clock = ownClock()
  const { take } = limiter(clock.now, 2, 1)
  t.same([take('a').wait, take('a').wait], [0, 0])
  clock.move({ seconds: 20 })
  t.equal(take('a').wait, 40)
  t.equal(take('b').wait, 0, 'another key has its own')
  clock.move({ seconds: 40 })
  t.equal(take('a').wait, 0)
})

t.test('a turn that is given back counts for nothing, also after its window', async t => {
  const clock = ownClock()
  const { take } = limiter(clock.now, 1, 1)
  const turn = take('a')
  turn.giveBack?.()
  const again = take('a')
  t.equal(again.wait, 0)
  clock.move({ minutes: 1 })
  t.equal(take('a').wait, 0)
  again.giveBack?.()
  t.equal(take('a').wait, 60, 'a turn of the window before gives nothing to this one')
})

t.test('a clock that is set back locks nobody out', async t => {
  const clock = ownClock('2027-02-01T12:00:00Z')
  const { take } = limiter(clock.now, 1, 1)
  take('a')
  clock.set('2027-01-01T12:00:00Z')
  t.equal(take('a').wait, 0)
})

t.test('many keys take no endless memory: the oldest window is forgotten first', async t => {
  const { take } = limiter(ownClock().now, 1, 1)
  take('first')
  for (let index = 0; index < 20_000; index++) take(String(index))
  t.equal(take('first').wait, 0)
  t.ok(take('19999').wait)
})
