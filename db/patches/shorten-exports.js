// Node reads a package's `exports` anew for each of its modules that is loaded. Drizzle names 447 ways into it, in 179 kB, and
// some three hundred of its modules are loaded: a quarter of a start. Of what lies deeper than a folder neither we nor
// drizzle-kit name anything for our driver but its migrator (docs/decisions/011-driver-patch.md).
import { readFileSync, rmSync, writeFileSync } from 'node:fs'

const path = new URL('../../node_modules/drizzle-orm/package.json', import.meta.url)
const { exports, ...known } = JSON.parse(readFileSync(path, 'utf8'))
const shallow = Object.entries(exports).filter(([name]) => /^\.(\/[^/]+(\/migrator)?)?$/.test(name))
if (!shallow.some(([name]) => name === './postgres-js/migrator'))
  throw new Error('drizzle-orm says its exports otherwise')
// Not into the same file: a package manager may share it with other folders.
rmSync(path)
writeFileSync(path, `${JSON.stringify({ ...known, exports: Object.fromEntries(shallow) }, null, 2)}\n`)
