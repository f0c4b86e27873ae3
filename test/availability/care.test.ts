import t from 'tap'
import type { OwnCare, Session, TypeCare } from '../../src/availability/care.ts'
import { type Calendar, checkStart, findSlots, type Offer } from '../../src/availability/engine.ts'
import { Plan } from '../../src/catalog/plan.ts'

const minute = 60_000
const day = 1440
/** Monday, 1 March 2027. */
const monday = Date.UTC(2027, 2, 1)
const now = monday - day * minute

const single = Plan.parse({
  anchor: 'start',
  dayExclusive: false,
  segments: [{ minutes: 60, who: 'first', day: 0 }]
})
const twoDays = Plan.parse({
  anchor: 'day',
  dayExclusive: false,
  segments: [
    { minutes: 120, who: 'both', day: 0, at: '10:00' },
    { minutes: 120, who: 'both', day: 1, at: '10:00' }
  ]
})

/** A session on a day from Monday on, from one hour to another. */
function sold(on: number, from: number, to: number, more: Partial<Session> = {}): Session {
  const at = (hour: number) => monday + (on * day + hour * 60) * minute
  return { start: at(from), end: at(to), same: true, begins: true, demanding: false, rest: 0, ...more }
}

/** The starts of a day, as hours of the clock, 9 to 17 open. */
function hours(type: TypeCare, had: Session[], care: OwnCare = {}, on = 0): number[] {
  const [offer, calendar] = [offerOf(type), calendarOf(had, care)]
  const from = monday + on * day * minute
  const found = findSlots(offer, calendar, { from, to: from + day * minute, now }).map(({ start }) => start)
  // The same, asked one by one.
  for (let hour = 9; hour < 17; hour += 1) {
    const start = from + hour * 60 * minute
    const isFree = checkStart(offer, calendar, start, now) === 'free'
    if (isFree !== found.includes(start)) throw new Error(`${hour} is among the slots: ${!isFree}, free: ${isFree}`)
  }
  return found.map(start => (start - from) / (60 * minute))
}

const offerOf = (type: TypeCare, plan = single): Offer => ({
  plan,
  before: 0,
  after: 0,
  grid: 60,
  notice: 0,
  horizon: 365,
  ...type
})
const calendarOf = (had: Session[], care: OwnCare = {}): Calendar => ({
  zone: 'UTC',
  hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 9 * 60, to: 17 * 60 }],
  exceptions: new Map(),
  busy: had.flatMap(({ start, end }) => [start, end]),
  sold: had,
  care
})
const allDay = [9, 10, 11, 12, 13, 14, 15, 16]
const without = (...taken: number[]) => allDay.filter(hour => !taken.includes(hour))

t.test(
  'sessions and minutes are capped by day and week, of a type and its family or of all that a therapist does',
  async t => {
    const other = { same: false }
    const had = [sold(0, 9, 10), sold(0, 11, 12, other)]
    t.same(hours({ perDay: 1 }, had), [], 'one of this type is there')
    t.same(hours({ perDay: 2 }, had), without(9, 11), 'the other type does not count')
    t.same(hours({}, had, { perDay: 2 }), [], 'it does for the therapist')
    t.same(hours({}, had, { perDay: 2 }, 1), allDay, 'the next day is another')
    t.same(hours({}, had, { perWeek: 2 }, 1), [], 'and of the same week')
    t.same(hours({}, had, { perWeek: 2 }, 7), allDay)
    t.same(hours({ minutesPerDay: 119 }, had), [], '60 are there, and 60 more are too many')
    t.same(hours({ minutesPerDay: 120 }, had), without(9, 11))
    t.same(hours({}, had, { minutesPerDay: 179 }), [])
    t.same(hours({}, had, { minutesPerWeek: 180 }, 6), allDay)
    t.same(hours({}, had, { minutesPerWeek: 179 }, 6), [])
  }
)

t.test('what begins in a month is counted once, however many days it has', async t => {
  const first = [sold(0, 10, 12), sold(1, 10, 12, { begins: false })]
  const second = [...first, sold(9, 10, 12), sold(10, 10, 12, { begins: false })]
  t.same(hours({ perMonth: 2 }, first, {}, 20), allDay)
  t.same(hours({ perMonth: 2 }, second, {}, 20), [], 'two have begun in March')
  t.same(hours({ perMonth: 2 }, second, {}, 31), allDay, 'April is another month')
  t.equal(checkStart(offerOf({ perMonth: 1 }, twoDays), calendarOf([]), monday + 600 * minute, now), 'free')
  t.equal(checkStart(offerOf({ perWeek: 1 }, twoDays), calendarOf([]), monday + 600 * minute, now), 'not-offered')
})

t.test('only so many demanding sessions follow each other: a pause parts them, and another session does', async t => {
  const hard = { demanding: true }
  const inRow = { inRow: { most: 2, pause: 60 } }
  const had = [sold(0, 10, 11, hard), sold(0, 11, 12, hard)]
  t.same(hours(hard, had, inRow), [13, 14, 15, 16], 'a third before or after is too many; an hour’s pause is enough')
  t.same(hours({}, had, inRow), without(10, 11), 'what is not demanding is in nobody’s way')
  const apart = [sold(0, 10, 11, hard), sold(0, 12, 13, hard)]
  t.same(hours(hard, apart, inRow), [9, 13, 14, 15, 16], 'one between two would join them')
  const parted = [sold(0, 10, 11, hard), sold(0, 11, 12), sold(0, 12, 13, hard)]
  t.same(hours(hard, parted, inRow), [9, 13, 14, 15, 16], 'another session parts them')
})

t.test(
  'after what asks for rest nothing begins so long, and nothing that asks for it is put before what is there',
  async t => {
    t.same(hours({}, [sold(0, 10, 12, { rest: 180 })]), [9, 15, 16])
    t.same(hours({}, [sold(0, 14, 16, { rest: 18 * 60 })], {}, 1), [10, 11, 12, 13, 14, 15, 16], 'into the next day')
    t.same(hours({ rest: 120 }, [sold(0, 13, 14)]), [9, 10, 14, 15, 16], 'its own rest would reach 13:00')
    t.equal(
      checkStart(offerOf({ rest: 24 * 60 }, twoDays), calendarOf([]), monday + 600 * minute, now),
      'free',
      'one plan’s days do not disturb each other'
    )
  }
)

t.test('staff can set care aside, and a time that is taken stays so', async t => {
  const had = [sold(0, 9, 10)]
  t.same(hours({ perDay: 1, uncapped: true }, had), without(9))
  t.equal(checkStart(offerOf({ perDay: 1 }), calendarOf(had), monday + 540 * minute, now), 'taken')
})
