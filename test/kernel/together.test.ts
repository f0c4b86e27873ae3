import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { connect, constraintOf, together } from '../../src/kernel/database.ts'
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
