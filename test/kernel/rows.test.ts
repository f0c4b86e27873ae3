import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import t, { type Test } from 'tap'
import { instant } from '../../db/schema/columns.ts'
import { connect, constraintOf } from '../../src/kernel/database.ts'
import { change, into, intoOnce, oneMore, writeRows } from '../../src/kernel/rows.ts'
import { instantOf } from '../../src/kernel/time.ts'
import { ownDatabase } from '../support/database.ts'

const parents = pgTable('parents', { id: integer('id').primaryKey() })
const children = pgTable('children', {
  parent: integer('parent').notNull(),
  bornAt: instant('born_at').notNull(),
  word: text('word'),
  more: jsonb('more').$type<{ toys: string[] }>(),
  size: integer('size').default(7)
})
const bornAt = instantOf(Date.UTC(2027, 1, 1))

async function twoTables(t: Test) {
  const database = await ownDatabase()
  const { db, client, close } = connect(database.url, 2)
  t.teardown(async () => {
    await close()
    await database.drop()
  })
  await client`create table parents (id int primary key)`
  await client`create table children (parent int constraint has_parent references parents, born_at timestamptz, word text, more jsonb, size int default 7)`
  return { db, client }
}

t.test('rows of several tables are written as one statement, children before their parents too', async t => {
  const { db, client } = await twoTables(t)
  const written = () =>
    db.transaction(tx =>
      writeRows(tx, [
        into(
          children,
          { parent: 1, bornAt, word: '"; drop', more: { toys: ['a'] } },
          { parent: 2, bornAt, word: null, more: null }
        ),
        into(parents, { id: 1 }, { id: 2 }),
        into(parents)
      ])
    )
  await written()
  t.same(await db.select().from(children).orderBy(children.parent), [
    { parent: 1, bornAt, word: '"; drop', more: { toys: ['a'] }, size: 7 },
    { parent: 2, bornAt, word: null, more: null, size: 7 }
  ])
  t.equal((await client`select * from parents`).length, 2)
  t.equal(constraintOf(await written().catch(error => error)), 'parents_pkey')
  t.equal((await client`select * from children`).length, 2, 'all of it or nothing')
})

t.test('a child without its parent writes nothing, and the constraint is told', async t => {
  const { db, client } = await twoTables(t)
  const failed = db.transaction(tx => writeRows(tx, [into(parents, { id: 1 }), into(children, { parent: 3, bornAt })]))
  t.equal(constraintOf(await failed.catch(error => error)), 'has_parent')
  t.same(await client`select * from parents`, [])
})

t.test('rows of one table that do not say the same columns are refused before anything is sent', async t => {
  const { db, client } = await twoTables(t)
  const [little, more] = [
    { parent: 1, bornAt },
    { parent: 1, bornAt, size: 3 }
  ]
  for (const rows of [
    [little, more],
    [more, little]
  ])
    await t.rejects(writeRows(db, [into(parents, { id: 1 }), into(children, ...rows)]), {
      message: /children .* same columns/
    })
  t.same(await client`select * from parents`, [])
})

t.test('changes go into the same statement: of a row, of those without a value, and by one more', async t => {
  const { db, client } = await twoTables(t)
  await client`insert into parents values (1), (2)`
  await client`insert into children values (1, ${bornAt.toISO()}, 'a', null, 7), (2, ${bornAt.toISO()}, null, null, 7)`
  await db.transaction(tx =>
    writeRows(tx, [
      change(children, { parent: 1, word: 'a' }, { word: '"; drop', size: oneMore, more: undefined }),
      change(children, { parent: 2, word: null }, { word: 'b', more: { toys: [] } }),
      into(parents, { id: 3 })
    ])
  )
  t.match(await db.select().from(children).orderBy(children.parent), [
    { parent: 1, word: '"; drop', more: null, size: 8 },
    { parent: 2, word: 'b', more: { toys: [] }, size: 7 }
  ])
  t.equal((await client`select * from parents`).length, 3)
})

t.test(
  'a change that says no row, or a column that is not there, is refused; nothing to write asks nothing',
  async t => {
    const { db, client } = await twoTables(t)
    await t.rejects(writeRows(db, [change(parents, {}, { id: 3 })]), { message: 'Say which rows of parents' })
    // @ts-expect-error there is no such column
    await t.rejects(writeRows(db, [change(parents, { id: 1, name: 'x' }, { id: 3 })]), {
      message: 'parents has no name'
    })
    client.options.debug = () => t.fail('nothing is sent')
    await writeRows(db, [])
    await writeRows(db, [into(parents)])
  }
)

t.test('a row that is there already is left where that is said', async t => {
  const { db, client } = await twoTables(t)
  await client`insert into parents values (1)`
  await writeRows(db, [intoOnce(parents, { id: 1 }), into(children, { parent: 1, bornAt })])
  t.equal((await client`select * from children`).length, 1)
})
