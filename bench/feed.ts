/**
 * A therapist's calendar of 1,000 appointments: changed before each fetch (cold), unchanged (warm), and known to the
 * fetcher (304), each against a bare Fastify route in the same process that answers the same bytes after one trivial
 * query. Prints the ratios; exits with 1 above a bar.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'

const bars = { coldMs: 150, warm: 2.5, known: 4 }
const server = spawn(process.execPath, [fileURLToPath(new URL('./feed-server.ts', import.meta.url))], {
  stdio: ['ignore', 'pipe', 'inherit']
})
const [line] = await once(server.stdout, 'data')
const { ours, bare, touch, etag, bytes }: Record<'ours' | 'bare' | 'touch' | 'etag', string> & { bytes: number } =
  JSON.parse(String(line))
const entries = (await (await fetch(ours)).text()).match(/^BEGIN:VEVENT/gm)?.length
const known = { 'if-none-match': etag }
for (const url of [ours, bare]) {
  const [whole, nothing] = [await fetch(url), await fetch(url, { headers: known })]
  if ((await whole.arrayBuffer()).byteLength !== bytes || nothing.status !== 304)
    throw new Error(`${url} does not answer as it should: ${whole.status}, ${nothing.status}`)
}

const [coldOurs, coldBare] = [await cold(ours), await cold(bare)]
const [warmOurs, warmBare] = await alternate({})
const [knownOurs, knownBare] = await alternate(known)
const [warm, unchanged] = [warmBare / warmOurs, knownBare / knownOurs]
console.log(`${entries} appointments, ${bytes} bytes`)
console.log(
  `cold: ${coldOurs.toFixed(0)} ms (bar ${bars.coldMs}) · bare ${coldBare.toFixed(1)} ms · ratio ${(coldOurs / coldBare).toFixed(0)}`
)
console.log(
  `warm: ${warmOurs.toFixed(0)} requests/s · bare ${warmBare.toFixed(0)} requests/s · ratio ${warm.toFixed(2)} (bar ${bars.warm})`
)
console.log(
  `304: ${knownOurs.toFixed(0)} requests/s · bare ${knownBare.toFixed(0)} requests/s · ratio ${unchanged.toFixed(2)} (bar ${bars.known})`
)
server.kill('SIGTERM')
process.exitCode = coldOurs > bars.coldMs || warm > bars.warm || unchanged > bars.known ? 1 : 0

/** Milliseconds of a fetch after a change, one at a time, the best of 30: whatever else the machine does only adds. */
async function cold(url: string): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 35; round++) {
    await fetch(touch)
    const began = performance.now()
    await (await fetch(url)).arrayBuffer()
    if (round >= 5) times.push(performance.now() - began)
  }
  return Math.min(...times)
}

/** Requests a second of ours and of the bare route, by ten connections in turns; the medians of five. */
async function alternate(headers: Record<string, string>): Promise<[number, number]> {
  const rates: [number[], number[]] = [[], []]
  for (const url of [ours, bare]) await run(url, headers)
  for (let round = 0; round < 5; round++) {
    rates[0].push(await run(ours, headers))
    rates[1].push(await run(bare, headers))
  }
  return [median(rates[0]), median(rates[1])]
}

async function run(url: string, headers: Record<string, string>): Promise<number> {
  const result = await autocannon({ url, headers, connections: 10, duration: 2 })
  const refused = result['4xx'] + result['5xx'] + result.errors
  if (refused) throw new Error(`${url}: ${refused} refusals or errors`)
  return result.requests.average
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
