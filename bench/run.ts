/** Runs every benchmark, one after the other; fails if one misses its bar. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const missed = ['slots', 'plans', 'import', 'http', 'feed', 'booking', 'start'].filter(name => {
  console.log(`== ${name}`)
  return (
    spawnSync(process.execPath, [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))], { stdio: 'inherit' })
      .status !== 0
  )
})
if (missed.length) console.error(`Missed: ${missed.join(', ')}`)
process.exitCode = missed.length ? 1 : 0
