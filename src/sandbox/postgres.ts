import { setTimeout as pause } from 'node:timers/promises'
import { fullDisk } from './data-dir.ts'
import { addressOf } from './postgres-ask.ts'
import { type Cluster, openCluster } from './postgres-cluster.ts'
import { choosePort, findRunning, launch, type Running } from './postgres-launch.ts'
import { clearReusedPid, lives, readPidFile } from './postgres-process.ts'
import { type Binaries, embeddedBinaries } from './postgres-program.ts'

/** What of pino's logger is used here. */
export interface Log {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

export interface PostgresServer {
  /** `postgres://` address of the database, with its password. */
  url: string
  /** Such as `18.4`. */
  version: string
  /** Fast shutdown: open transactions are rolled back, nothing is left running. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  dataDir: string
  log: Log
  /** Those that npm installed unless told. */
  binaries?: Binaries
  /** Settings of the server that differ from the usual. */
  settings?: Record<string, string>
}

/** The usual settings. What people wrote is kept out of the server's output: no statements, no details of a row. */
const usual = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  shared_buffers: '64MB',
  max_connections: '120',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic'
}

/**
 * Starts PostgreSQL on 127.0.0.1 with its data below `dataDir`, or goes on with the server that an earlier process left
 * behind. If the server dies while we live, it is started again at the same address. The caller holds the folder.
 * @throws Error in one sentence for a person: nothing installed, a full disk, another major version, root without help
 */
export async function startPostgres({ dataDir, log, binaries, settings }: PostgresOptions): Promise<PostgresServer> {
  const programs = binaries ?? (await embeddedBinaries())
  const cluster = await openCluster(dataDir, programs)
  const start = () => findOrLaunch(cluster, programs, { ...usual, ...settings }, log)
  let running = await start()
  const { port, version } = running
  let reviving: Promise<void> = Promise.resolve()
  let idle = true
  const watch = setInterval(() => {
    if (!idle) return
    idle = false
    reviving = revive().finally(() => {
      idle = true
    })
  }, 500).unref()
  return {
    url: addressOf(port, cluster.password),
    version,
    async stop() {
      clearInterval(watch)
      await reviving
      await shutDown(cluster, running.pid)
    }
  }

  async function revive(): Promise<void> {
    if (await lives(running.pid)) return
    log.error('PostgreSQL has ended by itself and is being started again')
    try {
      running = await start()
      if (running.port !== port) log.error(`PostgreSQL came back at port ${running.port}: restart the application`)
    } catch (error) {
      log.error(error instanceof Error ? error.message : String(error))
    }
  }
}

async function findOrLaunch(
  cluster: Cluster,
  binaries: Binaries,
  settings: Record<string, string>,
  log: Log
): Promise<Running> {
  const began = performance.now()
  let anotherPort = false
  let cleared = false
  for (;;) {
    const found = await findRunning(cluster)
    if (found) {
      log.info(`PostgreSQL ${found.version} was still running (process ${found.pid}) and is used on`)
      return found
    }
    const started = await launch(cluster, binaries, settings, await choosePort(cluster, anotherPort))
    if ('pid' in started) return started
    const full = await fullDisk(cluster.data, started.said)
    if (full) throw full
    const waited = performance.now() - began
    if (/lock file .* already exists|pre-existing shared memory block/.test(started.said)) {
      if (waited < 5000) await pause(200)
      else if (!cleared && (await clearReusedPid(cluster.data))) {
        cleared = true
        log.warn('The pid file of PostgreSQL named a process that is not PostgreSQL, and was removed')
      } else throw new Error(await usedBy(cluster))
    } else if (/could not bind|could not create any TCP/.test(started.said) && waited < 5000) anotherPort = true
    else throw new Error(`PostgreSQL did not start on ${cluster.data}: ${started.said} (see ${cluster.output})`)
  }
}

async function usedBy({ data }: Cluster): Promise<string> {
  const pid = (await readPidFile(data))?.pid
  return `Process ${pid} is using ${data} and does not answer us. End it, or set DATA_DIR to another folder.`
}

async function shutDown({ data }: Cluster, pid: number): Promise<void> {
  if ((await readPidFile(data))?.pid === pid && (await lives(pid))) process.kill(pid, 'SIGINT')
  if (await gone(pid, 30_000)) return
  process.kill(pid, 'SIGQUIT')
  if (!(await gone(pid, 5000))) throw new Error(`PostgreSQL (process ${pid}) does not end`)
}

async function gone(pid: number, patience: number): Promise<boolean> {
  for (const end = performance.now() + patience; performance.now() < end; await pause(20))
    if (!(await lives(pid))) return true
  return false
}
