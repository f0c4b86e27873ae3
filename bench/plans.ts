/**
 * Plans of several appointments, in process: the starts of a weekly series of twelve over twelve weeks, the days of a
 * three-day intensive over 180 days, and a programme's whole schedule: ten steps within sixty days of a calendar that is
 * 70 % full, proposed, and proposed anew after one step was changed. Each against the slots of one session in the same run.
 */
import type { Calendar, Offer } from '../src/availability/engine.ts'
import { findSlots } from '../src/availability/engine.ts'
import { proposeSteps } from '../src/availability/propose.ts'

const zone = 'America/New_York'
const hour = 3_600_000
const now = Date.parse('2027-03-01T12:00Z')
const start = Date.parse('2027-03-09T14:00Z')
const steps = Array.from({ length: 9 }, (_, index) => ({
  minutes: index === 0 || index === 1 ? 50 : 80,
  who: 'both' as const,
  day: 0,
  after: { min: index < 2 ? 0 : 4, max: 14 }
}))
const offer: Offer = {
  plan: {
    anchor: 'start',
    dayExclusive: false,
    apart: true,
    within: 60,
    segments: [{ minutes: 80, who: 'both', day: 0 }, ...steps]
  },
  before: 10,
  after: 15,
  grid: 30,
  notice: 60,
  horizon: 120
}

/** Each half hour of the opening hours is taken or not by a small generator of its own: the same in every run. */
function fullCalendar(share: number): Calendar {
  let seed = 20270309
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  const busy: number[] = []
  // Stretches of two hours, so that what is left is long enough for a session.
  for (let at = start + 2 * hour; at < start + 70 * 24 * hour; at += 2 * hour)
    if (next() < share) busy.push(at, at + 2 * hour)
  const hours = [{ days: [1, 2, 3, 4, 5], from: 9 * 60, to: 19 * 60 }]
  return { zone, hours, exceptions: new Map(), busy, sold: [] }
}

function median(turns: number, work: () => void): number {
  const times = Array.from({ length: turns }, () => {
    const before = process.hrtime.bigint()
    work()
    return Number(process.hrtime.bigint() - before) / 1e6
  })
  return times.sort((one, other) => one - other)[Math.floor(turns / 2)] ?? 0
}

const calendar = fullCalendar(0.7)
const whole = proposeSteps(offer, calendar, start, now)
if (whole.open.length > 0) throw new Error(`The calendar leaves ${whole.open.length} steps open: nothing to measure`)
const changed = whole.laid.map(({ start }, index) => (index === 4 ? start + 7 * 24 * hour : undefined))
const single: Offer = {
  ...offer,
  plan: { anchor: 'start', dayExclusive: false, segments: [{ minutes: 80, who: 'both', day: 0 }] }
}
const window = { from: start, to: start + 60 * 24 * hour, now }
const slots = median(200, () => findSlots(single, calendar, window))
const propose = median(200, () => proposeSteps(offer, calendar, start, now))
const again = median(200, () => proposeSteps(offer, calendar, start, now, changed))
const preferred = median(200, () => proposeSteps(offer, calendar, start, now, [], { days: [4], from: 14 * 60 }))
const week = 7 * 24 * hour
const weekly: Offer = {
  ...offer,
  horizon: 365,
  plan: {
    anchor: 'start',
    dayExclusive: false,
    apart: true,
    segments: Array.from({ length: 12 }, (_, index) => ({ minutes: 80, who: 'both' as const, day: 7 * index }))
  }
}
const intensive: Offer = {
  ...offer,
  before: 30,
  after: 60,
  horizon: 365,
  plan: {
    anchor: 'day',
    dayExclusive: true,
    segments: [0, 1, 2].flatMap(day => ['09:00', '13:30'].map(at => ({ minutes: 180, who: 'both' as const, day, at })))
  }
}
const half = fullCalendar(0.3)
const empty = fullCalendar(0)
const inTwelveWeeks = { from: start, to: start + 12 * week, now }
const inHalfAYear = { from: start, to: start + 180 * 24 * hour, now }
const series = median(200, () => findSlots(weekly, half, inTwelveWeeks))
const freeSeries = median(200, () => findSlots(weekly, empty, inTwelveWeeks))
const intensives = median(200, () => findSlots(intensive, half, inHalfAYear))
const line = (name: string, ms: number) =>
  `${name}: ${ms.toFixed(2)} ms, ${(ms / slots).toFixed(1)} times the slots of one session`
console.log(
  `the slots of one session in 60 days: ${slots.toFixed(2)} ms (${findSlots(single, calendar, window).length} starts)`
)
console.log(line('a weekly series of twelve, 12 weeks of a calendar 30 % full', series))
console.log(line('the same in an empty calendar', freeSeries))
console.log(line('a three-day intensive, 180 days', intensives))
console.log(line('ten steps proposed', propose))
console.log(line('proposed anew after a change', again))
console.log(line('with preferred days and hours', preferred))
const slowest = Math.max(series, freeSeries, intensives, propose, again, preferred)
if (slowest > 50) {
  console.error(`The slowest took ${slowest.toFixed(1)} ms; the bar is 50`)
  process.exitCode = 1
}
