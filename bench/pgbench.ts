import { access, readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** pgbench of the distribution: on the PATH, or where Debian keeps it. @throws where there is none */
export async function pgbenchPath(): Promise<string> {
  const debian = '/usr/lib/postgresql'
  const versions = await readdir(debian).catch(() => [])
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map(version => join(debian, version, 'bin'))
  ]
  for (const folder of folders) {
    const path = join(folder, 'pgbench')
    if (
      await access(path).then(
        () => true,
        () => false
      )
    )
      return path
  }
  throw new Error('There is no pgbench: apt-get install postgresql')
}
