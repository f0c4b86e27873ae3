/** An application for tests that kill it: holds the folder, starts PostgreSQL, prints one line, and stays. */
import { holdDataDir } from '../../src/sandbox/data-dir.ts'
import { startPostgres } from '../../src/sandbox/postgres.ts'

const [dataDir = '', then = 'stay'] = process.argv.slice(2)
const silent = { info() {}, warn() {}, error() {} }
try {
  const hold = await holdDataDir(dataDir, 'the application of a test')
  const { url, version, stop } = await startPostgres({ dataDir, log: silent })
  console.log(JSON.stringify({ url, version }))
  if (then === 'stay') setInterval(() => {}, 60_000)
  else {
    await stop()
    await hold.release()
  }
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }))
}
