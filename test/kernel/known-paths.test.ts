import t from 'tap'
import { knownPaths } from '../../src/kernel/known-paths.ts'

const known = knownPaths()
for (const [pattern, ...methods] of [
  ['/', 'GET'],
  ['/b/:id', 'GET', 'HEAD'],
  ['/b/:token/codes', 'POST'],
  ['/b/new', 'POST'],
  ['/calendars/:token.ics', 'GET'],
  ['/docs/*', 'GET'],
  ['/prefixed/', 'GET']
] as const)
  known.add(pattern, methods)

const cases: [path: string, methods: string[]][] = [
  ['/', ['GET']],
  ['/b/7', ['GET', 'HEAD']],
  ['/b/7/', ['GET', 'HEAD']],
  ['/b/new', ['GET', 'HEAD', 'POST']],
  ['/b/7/codes', ['POST']],
  ['/b/', []],
  ['/b', []],
  ['/b/7/codes/8', []],
  ['/calendars/x.ics', ['GET']],
  ['/calendars/x-ics', []],
  ['/calendars/.ics', []],
  ['/docs/a/b', ['GET']],
  ['/prefixed', ['GET']],
  ['/x/b/7', []],
  ['', ['GET']]
]

t.test('the methods of all routes that fit a path are its methods', async t => {
  for (const [path, methods] of cases) t.same(known.methodsAt(path), methods, path)
})
