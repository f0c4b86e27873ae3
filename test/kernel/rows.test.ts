import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import t, { type Test } from 'tap'
import { instant } from '../../db/schema/columns.ts'
import { connect, constraintOf } from '../../src/kernel/database.ts'
import { insertRows, into } from '../../src/kernel/rows.ts'
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
      insertRows(tx, [
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
  const failed = db.transaction(tx => insertRows(tx, [into(parents, { id: 1 }), into(children, { parent: 3, bornAt })]))
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
    await t.rejects(insertRows(db, [into(parents, { id: 1 }), into(children, ...rows)]), {
      message: /children .* same columns/
    })
  t.same(await client`select * from parents`, [])
})
