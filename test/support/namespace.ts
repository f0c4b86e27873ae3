import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Why what needs root of Linux cannot be tried here, or false. */
export const needsRoot = process.platform === 'linux' && process.getuid?.() === 0 ? false : 'needs root on Linux'

/** Runs a command as root where the kernel refuses further user namespaces, as many containers do. */
export async function withoutNamespaces(command: string, args: readonly string[]): Promise<ChildProcess> {
  const inner = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"'
  const outer = `echo ready; read go; exec /bin/sh -c '${inner}' sh "$@"`
  const child = spawn('unshare', ['--user', '/bin/sh', '-c', outer, 'sh', command, ...args], {
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'pipe', 'inherit']
  })
  await once(child.stdout, 'data')
  for (const map of ['uid_map', 'gid_map']) await writeFile(`/proc/${child.pid}/${map}`, '0 0 65536')
  child.stdin.end('go\n')
  return child
}

/** A small disk of its own at a folder, or false where this machine lets nobody mount one. */
export async function smallDisk(folder: string, megabytes: number): Promise<(() => Promise<void>) | false> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  } catch {
    return false // a container without CAP_SYS_ADMIN
  }
  return async () => {
    await run('umount', [folder])
  }
}
