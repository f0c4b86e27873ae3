/**
 * A calendar of 5,000 events from outside, fetched and read in its thread: how long it takes, and for how long the
 * event loop of the process that serves stands still meanwhile. Against the same file read by ical.js alone (which is
 * wrong about zones). Prints ratios of one run; exits with 1 where a bar of the project is missed.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import ICAL from 'ical.js'

const events = 5000
const [mostSeconds, mostStill] = [2, 50]
const day = 86_400_000
const from = Date.UTC(2027, 1, 1)

const { runThread }: typeof import('../src/availability/outside/run-thread.ts') = await import(
  new URL('../dist/src/availability/outside/run-thread.js', import.meta.url).href
)
const text = calendarOf(events)
const server = createServer((_request, response) => response.setHeader('content-type', 'text/calendar').end(text))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const task = {
  access: { kind: 'ics' as const, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/calendar.ics` },
  known: { etag: null, lastModified: null },
  question: { from: from - 31 * day, to: from + 730 * day, zone: 'Europe/Berlin', uidDomain: 'ours.invalid' },
  loopback: true
}

const runs: { seconds: number; still: number; stretches: number; skipped: number }[] = []
for (let run = 0; run < 5; run += 1) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const begin = performance.now()
  const outcome = await runThread(task)
  const seconds = (performance.now() - begin) / 1000
  delay.disable()
  if (outcome.kind !== 'read') throw new Error(`It could not be read: ${JSON.stringify(outcome)}`)
  runs.push({ seconds, still: delay.max / 1e6, stretches: outcome.busy.length / 2, skipped: outcome.skipped })
}
server.close()

const begin = performance.now()
const parsed = new ICAL.Component(ICAL.parse(text))
const plain = parsed.getAllSubcomponents('vevent').map(event => new ICAL.Event(event).startDate.toJSDate())
const bare = (performance.now() - begin) / 1000

const slowest = Math.max(...runs.map(({ seconds }) => seconds))
const still = Math.max(...runs.map(run => run.still))
const [first] = runs
console.log(
  `${events} events, ${(text.length / 1024).toFixed(0)} kB, a tenth of them repeated: ${first?.stretches} stretches over two years`
)
console.log(
  `fetched and read in the thread: ${runs.map(({ seconds }) => seconds.toFixed(2)).join(', ')} s (bar ${mostSeconds} s)`
)
console.log(
  `ical.js parses the same ${plain.length} in ${bare.toFixed(2)} s: ${(slowest / bare).toFixed(1)} times that, all occurrences and zones included`
)
console.log(`the event loop stood still for ${still.toFixed(1)} ms at most (bar ${mostStill} ms)`)

const failures = [
  ...(slowest > mostSeconds ? [`import over ${mostSeconds} s`] : []),
  ...(still > mostStill ? [`event loop still for over ${mostStill} ms`] : []),
  ...(runs.some(({ skipped }) => skipped > 0) ? ['events were skipped'] : [])
]
if (failures.length) console.error(failures.join('\n'))
process.exitCode = failures.length ? 1 : 0

/** As a busy person's calendar is: single events of half an hour over three years, a tenth weekly or so, some days. */
function calendarOf(count: number): string {
  const zone = 'Europe/Berlin'
  const basic = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')
  const lines = Array.from({ length: count }, (_, index) => {
    const start = from - 365 * day + Math.floor((index * 1095 * day) / count / 900_000) * 900_000
    const when =
      index % 50 === 0
        ? [`DTSTART;VALUE=DATE:${basic(start).slice(0, 8)}`]
        : [`DTSTART;TZID=${zone}:${basic(start)}`, `DTEND;TZID=${zone}:${basic(start + 1_800_000)}`]
    const rule = index % 10 === 3 ? [`RRULE:FREQ=WEEKLY;COUNT=${10 + (index % 40)}`] : []
    const told = [
      `SUMMARY:Appointment number ${index}`,
      `DESCRIPTION:${'Something that nobody needs to know. '.repeat(8)}`
    ]
    return [
      'BEGIN:VEVENT',
      `UID:${index}@elsewhere`,
      'DTSTAMP:20270101T000000Z',
      ...told,
      ...when,
      ...rule,
      'END:VEVENT'
    ]
  })
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', ...lines.flat(), 'END:VCALENDAR', ''].join('\r\n')
}
