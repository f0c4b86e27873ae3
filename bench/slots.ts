/**
 * Free times of a month, a quarter and a year, against a bare integer sweep written for this one case.
 * Prints ratios of one run; exits with 1 where a bar of the project is missed.
 */
import { performance } from 'node:perf_hooks'
import { type Calendar, findSlots, type Offer } from '../src/availability/engine.ts'

const minute = 60_000
const day = 86_400_000
const zone = 'America/New_York'
const from = Date.UTC(2027, 2, 1)
const now = Date.UTC(2027, 1, 1)
const expected: Record<number, [plain: number, padded: number]> = { 31: [168, 132], 90: [586, 495], 365: [2336, 1982] }

const offer: Offer = {
  plan: { anchor: 'start', dayExclusive: false, segments: [{ minutes: 50, who: 'first', day: 0 }] },
  before: 0,
  after: 0,
  grid: 15,
  notice: 24 * 60,
  horizon: 500
}
const hours = [
  { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 12 * 60 },
  { days: [1, 2, 3, 4, 5], from: 13 * 60, to: 17 * 60 + 30 }
]
const failures: string[] = []
// Node loads its time zone data with the first formatter of a process: the app pays that at its start, once.
const startBegin = performance.now()
new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', timeZoneName: 'shortOffset' }).format(now)
const coldBusy = busyTimes(31)
const coldBegin = performance.now()
findSlots(offer, calendarOf(coldBusy), { from, to: from + 31 * day, now })
const cold = performance.now() - coldBegin
console.log(
  `cold month, a zone never asked before: ${cold.toFixed(2)} ms (bar 5 ms); Node's first date formatter: ${(coldBegin - startBegin).toFixed(1)} ms`
)
if (cold > 5) failures.push('cold month over 5 ms')

for (const days of [31, 90, 365]) {
  const calendar = calendarOf(busyTimes(days))
  const window = { from, to: from + days * day, now }
  for (const [after, index] of [
    [0, 0],
    [15, 1]
  ] as const) {
    const asked = { ...offer, after }
    const wanted = expected[days]?.[index]
    const found = findSlots(asked, calendar, window)
    const bare = bareSweep(calendar.busy, days, after)
    if (found.length !== wanted || bare.length !== wanted || found.some(({ start }, at) => start !== bare[at]))
      failures.push(
        `${days} days, ${after} min after: ${found.length} slots, the bare sweep ${bare.length}, wanted ${wanted}`
      )
    const capped = { ...asked, perDay: 100 }
    const [engine, sweep, withCap] = alternate([
      () => findSlots(asked, calendar, window).length,
      () => bareSweep(calendar.busy, days, after).length,
      () => findSlots(capped, calendar, window).length
    ])
    const ratio = engine / sweep
    const capRatio = withCap / engine
    console.log(
      `${String(days).padStart(3)} days, ${String(after).padStart(2)} min after: ${found.length} slots · engine ${(engine * 1000).toFixed(0)} µs · bare sweep ${(sweep * 1000).toFixed(0)} µs · ratio ${ratio.toFixed(2)} (bar 2.5) · with a daily cap × ${capRatio.toFixed(2)} (bar 1.2)`
    )
    if (ratio > 2.5) failures.push(`${days} days: ${ratio.toFixed(2)} × the bare sweep`)
    if (capRatio > 1.2) failures.push(`${days} days: a daily cap costs ${capRatio.toFixed(2)} ×`)
  }
}
for (const failure of failures) console.error(`MISSED: ${failure}`)
process.exitCode = failures.length ? 1 : 0

function calendarOf(busy: number[]): Calendar {
  return { zone, hours, exceptions: new Map(), busy, sold: [] }
}

/** Four stretches of 65 minutes a day by a small generator, so that everybody gets the same. */
function busyTimes(days: number): number[] {
  let seed = 12346
  const busy: number[] = []
  for (let index = 0; index < days; index++)
    for (let each = 0; each < 4; each++) {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff
      const start = from + index * day + 14 * 60 * minute + Math.floor((seed / 0x7fffffff) * 30) * 15 * minute
      busy.push(start, start + 65 * minute)
    }
  return busy
}

/** The least that this case needs: sort, merge, and walk New York's two blocks a day with its two clock changes written in. */
function bareSweep(busy: readonly number[], days: number, after: number): number[] {
  const pairs: [number, number][] = []
  for (let index = 0; index < busy.length; index += 2) pairs.push([busy[index] ?? 0, busy[index + 1] ?? 0])
  pairs.sort((one, other) => one[0] - other[0])
  const starts: number[] = []
  const spring = Date.UTC(2027, 2, 14)
  const autumn = Date.UTC(2027, 10, 7)
  const to = from + days * day
  let at = 0
  for (let midnight = from - day; midnight < to; midnight += day) {
    const weekday = new Date(midnight).getUTCDay()
    if (weekday === 0 || weekday === 6) continue
    const offset = (midnight >= spring && midnight < autumn ? 4 : 5) * 60 * minute
    for (const [open, close] of [
      [540, 720],
      [780, 1050]
    ] as const) {
      const end = midnight + offset + close * minute
      for (let start = midnight + offset + open * minute; start + 50 * minute <= end; start += 15 * minute) {
        if (start < from || start >= to) continue
        while (at < pairs.length && (pairs[at]?.[1] ?? 0) <= start) at++
        let free = true
        for (let next = at; next < pairs.length && (pairs[next]?.[0] ?? 0) < start + (50 + after) * minute; next++)
          if ((pairs[next]?.[1] ?? 0) > start) free = false
        if (free) starts.push(start)
      }
    }
  }
  return starts
}

/** Milliseconds a call of each, the median of 60 rounds that take turns. */
function alternate(runs: (() => number)[]): [number, number, number] {
  const times = runs.map((): number[] => [])
  for (let round = 0; round < 80; round++)
    runs.forEach((run, index) => {
      const begin = performance.now()
      for (let repeat = 0; repeat < 10; repeat++) run()
      if (round >= 20) times[index]?.push((performance.now() - begin) / 10)
    })
  const [first = 0, second = 0, third = 0] = times.map(
    list => list.sort((one, other) => one - other)[Math.floor(list.length / 2)] ?? 0
  )
  return [first, second, third]
}
