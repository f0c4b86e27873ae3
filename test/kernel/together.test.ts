import { eq, sql } from 'drizzle-orm'
import { integer, pgTable } from 'drizzle-orm/pg-core'
import t, { type Test } from 'tap'
import { connect, constraintOf, lastly, type Transaction, together } from '../../src/kernel/database.ts'
import { into, writeRows } from '../../src/kernel/rows.ts'
import { ask, statement } from '../../src/kernel/statement.ts'
import { ownDatabase } from '../support/database.ts'

async function twoTables(t: Test) {
  const database = await ownDatabase()
  const { db, client, close } = connect(database.url, 2)
  t.teardown(async () => {
    await close()
    await database.drop()
  })
  await client`create table parents (id int primary key)`
  await client`create table children (parent int constraint has_parent references parents, word text)`
  return { db, client }
}

t.test('statements sent together are done in their order', async t => {
  const { db, client } = await twoTables(t)
  await db.transaction(async tx => {
    await together(
      tx.execute(sql`insert into parents values (1)`),
      tx.execute(sql`insert into children values (1, 'first')`),
      tx.execute(sql`update children set word = word || ', second'`)
    )
  })
  t.match(await client`select * from children`, [{ parent: 1, word: 'first, second' }])
})

t.test('the first that fails is told, and nothing of any is left, nor done after the transaction', async t => {
  const { db, client } = await twoTables(t)
  const outcome = await db
    .transaction(async tx => {
      await together(
        tx.execute(sql`insert into parents values (1)`),
        tx.execute(sql`insert into children values (2, 'no such parent')`),
        (async () => {
          await tx.execute(sql`insert into parents values (3)`)
          await tx.execute(sql`insert into parents values (4)`)
        })()
      )
    })
    .catch(error => error)
  t.equal(constraintOf(outcome), 'has_parent', 'not that the transaction was aborted')
  t.same(await client`select * from parents`, [])
})

const parents = pgTable('parents', { id: integer('id').primaryKey() })
const find = statement(['id'], (db, { id }) =>
  db.select().from(parents).where(eq(parents.id, id)).for('update').prepare('find')
)

t.test(
  'whatever way a statement is asked, none overtakes another: a lock stays before what it is to protect',
  async t => {
    const { db, client } = await twoTables(t)
    const ways: Record<string, (tx: Transaction) => PromiseLike<unknown>> = {
      'sql of a store': async tx => {
        await tx.execute(sql`select pg_advisory_xact_lock(${1}::bigint)`)
      },
      sql: tx => tx.execute(sql`select ${1}::int as plain`),
      'a query': tx => tx.select().from(parents).where(eq(parents.id, 1)),
      'a query of a store': async tx => {
        await tx.select().from(parents).where(eq(parents.id, 2)).for('share')
      },
      'a statement': tx => find(tx, { id: 3 }),
      'a statement of a store': async tx => {
        await find(tx, { id: 4 })
      },
      'a template': tx => ask(tx)(sql`select ${1}::int as asked`),
      'a template of a store': async tx => {
        await ask(tx)(sql`select ${2}::int as stored`)
      },
      rows: tx => writeRows(tx, [into(parents, { id: 5 })])
    }
    const marks = [
      'pg_advisory',
      'as plain',
      'from "parents" where "parents"."id" = $1',
      'for share',
      'for update',
      'for update',
      'as asked',
      'as stored',
      'insert into'
    ]
    const names = Object.keys(ways)
    const isBare = (name: string) => name === 'sql' || name === 'a query'
    const at = (name: string) => names.indexOf(name)
    // Queries that nobody awaited yet keep their order among each other, and store's functions theirs.
    for (const send of [
      (tx: Transaction, one: string, other: string) => together(ways[one]?.(tx), ways[other]?.(tx)),
      (tx: Transaction, one: string, other: string) => lastly(tx, ways[one]?.(tx), ways[other]?.(tx))
    ])
      for (const one of names)
        for (const other of names.filter(name => name !== one && isBare(name) === isBare(one))) {
          await client`delete from parents`
          const sent: string[] = []
          client.options.debug = (_, text) => sent.push(text.trim())
          await db.transaction(tx => send(tx, one, other))
          client.options.debug = false
          const [first = '', second = ''] = sent.filter(text => !/^(begin|commit)/.test(text))
          const isOf = (text: string, name: string) =>
            text.includes(marks[at(name)] ?? '?') && (name !== 'a query' || !/for (share|update)/.test(text))
          t.ok(isOf(first, one) && isOf(second, other), `${one}, then ${other}`)
        }
  }
)
