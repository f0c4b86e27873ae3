import { globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { parse } from 'yaml'
import { batches, filesOf } from './support/batch.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** From the ground up: what stands on one line may import what stands on lines above it, and itself. */
const storeys = [
  ['kernel'],
  ['identity'],
  ['catalog'],
  ['availability'],
  ['clients'],
  ['payments'],
  ['bookings'],
  ['calendars'],
  ['notices'],
  ['records'],
  ['web']
]
const level = new Map(storeys.flatMap((names, index) => names.map(name => [name, index] as const)))

/** Names a feature's folder may hold besides one file a use case or noun: the closed vocabulary. */
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(name => /\.tsx?$/.test(name))
const imports = files.flatMap(file =>
  [...source(file).matchAll(/^(import type|import|export)\b[^'"]*?from '(\.[^']+)'/gms)].map(([, kind, path = '']) => ({
    from: file,
    to: relative(join(root, 'src'), join(root, 'src', dirname(file), path)),
    typeOnly: kind === 'import type'
  }))
)

t.test('down is a call: no feature imports one from a higher storey', async t => {
  const wrong = imports.filter(({ from, to }) => {
    const [own, other] = [level.get(top(from)), level.get(top(to))]
    return own !== undefined && other !== undefined && other > own
  })
  t.same(wrong, [])
  t.ok(imports.length > 100, 'the imports were really read')
})

t.test('every folder of src has its storey', async t => {
  const folders = new Set(files.filter(file => file.includes('/')).map(top))
  t.same([...folders].filter(name => !level.has(name) && name !== 'sandbox').sort(), [])
})

t.test('the sandbox stands beside main: nobody else imports it, and main only when it is needed', async t => {
  t.same(
    imports.filter(({ from, to }) => to.startsWith('sandbox/') && !from.startsWith('sandbox/')),
    []
  )
  t.match(source('main.ts'), /await import\('\.\/sandbox\/stand-ins\.ts'\)/)
})

t.test('there is no circle of imports', async t => {
  const edges = Map.groupBy(
    imports.filter(({ typeOnly }) => !typeOnly),
    ({ from }) => from
  )
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file) || path.includes(file)) return
    for (const { to } of edges.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  t.same(circles, [])
})

t.test('only stores and the tables speak Drizzle', async t => {
  const allowed = /(^|\/)([a-z]+-)?store\.ts$|^kernel\/|^operation-routes\.ts$/
  t.same(
    files.filter(file => !allowed.test(file) && /from 'drizzle-orm/.test(source(file))),
    []
  )
})

t.test('only routes and plugins speak Fastify', async t => {
  const allowed =
    /(^|\/)([a-z-]+-)?(routes|plugin)\.tsx?$|^(worker-)?app\.ts$|^sandbox\/|^web\/|^kernel\/(deps|wire)\.ts$|^identity\/(access-token|cookies|kept-answer|origin|resolve-actor|visit)\.ts$/
  t.same(
    files.filter(file => !allowed.test(file) && /from '(@fastify\/|fastify)/.test(source(file))),
    []
  )
})

t.test('nothing in availability and bookings asks which kind a session type is', async t => {
  t.same(
    files.filter(
      file =>
        /^(availability|bookings)\//.test(file) &&
        /\bkind\s*[!=]==?\s*'(consultation|individual|couples|weekly|intensive|retreat|programme)'/.test(source(file))
    ),
    []
  )
})

t.test('only main.ts reads the clock and only config.ts the environment', async t => {
  const clock = /\b(Date\.now\(\)|new Date\(\)|DateTime\.(now|utc|local)\(\))/
  t.same(
    // When an id was made decides nothing.
    files.filter(file => !/^(main\.ts|kernel\/ids\.ts|sandbox\/)/.test(file) && clock.test(source(file))),
    []
  )
  t.same(
    files.filter(file => !/^(main|config)\.ts$|^sandbox\//.test(file) && /process\.env/.test(source(file))),
    []
  )
  t.notMatch(
    files
      .filter(file => file.endsWith('store.ts'))
      .map(source)
      .join('\n'),
    /\bnow\(\)\s*[`)]/i,
    'no now() in SQL'
  )
})

t.test('every test file is run once: in a batch or by itself', async t => {
  const own: string[] = parse(readFileSync(join(root, '.taprc'), 'utf8')).include
  const processes = own.flatMap(pattern => globSync(pattern, { cwd: root }))
  const scripts = globSync('test/batches/**/*.ts', { cwd: root })
  t.same(scripts.map(file => basename(file, '.ts')).sort(), Object.keys(batches).sort())
  const run = [
    ...processes.filter(file => !file.includes('/batches/')),
    ...Object.keys(batches).flatMap(name => filesOf(name).map(file => `test/${file}`))
  ]
  const all = globSync('test/**/*.test.{ts,tsx}', { cwd: root })
  // The crashes are run by .ci/run.
  const tiers = all.filter(file => file.startsWith('test/crash/'))
  t.same([...run, ...tiers].sort(), all.sort())
})

t.test('a file fits a screen or two', async t => {
  const long = files.filter(file => source(file).split('\n').length > 151)
  t.same(
    long.filter(file => !/(^|\/)([a-z]+-)?store\.ts$/.test(file)),
    []
  )
})

function source(file: string): string {
  return readFileSync(join(root, 'src', file), 'utf8')
}

function top(file: string): string {
  return file.split('/')[0] ?? ''
}
