import t from 'tap'
import { linesOf } from '../../src/web/components/step-list.tsx'
import { open } from '../support/open.ts'

const step = (minutes: number, who: 'both' | 'first' | 'second', more: object = {}) => ({
  step: 0,
  minutes,
  who,
  optional: false,
  price: { amount: 0, currency: 'USD' },
  ...more
})

t.test('a programme says of all its steps how long they are, for whom, and how far apart', async t => {
  const { request } = await open(t)
  const type = (await request('GET', '/api/session-types/assessment')).json()
  t.match(type.steps, [
    { step: 0, minutes: 90, who: 'both' },
    { step: 1, minutes: 50, who: 'first', after: { min: 1, max: 14 } },
    { step: 2, minutes: 50, who: 'second', after: { min: 0, max: 14 } },
    { step: 3, minutes: 90, who: 'both', after: { min: 1, max: 14 } }
  ])
  t.equal(type.steps[0].after, undefined)
  const page = (await request('GET', '/sessions/programme-8-weeks')).body
  t.match(page, '80 minutes, for the two of you')
  t.match(page, '50 minutes, alone, for the other of you, up to 14 days after the one before')
  t.match(page, '7 × 80 minutes, for the two of you, each 5 to 14 days after the one before')
  t.equal((await request('GET', '/api/session-types/couples')).json().steps, undefined)
})

t.test('steps in a row that are alike are one line, and no other', async t => {
  const gap = { after: { min: 1, max: 1 } }
  t.same(
    linesOf([
      step(50, 'first', { before: { hours: 48, days: 30 }, optional: true }),
      step(80, 'both'),
      step(80, 'both', gap),
      step(80, 'both', { ...gap, step: 3 }),
      step(80, 'first', { after: { min: 0, max: 0 } })
    ]),
    [
      '50 minutes, alone, for whoever of you books, in the 30 days before, and 48 hours before at the latest, if you like',
      '80 minutes, for the two of you',
      '2 × 80 minutes, for the two of you, each one day after the one before',
      '80 minutes, alone, for whoever of you books, on the day of the one before'
    ]
  )
})
