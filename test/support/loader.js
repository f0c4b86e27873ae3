// What Node would do at the start of every test file, done once and kept: which file is meant by each import of some thousand,
// and the script that a page's .tsx becomes. JavaScript, because Node reads this before it could strip types for nothing.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire, enableCompileCache, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)
const cache = fileURLToPath(new URL('node_modules/.cache/tests/', root))
mkdirSync(cache, { recursive: true })
// Keeps also what stripping leaves of a .ts.
enableCompileCache(cache)

/** What is known holds for one place and one state of what npm installed. */
const { mtimeMs, size } = statSync(new URL('node_modules/.package-lock.json', root))
const known = `${cache}resolved-${shortHash(`${root} ${process.version} ${mtimeMs} ${size}`)}.json`
const resolved = readKept(known)
const found = {}

/** In a batch each test file has a test of its own for `tap`, not one for the process. */
const isBatch = /\/test\/batches\//.test(process.argv[1] ?? '')
const batchedTap = new URL('batched-tap.ts', import.meta.url)

registerHooks({ resolve, load })
process.on('exit', keepFound)

/** Only imports of modules are kept: `require` has its own memory, and JSON and built-in modules cost nothing. */
function resolve(specifier, context, next) {
  const { parentURL: parent, importAttributes } = context
  if (isBatch && specifier === 'tap' && /\.test\.tsx?$/.test(parent))
    return { url: `${batchedTap}?of=${parent}`, format: 'module-typescript', importAttributes, shortCircuit: true }
  if (!parent || specifier.startsWith('node:') || context.conditions.includes('require'))
    return next(specifier, context)
  const [own, type] = /^\.{1,2}\/.*\.(tsx?)$/.exec(specifier) ?? []
  if (own && !parent.includes('/node_modules/')) {
    const format = type === 'tsx' ? 'module' : 'module-typescript'
    return { url: new URL(specifier, parent).href, format, importAttributes, shortCircuit: true }
  }
  const key = `${specifier} ${specifier.startsWith('.') || parent.includes('/node_modules/') ? parent : ''}`
  const kept = resolved[key]
  if (kept) return { url: kept[0], format: kept[1], importAttributes, shortCircuit: true }
  const answer = next(specifier, context)
  const { url, format } = answer
  if (url.includes('/node_modules/') && (format === 'module' || format === 'commonjs'))
    resolved[key] = found[key] = [url, format]
  return answer
}

function load(url, context, next) {
  if (context.format !== 'module' || !url.startsWith('file:')) return next(url, context)
  const source = readFileSync(fileURLToPath(url), 'utf8')
  return { format: 'module', source: url.endsWith('.tsx') ? transpile(url, source) : source, shortCircuit: true }
}

/** As the build does it, kept by content. */
function transpile(url, source) {
  const kept = `${cache}${shortHash(url + source)}.js`
  if (existsSync(kept)) return readFileSync(kept, 'utf8')
  const { transpileModule, ModuleKind, ScriptTarget, JsxEmit } = createRequire(import.meta.url)('typescript')
  const compilerOptions = {
    target: ScriptTarget.ES2024,
    module: ModuleKind.ESNext,
    jsx: JsxEmit.ReactJSX,
    jsxImportSource: '@kitajs/html',
    verbatimModuleSyntax: true,
    inlineSourceMap: true
  }
  const { outputText } = transpileModule(source, { compilerOptions, fileName: fileURLToPath(url) })
  keep(kept, outputText)
  return outputText
}

/** Whole or not at all: others read it meanwhile. What one of two who end together found is found again. */
function keep(path, text) {
  const own = `${path}.${process.pid}`
  writeFileSync(own, text)
  renameSync(own, path)
}

function keepFound() {
  if (Object.keys(found).length) keep(known, JSON.stringify({ ...readKept(known), ...found }))
}

function readKept(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

function shortHash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 20)
}
