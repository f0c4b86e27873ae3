import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What `postmaster.pid` says: https://www.postgresql.org/docs/18/storage-file-layout.html */
export interface PidFile {
  pid: number
  /** Missing until the server has bound it. */
  port: number | undefined
}

/** The server that the data folder names, living or not; undefined where it names none. */
export async function readPidFile(data: string): Promise<PidFile | undefined> {
  try {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
    const pid = Math.abs(Number(lines[0]))
    return pid > 0 ? { pid, port: Number(lines[3]) || undefined } : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Whether a process lives. One that has ended and was never waited for by its parent counts as dead. */
export async function lives(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  if (process.platform !== 'linux') return true
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')
  return !/\) [ZX]/.test(stat)
}

/**
 * Removes a pid file whose process is surely gone although its number lives on in another process (common after a
 * restart of a container). Sure only on Linux, where every process of PostgreSQL stands in its data folder.
 * @returns true when it was removed
 */
export async function clearReusedPid(data: string): Promise<boolean> {
  if (process.platform !== 'linux') return false
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name)))
    if ((await readlink(`/proc/${pid}/cwd`).catch(() => '')) === data) return false
  await rm(join(data, 'postmaster.pid'), { force: true })
  return true
}
