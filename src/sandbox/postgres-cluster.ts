import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fullDisk, makeDataDir, roomForPostgres, textOf } from './data-dir.ts'
import { type Binaries, type Runner, runnerFor } from './postgres-program.ts'

/** What an earlier or this start laid down in the data folder. */
export interface Cluster {
  /** PostgreSQL's own folder. */
  data: string
  /** What the server prints. */
  output: string
  /** Keeps the port from start to start. */
  port: string
  password: string
  runner: Runner
}

const run = promisify(execFile)
export const superuser = 'tandem'

/**
 * Opens the cluster of a data folder, made by `initdb` the first time: UTF-8, sorted by code point alike everywhere,
 * entered with a random password only. A start that was cut short leaves nothing that a later one would trust.
 * @throws Error in one sentence: a full disk, another major version, a folder that cannot be used
 */
export async function openCluster(dataDir: string, binaries: Binaries): Promise<Cluster> {
  await makeDataDir(dataDir)
  const folder = await realpath(dataDir) // as the server names it too
  const data = join(folder, 'postgres')
  const made = await readOr(join(data, 'PG_VERSION'))
  const owner = made === undefined ? undefined : (await stat(data)).uid
  const runner = await runnerFor(binaries, folder, owner)
  const place = { data, output: join(folder, 'postgres.log'), port: join(folder, 'postgres.port'), runner }
  if (made === undefined) return { ...place, password: await initialise(folder, data, binaries, runner) }
  if (made !== runner.major)
    throw new Error(
      `The data in ${data} are of PostgreSQL ${made}, and this is PostgreSQL ${runner.major}. Set DATA_DIR to a new ` +
        `folder, or set DATABASE_URL to a PostgreSQL ${made} server that runs on them.`
    )
  const password = await readOr(join(folder, 'postgres.password'))
  if (!password) throw new Error(`${join(folder, 'postgres.password')} is gone: the data in ${data} cannot be opened.`)
  return { ...place, password }
}

/**
 * Made under another name and renamed when whole. Refused from the start where the tables that come next would not fit:
 * a disk that fills between the two speaks in SQL.
 */
async function initialise(dataDir: string, data: string, { initdb }: Binaries, runner: Runner): Promise<string> {
  const fresh = join(dataDir, 'postgres.new')
  const passwordFile = join(dataDir, 'postgres.password')
  await rm(fresh, { recursive: true, force: true })
  const tooSmall = await fullDisk(dataDir, '', roomForPostgres)
  if (tooSmall) throw tooSmall
  try {
    await mkdir(fresh, { mode: 0o700 })
    await runner.own(fresh)
    const password = await writePassword(passwordFile, runner)
    const locale =
      Number(runner.major) >= 17
        ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
        : ['--locale=C']
    const settings = ['--encoding=UTF8', ...locale, '--auth=scram-sha-256', `--username=${superuser}`]
    const [file, args] = runner.command(initdb, [...settings, `--pwfile=${passwordFile}`, `--pgdata=${fresh}`])
    await run(file, args, { ...runner.options, cwd: '/' })
    await rename(fresh, data)
    return password
  } catch (error) {
    const full = await fullDisk(dataDir, error)
    await rm(fresh, { recursive: true, force: true })
    throw full ?? new Error(`PostgreSQL could not be set up in ${dataDir}: ${textOf(error)}`, { cause: error })
  }
}

async function writePassword(path: string, runner: Runner): Promise<string> {
  const password = randomBytes(24).toString('hex')
  await rm(path, { force: true })
  const file = await open(path, 'wx', 0o600)
  await file.writeFile(password)
  await file.sync()
  await file.close()
  await runner.own(path)
  return password
}

async function readOr(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
