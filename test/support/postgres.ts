import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, statfsSync } from 'node:fs'
import { mkdir, open, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask } from '../../src/sandbox/postgres-ask.ts'
import { lives } from '../../src/sandbox/postgres-process.ts'

/** What the guardian writes once its server answers. */
export interface Guarded {
  url: string
  guardian: number
}

/** The version that the tests run on: `18` is the embedded one, another is that of `postgres` on the PATH. */
const version = process.env.TEST_POSTGRES ?? '18'

/** Where the servers for tests of this user live, one folder a version. */
export const guardedFolder = join(memoryOrDisk(), `tandem-test-postgres-${process.getuid?.() ?? 0}-${version}`)

/**
 * A database of its own for each test is some nine hundred files: half a second on a disk, a tenth of it in memory. Not
 * where memory is short, as in a container with the usual 64 MB there.
 */
function memoryOrDisk(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= 2 * 1024 ** 3 ? memory : tmpdir()
}

/**
 * The server for tests: TEST_DATABASE_URL, or one shared by every test process of this machine. It is started by the
 * first and ends by itself some 20 s after the last has left. It keeps nothing and may lose everything (fsync is off).
 * @returns an address as superuser; make a database of your own there
 */
export async function testServer(): Promise<{ url: string }> {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL }
  // Who was there a moment ago is waited for longer than that.
  if (last && performance.now() - last.at < 5000) {
    await sayHello()
    return last
  }
  await mkdir(guardedFolder, { recursive: true, mode: 0o700 })
  for (;;) {
    await sayHello()
    const guarded = await readGuarded()
    if (guarded && (await lives(guarded.guardian)) && (await ask(guarded.url))) {
      last = { url: guarded.url, at: performance.now() }
      return last
    }
    await startGuardian()
  }
}

/** The server that answered last, and when. */
let last: { url: string; at: number } | undefined

/** Tells the guardian that somebody comes. Before reading the address: so it sees us, or we do not see the address. */
async function sayHello(): Promise<void> {
  const path = join(guardedFolder, 'hello')
  await writeFile(path, '', { flag: 'a' })
  await utimes(path, new Date(), new Date())
}

/** Starts a guardian and waits until a server answers: its own, or that of the guardian who was there first. */
async function startGuardian(): Promise<void> {
  const script = fileURLToPath(new URL('postgres-guardian.ts', import.meta.url))
  const output = join(guardedFolder, `guardian-${randomUUID()}.log`) // not our stderr: tap waits until that is closed
  const file = await open(output, 'w')
  const child = spawn(process.execPath, [script, guardedFolder, version], {
    detached: true,
    stdio: ['ignore', 'ignore', file.fd, 'ipc'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME }
  })
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')])
  await file.close()
  if (child.connected) child.disconnect()
  child.unref()
  if (said === 'ready' || said === 0) return rm(output)
  throw new Error(`The PostgreSQL for tests did not start: ${await readFile(output, 'utf8')}`)
}

async function readGuarded(): Promise<Guarded | undefined> {
  const text = await readFile(join(guardedFolder, 'server.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : JSON.parse(text)
}
