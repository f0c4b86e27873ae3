import t from 'tap'
import { findSlots } from '../../src/availability/engine.ts'
import { dayNumber, instantsOf, localDayOf } from '../../src/kernel/wall-clock.ts'
import { type Question, slowSlots, wallClock } from './oracle.ts'
import { distinctTransitions } from './transitions.ts'

const all = process.env.SOAK === '1'
const minute = 60_000
const hour = 60 * minute
const transitions = distinctTransitions()
/** Every minute is too much for a sample: close to the change every seventh, further away every 29th. */
const step = (past: number) => (all ? 1 : Math.abs(past) < 4 * hour ? 7 : 29) * minute

t.test(`the wall clock is right around each of ${transitions.length} distinct changes of 2026–2028`, async t => {
  const wrong: string[] = []
  let asked = 0
  for (const { zone, at } of transitions)
    for (let instant = at - 30 * hour; instant < at + 30 * hour; instant += step(instant - at)) {
      const { date, minutes } = wallClock(zone, instant)
      const day = dayNumber(date)
      asked += 1
      if (localDayOf(zone, instant) !== day) wrong.push(`${zone} ${new Date(instant).toISOString()}: another day`)
      if (!instantsOf(zone, day, minutes).includes(instant))
        wrong.push(`${zone} ${new Date(instant).toISOString()}: lost`)
    }
  t.same(wrong.slice(0, 5), [])
  t.comment(`${asked} minutes asked`)
  t.ok(transitions.length > 40)
})

t.test('a time in a gap does not exist and a repeated hour exists twice', async t => {
  const newYork = 'America/New_York'
  t.same(instantsOf(newYork, dayNumber('2027-03-14'), 150), [])
  t.equal(instantsOf(newYork, dayNumber('2027-11-07'), 90).length, 2)
  t.same(instantsOf('Australia/Lord_Howe', dayNumber('2027-10-03'), 135), [], 'a gap of half an hour')
  t.equal(instantsOf('Europe/Dublin', dayNumber('2027-10-31'), 75).length, 2, 'a zone whose winter is the exception')
  t.same(instantsOf('Africa/Cairo', dayNumber('2027-04-30'), 10), [], 'a day without its midnight')
})

t.test('around each change the engine finds what the slow oracle finds', async t => {
  const wrong: string[] = []
  for (const { zone, at } of transitions) {
    const from = Math.floor(at / hour) * hour - 26 * hour
    const question: Question = {
      plan: { anchor: 'start', dayExclusive: false, segments: [{ minutes: 50, who: 'first', day: 0 }] },
      before: 0,
      after: 10,
      grid: all ? 5 : 30,
      notice: 0,
      horizon: 30,
      zone,
      hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440 }],
      exceptions: new Map(),
      busy: [at - 3 * hour, at - 2 * hour, at + 2 * hour, at + 2 * hour + 25 * minute],
      sold: [],
      from,
      to: from + 52 * hour,
      now: from - hour
    }
    const found = findSlots(
      { ...question, plan: { ...question.plan, anchor: 'start', segments: [{ minutes: 50, who: 'first', day: 0 }] } },
      { ...question, travels: [] },
      question
    ).map(({ start }) => start)
    const slow = slowSlots(question)
    if (found.join() !== slow.join())
      wrong.push(`${zone} ${new Date(at).toISOString()}: ${found.length} and ${slow.length}`)
  }
  t.same(wrong, [])
})
