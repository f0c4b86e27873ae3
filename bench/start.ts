/**
 * How long until the first page, cold (an empty DATA_DIR: initdb, migrations, the demo practice) and warm, and how much
 * memory the application keeps after 10,000 requests. Prints the numbers; exits with 1 where a bar is missed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'

const bars = { coldSeconds: 15, warmSeconds: 4, megabytes: 200 }
const root = fileURLToPath(new URL('..', import.meta.url))
/** What `npm start` runs, its flags included. */
const [, ...command]: string[] = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).scripts.start.split(' ')
const dataDir = await mkdtemp(join(tmpdir(), 'tandem-start-'))
const port = await freePort()
const base = `http://localhost:${port}`

const [first, cold] = await start()
await end(first)
const [second, warm] = await start()
const requests = 10_000
for (const path of [
  '/',
  '/api/session-types/couples/slots?from=2027-02-08&to=2027-03-10&zone=America/New_York',
  '/sessions/couples/times'
])
  await autocannon({ url: base + path, connections: 10, amount: Math.ceil(requests / 3) })
const megabytes = await residentMegabytes(second)
await end(second)
await rm(dataDir, { recursive: true })

console.log(
  `first page, cold: ${cold.toFixed(1)} s (bar ${bars.coldSeconds}) · warm: ${warm.toFixed(1)} s (bar ${bars.warmSeconds})`
)
console.log(`resident after ${requests} requests: ${megabytes.toFixed(0)} MB (bar ${bars.megabytes})`)
process.exitCode = cold > bars.coldSeconds || warm > bars.warmSeconds || megabytes > bars.megabytes ? 1 : 0

async function start(): Promise<[ChildProcess, number]> {
  const began = performance.now()
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    CLOCK: '2027-02-01T12:00:00Z',
    LOG_LEVEL: 'warn'
  }
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })
  while (child.exitCode === null) {
    const answer = await fetch(base).catch(() => undefined)
    if (answer?.ok && (await answer.text()).includes('</html>')) return [child, (performance.now() - began) / 1000]
    await pause(20)
  }
  throw new Error(`The start ended with ${child.exitCode}`)
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function residentMegabytes({ pid }: ChildProcess): Promise<number> {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('No free port')
  return address.port
}
