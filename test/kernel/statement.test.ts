import { eq, sql } from 'drizzle-orm'
import { integer, pgTable } from 'drizzle-orm/pg-core'
import t from 'tap'
import { instant } from '../../db/schema/columns.ts'
import { connect, together } from '../../src/kernel/database.ts'
import { ask, question, statement } from '../../src/kernel/statement.ts'
import { instantOf } from '../../src/kernel/time.ts'
import { ownDatabase } from '../support/database.ts'

const things = pgTable('things', { id: integer('id').primaryKey(), at: instant('at').notNull() })
const at = instantOf(Date.UTC(2027, 1, 1, 12, 30, 1, 234))

t.test('a statement is written once, and asked by whoever asks: the pool, or a transaction', async t => {
  const database = await ownDatabase()
  const { db, client, close } = connect(database.url, 2)
  t.teardown(async () => {
    await close()
    await database.drop()
  })
  await client`create table things (id int primary key, at timestamptz(3))`
  let written = 0
  const find = statement(['id'], (db, { id }) => {
    written += 1
    return db.select().from(things).where(eq(things.id, id)).for('update').prepare('find_thing')
  })
  const gone = db.transaction(async tx => {
    await tx.insert(things).values([
      { id: 1, at },
      { id: 2, at }
    ])
    t.same(await find(tx, { id: 1 }), [{ id: 1, at }], 'first asked inside a transaction, of what only it sees')
    t.same(await find(db, { id: 1 }), [], 'and outside of it')
    throw new Error('Undone')
  })
  await t.rejects(gone, { message: 'Undone' })
  await db.insert(things).values({ id: 2, at })
  t.same(await find(db, { id: 2 }), [{ id: 2, at }], 'after the transaction that asked first')
  t.same(await db.transaction(tx => find(tx, { id: 2 })), [{ id: 2, at }])
  t.equal(written, 1)
})

t.test('an instant is read as it was written, in a session of another zone too', async t => {
  const database = await ownDatabase()
  const { db, client, close } = connect(database.url, 1)
  t.teardown(async () => {
    await close()
    await database.drop()
  })
  await client`create table things (id int primary key, at timestamptz(3))`
  await db.insert(things).values({ id: 1, at })
  for (const zone of ['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']) {
    await client`select set_config('TimeZone', ${zone}, false)`
    const [row] = await db.select().from(things)
    t.equal(row?.at.toISO(), '2027-02-01T12:30:01.234Z', zone)
    t.equal(row?.at.zoneName, 'UTC')
  }
})

t.test('a template is asked as it stands: its values stay values, and templates within it are of it', async t => {
  const database = await ownDatabase()
  const { db, client, close } = connect(database.url, 1)
  t.teardown(async () => {
    await close()
    await database.drop()
  })
  const word = `'; drop table things; -- $1`
  const part = (number: number) => sql`${number}::int + ${sql.raw('1')}`
  const rows = await ask<{ word: string; sum: number; nothing: null }>(db)(
    sql`select ${word} as word, ${part(2)} + ${part(4)} as sum, null${sql``} as nothing`
  )
  t.same([...rows], [{ word, sum: 8, nothing: null }])
  await client`create sequence one_by_one`
  const [[first], , [last]] = await together(
    ask(db)(sql`select nextval('one_by_one')::int as at`),
    db.execute(sql`select nextval('one_by_one')`),
    ask(db)(sql`select nextval('one_by_one')::int as at`)
  )
  t.match([first, last], [{ at: 1 }, { at: 2 }], 'sent before a query that nobody awaited, in their own order')
  await t.rejects(ask(db)(sql`select * from ${things}`), { message: /holds texts, numbers and templates/ })
  await t.rejects(ask(db)(sql`select ${undefined}::text`), { message: /holds texts, numbers and templates/ })
})

t.test(
  'a question is written once, and asked with other values each time, by the pool or in a transaction',
  async t => {
    const database = await ownDatabase()
    const { db, close } = connect(database.url, 2)
    t.teardown(async () => {
      await close()
      await database.drop()
    })
    let written = 0
    const both = question<'word' | 'number', { answer: string }>(['word', 'number'], ({ word, number }) => {
      written += 1
      const twice = sql`${word}::text || ${word}`
      return sql`select ${twice} || coalesce(${number}::int + ${sql.raw('1')}, 0) as answer`
    })
    const word = `'; drop table things; -- $2`
    t.same([...(await both(db, { word, number: 2 }))], [{ answer: `${word}${word}3` }])
    t.same([...(await db.transaction(tx => both(tx, { number: null, word: 'a' })))], [{ answer: 'aa0' }])
    t.equal(written, 1)
    // What is put in as it is at the first time would be asked ever after.
    for (const value of [
      sql`select ${'word'}::text`,
      sql`select ${7}::int`,
      sql`select ${sql.placeholder('other')}::text`
    ])
      await t.rejects(question(['number'], () => value)(db, { number: 1 }), { message: /none of the names/ })
  }
)
