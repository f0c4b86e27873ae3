import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { addressOf, ask } from './postgres-ask.ts'
import type { Cluster } from './postgres-cluster.ts'
import { lives, readPidFile } from './postgres-process.ts'
import type { Binaries } from './postgres-program.ts'

export interface Running {
  pid: number
  port: number
  version: string
}

/** How long a server may take to recover after a crash, in milliseconds. */
const patience = 120_000

/** The server that an earlier start left behind, once it answers with our password and serves our folder. */
export async function findRunning({ data, password }: Cluster): Promise<Running | undefined> {
  for (let waited = 0; waited < patience; waited += 50) {
    const file = await readPidFile(data)
    if (!file?.port || !(await lives(file.pid))) return undefined
    const answer = await ask(addressOf(file.port, password))
    if (answer !== 'busy')
      return answer?.data === data ? { pid: file.pid, port: file.port, version: answer.version } : undefined
    await pause(50)
  }
  return undefined
}

/**
 * Starts the server on its own, so that it outlives us, and waits until it answers.
 * @returns the server, or what it printed before it ended
 */
export async function launch(
  cluster: Cluster,
  { postgres }: Binaries,
  settings: Record<string, string>,
  port: number
): Promise<Running | { said: string }> {
  const { data, runner, password } = cluster
  const chosen = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [file, args] = runner.command(postgres, ['-D', data, '-p', String(port), ...chosen])
  const output = await openOutput(cluster.output)
  const child = spawn(file, args, {
    ...runner.options,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output.fd, output.fd]
  })
  child.unref()
  let failure: string | undefined
  child.on('error', error => {
    failure = error.message
  })
  await output.close()
  for (let waited = 0; waited < patience; waited += 20) {
    if (failure || child.exitCode !== null || child.signalCode !== null)
      return { said: failure ?? (await readFrom(cluster.output, output.size)) }
    const answer = await ask(addressOf(port, password))
    const pid = (await readPidFile(data))?.pid
    if (answer && answer !== 'busy' && answer.data === data && pid) return { pid, port, version: answer.version }
    await pause(20)
  }
  child.kill('SIGQUIT')
  return { said: `It did not answer within ${patience / 1000} s.` }
}

/** The port of the last start when it is free, or else one that the system gives; kept for the next start. */
export async function choosePort({ port: kept }: Cluster, another = false): Promise<number> {
  const last = another ? 0 : Number(await readFile(kept, 'utf8').catch(() => '0'))
  const port = (await free(last)) ?? (await free(0))
  if (!port) throw new Error('No port is free on 127.0.0.1')
  if (port !== last) await writeFile(kept, String(port)).catch(() => {}) // without room the server says so itself
  return port
}

async function free(wanted: number): Promise<number | undefined> {
  const server = createServer()
  try {
    server.listen(wanted, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  } catch {
    return undefined // somebody else has it
  } finally {
    server.close()
  }
}

/** Goes on where the file ends, or begins anew when it has grown past 10 MB. */
async function openOutput(path: string): Promise<{ fd: number; size: number; close(): Promise<void> }> {
  const file = await open(path, 'a', 0o600)
  let { size } = await file.stat()
  if (size > 10_000_000) {
    await file.truncate()
    size = 0
  }
  return { fd: file.fd, size, close: () => file.close() }
}

async function readFrom(path: string, start: number): Promise<string> {
  return (await readFile(path)).subarray(start).toString('utf8').trim()
}
