import t from 'tap'
import { allowed } from '../src/identity/actor.ts'
import { ask, got, sayable } from './support/matrix/ask.ts'
import { type Got, readCell, writeCell } from './support/matrix/cells.ts'
import { isOfBooking } from './support/matrix/marks.ts'
import { faces, readers } from './support/matrix/readers.ts'
import { nameOf, nobody } from './support/matrix/requests.ts'
import { readMatrix } from './support/matrix/table.ts'
import { makeWorld } from './support/matrix/world.ts'
import { snapshot } from './support/snapshot.ts'

// Some six thousand requests.
t.setTimeout(600_000)

const matrix = readMatrix()

/** Whether those are asked for, too, who are refused: not on another PostgreSQL, which has little to do with it. */
const isWhole = !process.env.TEST_POSTGRES

/** Enough to tell that HEAD is refused where GET is: who is nobody, who is somebody, and whose it is. */
const heads = ['anonymous', 'other client', 'booker', 'billing']
/** Those to whom nothing of the booker's is theirs: what is refused them reads as if it were not there. */
const strangers = ['anonymous', 'other token', 'return words', 'other client', 'expired sign-in', 'revoked sign-in']

t.test('every reader whom identity knows is on the page, and every reader on the page is asked for', async t => {
  t.same(matrix.readers, Object.keys(readers))
  t.same(Object.keys(faces).sort(), [...new Set(Object.values(allowed).flat())].sort())
  for (const reader of Object.values(faces)) t.ok(matrix.readers.includes(reader), reader)
})

t.test(
  'a table that leaves a reader out, names one twice or nobody, or a fact that is not there, is refused',
  async t => {
    const page = (columns: string, cells: string) =>
      `| reader | x |\n|-|-|\n| a | |\n| b | |\n\n| group | x |\n|-|-|\n| both | a, b |\n\n| word | x |\n|-|-|\n\n| route | of | ${columns} |\n|-|-|-|\n| GET / | – | ${cells} |\n`
    t.same(readMatrix(page('both', '200')).rows[0]?.cells.get('b'), '200')
    t.throws(() => readMatrix(page('a', '200')), /says nothing of: b/)
    t.throws(() => readMatrix(page('both | a', '200 | 200')), /says twice what these get: a/)
    t.throws(() => readMatrix(page('both | c', '200 | 200')), /no reader or group “c”/)
    t.throws(() => readMatrix(page('a | b', '200')), /1 cells of 2/)
    const known = new Set(['alone: time'])
    t.same(readCell('200 time', 'alone', new Map(), known), { said: '200', facts: ['alone: time'] })
    t.throws(() => readCell('200 tim', 'alone', new Map(), known), /tells of what is not there: alone: tim/)
    t.throws(() => readCell('allowed', 'alone', new Map(), known), /does not begin with a status/)
  }
)

t.test('each reader gets for each route what docs/who-may-read.md says, and nothing of anybody besides', async t => {
  const world = await makeWorld(t)
  const restore = await snapshot(world.house.client)
  const known = new Set(world.marks.map(({ fact }) => fact))
  const routes = world.routes.filter(route => !route.startsWith('HEAD ')).map(nameOf)
  t.same(
    routes.filter(route => !matrix.rows.some(row => row.route === route)),
    [],
    'every route has its row'
  )
  t.same(
    matrix.rows.map(({ route }) => route).filter(route => !routes.includes(route)),
    [],
    'every row has its route'
  )
  for (const { route, of, cells, line } of matrix.rows) {
    const booking = isOfBooking(of) ? of : 'alone'
    const isRead = route.startsWith('GET ')
    const answers = new Map<string, Got[]>()
    const otherwise: string[] = []
    const hear = async (name: string) => {
      const each: Got[] = []
      for (const credentials of readers[name]?.(world, booking) ?? []) {
        const answer = await ask(world, route, of, name, credentials)
        each.push(got(world, answer))
        if (!isRead && answer.statusCode < 400) await restore()
        if (isRead && heads.includes(name)) {
          const { statusCode, body } = await ask(world, route, of, name, credentials, 'HEAD')
          if (statusCode !== answer.statusCode || body)
            otherwise.push(`HEAD is answered otherwise to ${name}: ${statusCode}`)
        }
        if (strangers.includes(name) && answer.statusCode >= 400 && route.includes(':')) {
          const [told, none] = [answer, await ask(world, route, nobody, name, credentials)].map(sayable)
          if (told !== none) otherwise.push(`it tells ${name} that this is there: ${told} instead of ${none}`)
        }
      }
      answers.set(name, each)
    }
    // What only reads, or is to be refused, is asked by all at once; what changes something, by one after the other. Last the
    // newcomer, for whom the installation is another one.
    const isRefused = (name: string) => /^4/.test(cells.get(name) ?? '')
    const asked = matrix.readers.filter(name => isWhole || !isRefused(name))
    const [together, apart] = partition(asked, name => isRead || isRefused(name))
    await Promise.all(together.filter(name => name !== 'newcomer').map(hear))
    for (const name of apart.filter(name => name !== 'newcomer')) await hear(name)
    if (asked.includes('newcomer')) await hear('newcomer')
    const wanted: Record<string, string> = {}
    const found: Record<string, string> = {}
    for (const [name, cell] of cells) {
      const each = answers.get(name) ?? []
      // Who cannot be there yet gets what is decided for them when they can.
      if (each.length === 0) continue
      wanted[name] =
        cell === '–' ? 'something: this reader is there' : writeCell(readCell(cell, of, matrix.words, known), of)
      found[name] = [...new Set(each.map(one => writeCell(one, of)))].join(' or ')
    }
    t.same(found, wanted, `line ${line}: ${route} of ${of}`)
    t.same(otherwise, [], `line ${line}: ${route} of ${of} is no oracle, nor by another method`)
  }
})

function partition<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter(one => !is(one))]
}
