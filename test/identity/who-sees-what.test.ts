import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Role } from '../../db/schema/identity.ts'
import { type Actor, may } from '../../src/identity/actor.ts'
import { places, sightIn } from '../../src/identity/discretion.ts'
import { facts, readers } from '../../src/identity/readers.ts'
import { cellsOf } from '../../src/identity/sight.ts'
import { meanings, whoSeesWhat } from '../../src/identity/who-sees-what.ts'

/** The practice’s table, written once more by hand: a column a reader, a row what there is to see. */
const practice = `
data                             | partner A               | partner B                         | own therapist                       | other therapist | assistant   | billing  | feeds     | Stripe
individual bookings              | full                    | nothing, not even that they exist | full                                | busy            | time, name  | amount   | A only    | amount, opaque id
joint bookings                   | full                    | full                              | full                                | busy            | time, names | amount   | both      | amount, opaque id
cancellation reason, safety flag | own reason              | nothing                           | full                                | no              | no          | no       | no        | no
partner’s answers                | what the partner shared | by return words                   | what was addressed to the therapist | no              | no          | no       | no        | no
payer share, card, receipt       | own                     | own                               | totals                              | no              | totals      | full     | no        | own
people not to meet               | own words               | nothing                           | full                                | no              | no          | no       | no        | no
retreat roster                   | own seat                | own seat                          | full                                | full            | full        | balances | own dates | amount`

type Table = Record<string, Record<string, string>>

const code = whoSeesWhat as Table
const document = readFileSync(new URL('../../docs/who-sees-what.md', import.meta.url), 'utf8')

t.test('the table of the code is the practice’s, cell by cell', async t => {
  const table = tableOf(practice.trim().split('\n'))
  const columns = readers.slice(0, 8)
  t.same(Object.keys(table).sort(), Object.keys(code).sort(), 'every row')
  for (const [data, cells] of Object.entries(table)) {
    t.same(Object.keys(cells), columns, 'every column')
    for (const [reader, said] of Object.entries(cells)) t.equal(code[data]?.[reader], said, `${data}: ${reader}`)
  }
})

t.test('what is written for people to read is the table of the code, whole: a cell without a row fails', async t => {
  const [nine = {}, more = {}] = documented('data')
  const written: Table = {}
  for (const [data, cells] of Object.entries(nine)) {
    const { 'A’s / B’s feed': feeds = '', ...rest } = cells
    written[data] = { ...rest, feeds, ...more[data] }
  }
  t.same(written, code)
  t.same(Object.keys(more), Object.keys(nine))
  for (const cells of Object.values(code)) t.same(Object.keys(cells), readers, 'every reader has a cell in every row')
})

t.test('each word of a booking means what is written', async t => {
  const [legend = {}] = documented('words')
  t.same(
    Object.fromEntries(Object.entries(legend).map(([word, { 'what is shown': shown = '' }]) => [word, listOf(shown)])),
    meanings
  )
  const used = ['individual bookings', 'joint bookings'].flatMap(data => Object.values(code[data] ?? {}))
  t.same([...new Set(used)].sort(), Object.keys(meanings).sort(), 'and no word is without use')
  t.same(meanings.full, facts)
})

t.test('what is told where nobody asks is what is written, and never more than its reader may see', async t => {
  const [written = {}] = documented('place')
  t.same(
    Object.fromEntries(
      Object.entries(written).map(([place, { discreet = '', plain = '', 'read as': as }]) => [
        place,
        { as, discreet: listOf(discreet), plain: listOf(plain) }
      ])
    ),
    places
  )
  for (const place of Object.keys(places) as (keyof typeof places)[])
    for (const wording of ['discreet', 'plain'] as const) {
      const { as, [wording]: told } = places[place]
      const seen = (['individual bookings', 'joint bookings'] as const).map(data => meanings[whoSeesWhat[data][as]])
      t.same([...sightIn(place, wording).facts], told, `${place}, ${wording}: nothing is cut off`)
      for (const fact of told) t.ok(seen.every(facts => (facts as readonly string[]).includes(fact)))
    }
})

t.test('who may open the inbox is who reads there what was addressed to them', async t => {
  for (const role of ['owner', 'therapist', 'assistant', 'billing'] as const) {
    const actor = { kind: 'staff', person: 'p', roles: [role], session: 's' } as const
    const cells = cellsOf('partner’s answers', actor, { joint: false, therapist: 'p' })
    t.equal(may(actor, 'read the inbox'), cells.includes('what was addressed to the therapist'), role)
  }
})

t.test(
  'the reason and the safety flag are the own therapist’s and the owner’s; a client knows their own reason',
  async t => {
    const subject = 'cancellation reason, safety flag'
    const flagged = (actor: Actor, therapist: string, person?: 'partner A' | 'partner B') =>
      cellsOf(subject, actor, { joint: true, therapist, person })
    const staff = (...roles: Role[]): Actor => ({ kind: 'staff', person: 'p', roles, session: 's' })
    const person: Actor = { kind: 'person', person: 'a', session: 's', stepped: true }
    t.same(flagged(staff('therapist'), 'p'), ['full'])
    t.same(flagged(staff('owner'), 'q'), ['full'])
    t.same(flagged(staff('therapist', 'assistant', 'billing'), 'q'), ['no', 'no', 'no'])
    t.same(flagged(person, 'p', 'partner A'), ['own reason'])
    t.same(flagged(person, 'p', 'partner B'), ['nothing'])
    t.same(flagged({ ...person, stepped: false }, 'p', 'partner A'), ['no'], 'before the second step: nobody')
    t.same(flagged({ kind: 'anonymous' }, 'p'), ['no'])
  }
)

/** The tables of the document whose first column has this name. */
function documented(first: string): Table[] {
  const blocks = document.split(/\n\n+/).filter(block => block.startsWith(`| ${first} |`))
  return blocks.map(block =>
    tableOf(
      block
        .trim()
        .split('\n')
        .filter(line => !line.startsWith('|--'))
        .map(line => line.slice(1, -1))
    )
  )
}

function tableOf(lines: readonly string[]): Table {
  const [head = [], ...rows] = lines.map(line => line.split('|').map(cell => cell.trim()))
  return Object.fromEntries(
    rows.map(([name = '', ...cells]) => [
      name,
      Object.fromEntries(head.slice(1).map((column, at) => [column, cells[at] ?? '']))
    ])
  )
}

function listOf(cell: string): string[] {
  return cell === '–' ? [] : cell.split(', ')
}
