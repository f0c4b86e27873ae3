import { readdir, realpath } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type Binaries, embeddedBinaries } from '../../src/sandbox/postgres-program.ts'

/** PostgreSQL for tests: `18` is the embedded one, another is what the distribution put on the PATH. */
export async function binariesOf(version: string): Promise<Binaries> {
  if (version === '18') return embeddedBinaries()
  for (const place of (process.env.PATH ?? '').split(delimiter)) {
    const names: string[] = await readdir(place).catch(() => [])
    if (names.includes('postgres') && names.includes('initdb'))
      return { postgres: await realpath(join(place, 'postgres')), initdb: await realpath(join(place, 'initdb')) }
  }
  throw new Error(`TEST_POSTGRES=${version} needs postgres and initdb on the PATH`)
}
