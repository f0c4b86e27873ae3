import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Hold {
  release(): Promise<void>
}

/**
 * Takes a data folder for this process alone, until `release` or until the process ends in whatever way. The lock is a
 * listening socket named after the folder: the kernel gives the name to one process at a time and takes it back when
 * that process dies, so nothing stale is ever left behind. Who holds it stands in `holder.json` for the one who comes
 * second. Processes in different network namespaces do not see each other's lock.
 * @param about what the holder is to be known by, such as its address
 * @throws Error saying who holds the folder (pid, since when, about), or that its disk is full
 */
export async function holdDataDir(dataDir: string, about: string): Promise<Hold> {
  await makeDataDir(dataDir)
  const { dev, ino } = await stat(dataDir)
  const name = `tandem-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 32)}`
  const holder = join(dataDir, 'holder.json')
  const server = process.platform === 'linux' ? await listen(`\0${name}`) : await listenOnFile(join(tmpdir(), name))
  if (!server) throw new Error(await heldBy(dataDir, holder))
  const hold = {
    async release() {
      await rm(holder, { force: true })
      await new Promise<void>(resolve => server.close(() => resolve()))
    }
  }
  try {
    await writeFile(holder, JSON.stringify({ pid: process.pid, about }), { mode: 0o600 })
    return hold
  } catch (error) {
    await hold.release()
    throw (await fullDisk(dataDir, error)) ?? error
  }
}

/** What a new cluster with the demonstration in it takes, and some room to work, in bytes. */
export const roomForPostgres = 100_000_000

/**
 * One sentence for a disk without room, or undefined when that is not what `said` (an error, an output) is about.
 * @param needed bytes that must be free in any case
 */
export async function fullDisk(folder: string, said: unknown, needed = 1_000_000): Promise<Error | undefined> {
  const { bavail, bsize } = await statfs(folder)
  const speaksOfIt = /No space left|free disk space|ENOSPC|quota exceeded|EDQUOT/i.test(textOf(said))
  if (bavail * bsize > needed && !speaksOfIt) return undefined
  return new Error(`The disk of ${folder} is full: PostgreSQL needs about 100 MB there. Make room and start again.`)
}

/** What a program printed before it failed, or what an error says. */
export function textOf(said: unknown): string {
  if (!(said instanceof Error)) return String(said)
  return 'stderr' in said && typeof said.stderr === 'string' && said.stderr ? said.stderr.trim() : said.message
}

/** As root it may be passed through but not listed: the database may have to run as somebody else. */
export async function makeDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
}

async function heldBy(dataDir: string, holder: string): Promise<string> {
  const start = `The data folder ${dataDir} is in use by`
  const end = 'Stop it first, or set DATA_DIR to another folder.'
  try {
    const { pid, about } = JSON.parse(await readFile(holder, 'utf8'))
    const { mtime } = await stat(holder)
    return `${start} process ${pid} (${about}) since ${mtime.toISOString()}. ${end}`
  } catch {
    return `${start} another process that has just started. ${end}` // it holds the name and has not yet written its own
  }
}

/** Listens, without keeping the process alive for it; undefined when somebody else has the name. */
function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer(socket => socket.destroy())
    server.on('error', error => ('code' in error && error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(path, () => resolve(server.unref()))
  })
}

/** Where names need a file (not on Linux), the file outlives its process: one that nobody answers on is taken away. */
async function listenOnFile(path: string): Promise<Server | undefined> {
  const server = await listen(path)
  if (server || (await answers(path))) return server
  await rm(path, { force: true })
  return listen(path)
}

function answers(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(path, () => resolve(true)).on('error', () => resolve(false))
    socket.on('close', () => socket.destroy())
  })
}
