import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { alone } from './alone.ts'
import { ownDatabase, secretTexts, staffPassword } from './database.ts'

const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url))

/** The instant at which every house's clock begins: a Monday, 07:00 in New York. */
export const houseClock = '2027-02-01T12:00:00Z'

export interface CaughtMail {
  to: string
  subject: string
  text: string
  html: string
  ics: string | null
  headers: Record<string, string | string[]>
}

/** The built application as a process of its own, as `npm start` runs it. */
export interface House {
  /** `http://localhost:41234` */
  origin: string
  staff: { email: string; password: string }
  process: ChildProcess
  /** The mail to this address whose subject or text matches, waited for. @throws after 40 s without one */
  mail(to: string, about: RegExp): Promise<CaughtMail>
  mails(to: string): Promise<CaughtMail[]>
}

/**
 * Starts the built application on a free port with a data folder of its own, on a copy of a demo practice that was made
 * when its clock begins, and ends it with the test.
 * @param environment what differs from a sandbox; it is told the port
 * @throws with everything that the application said, where it does not become ready
 */
export async function startHouse(
  t: Test,
  environment: (port: number) => Record<string, string> = () => ({})
): Promise<House> {
  const database = await ownDatabase(houseClock)
  t.teardown(() => database.drop())
  const house = { DATABASE_URL: database.url, ...secretTexts }
  return startApart(t, port => ({ ...house, ...environment(port) }), staffPassword)
}

/**
 * The same with all that `npm start` brings along: PostgreSQL in the data folder, and a practice made there.
 * @param password what the demo practice's staff signs in with, where the practice is there already
 */
export async function startApart(
  t: Test,
  environment: (port: number) => Record<string, string> = () => ({}),
  password?: string
): Promise<House> {
  if (!existsSync(main)) throw new Error(`There is no ${main}: npm run build makes it`)
  const port = await freePort()
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-browser-'))
  if (password) await writeFile(join(dataDir, 'staff.json'), JSON.stringify({ password }))
  const child = spawn(alone.execPath, [...alone.execArgv, main], {
    // Nothing of this process's environment: the application stands alone, as on a fresh machine.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      DATA_DIR: dataDir,
      CLOCK: houseClock,
      LOG_LEVEL: 'warn',
      ...environment(port)
    },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const exited = once(child, 'exit')
  let said = ''
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const end = () => child.kill('SIGTERM')
  process.once('exit', end)
  t.teardown(async () => {
    // A job that is asking the simulator when both are told to stop is refused, and says so: it is asked again at a start.
    const saidBefore = said
    end()
    const ended = await Promise.race([exited.then(() => true), setTimeout(20_000, false, { ref: false })])
    if (!ended) child.kill('SIGKILL')
    await exited
    process.off('exit', end)
    await rm(dataDir, { recursive: true, force: true })
    if (!ended) throw new Error('The application did not end in 20 s after SIGTERM')
    const errors = (text: string) => text.split('\n').filter(line => /"level":(50|60)/.test(line))
    const late = errors(said.slice(saidBefore.length)).filter(line => !line.includes('StripeConnectionError'))
    if (errors(saidBefore).length + late.length > 0) throw new Error(`The application logged an error:\n${said}`)
  })
  const saidPassword = () => /^Staff password: (.+)$/m.exec(said)?.[1]
  while (saidPassword() === undefined) {
    const more = await Promise.race([
      once(child.stdout, 'data').then(() => true),
      exited.then(() => false),
      setTimeout(90_000, false, { ref: false })
    ])
    if (!more) throw new Error(`The application did not become ready. It said:\n${said}`)
  }
  const origin = `http://localhost:${port}`
  const mails = async (to: string): Promise<CaughtMail[]> => {
    const answer = await fetch(`${origin}/sandbox/mails.json?to=${encodeURIComponent(to)}`)
    const { items }: { items: CaughtMail[] } = JSON.parse(await answer.text())
    return items
  }
  return {
    origin,
    staff: { email: 'jessica@example.com', password: saidPassword() ?? '' },
    process: child,
    mails,
    async mail(to, about) {
      for (let tries = 0; tries < 400; tries += 1) {
        const found = (await mails(to)).findLast(({ subject, text }) => about.test(subject) || about.test(text))
        if (found) return found
        await setTimeout(100)
      }
      throw new Error(`No mail to ${to} says ${about}. The application said:\n${said}`)
    }
  }
}

/** Each process looks at ten of its own. */
let last = 20_000 + (process.pid % 1000) * 10

/**
 * A port that nobody listens on now. It lies below those that the system hands out by itself: no connection of anybody gets
 * it before it is listened on.
 */
export async function freePort(): Promise<number> {
  last += 1
  const port = last
  const server = createServer().listen(port, '127.0.0.1')
  const isFree = await once(server, 'listening').then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return false
      throw error
    }
  )
  if (!isFree) return freePort()
  server.close()
  await once(server, 'close')
  return port
}
