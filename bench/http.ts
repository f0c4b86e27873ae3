/**
 * A month of free times over HTTP, against a bare Fastify route that answers the same bytes after one trivial query.
 * Both in one process of their own each, asked in turns. Prints the ratio; exits with 1 above the bar.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'

const bar = 1.5
const server = spawn(process.execPath, [fileURLToPath(new URL('./http-server.ts', import.meta.url))], {
  stdio: ['ignore', 'pipe', 'inherit']
})
const [line] = await once(server.stdout, 'data')
const { ours, bare }: { ours: string; bare: string } = JSON.parse(String(line))
const [first, second] = await Promise.all([fetch(ours), fetch(bare)])
const [bytes, same] = [await first.text(), await second.text()]
if (first.status !== 200 || bytes !== same)
  throw new Error(`The two routes do not answer the same: ${first.status} ${bytes.slice(0, 200)}`)
const slots = JSON.parse(bytes).slots.length

const rates: Record<string, number[]> = { ours: [], bare: [] }
for (const url of [ours, bare]) await run(url, 2)
for (let round = 0; round < 5; round++)
  for (const [name, url] of Object.entries({ ours, bare })) rates[name]?.push(await run(url, 2))
const [own, plain] = [median(rates.ours), median(rates.bare)]
const ratio = plain / own
console.log(
  `${slots} slots, ${bytes.length} bytes: ours ${own.toFixed(0)} requests/s · bare ${plain.toFixed(0)} requests/s · ratio ${ratio.toFixed(2)} (bar ${bar})`
)
server.kill('SIGTERM')
process.exitCode = ratio > bar ? 1 : 0

async function run(url: string, duration: number): Promise<number> {
  const result = await autocannon({ url, connections: 10, duration })
  if (result.non2xx || result.errors) throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`)
  return result.requests.average
}

function median(values: number[] = []): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
