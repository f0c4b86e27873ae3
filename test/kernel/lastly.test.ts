import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import t, { type Test } from 'tap'
import { connect, constraintOf, lastly } from '../../src/kernel/database.ts'
import { ownDatabase } from '../support/database.ts'

async function onePool(t: Test) {
  const database = await ownDatabase()
  const { db, client, close } = connect(database.url, 1)
  const other = postgres(database.url, { max: 1, onnotice: () => {} })
  t.teardown(async () => {
    await close()
    await other.end()
    await database.drop()
  })
  await other`create table parents (id int primary key)`
  await other`create table children (parent int constraint has_parent references parents deferrable initially deferred)`
  const ids = async () => (await other<{ id: number }[]>`select id from parents order by id`).map(({ id }) => id)
  /** What goes over the wire, in its order. */
  const sent: string[] = []
  client.options.debug = (_, text) => sent.push(text.trim())
  return { db, client, other, ids, sent }
}

t.test('the commit goes right behind the last statements, and their answers come back', async t => {
  const { db, ids, sent } = await onePool(t)
  const answers = await db.transaction(async tx => {
    await tx.execute(sql`insert into parents values (1)`)
    const [two, none, three] = await lastly(
      tx,
      tx.execute(sql`insert into parents values (2) returning id`),
      undefined,
      tx.execute(sql`insert into parents values (3) returning id`)
    )
    t.equal(none, undefined)
    return [...two, ...three]
  })
  t.same(answers, [{ id: 2 }, { id: 3 }])
  t.same(await ids(), [1, 2, 3])
  t.same(
    sent.slice(sent.indexOf('begin')).map(text => text.split(' ')[0]),
    ['begin', 'insert', 'insert', 'insert', 'commit']
  )
})

t.test('where one of the last fails, nothing is kept, the first is told, and the connection goes on', async t => {
  const { db, ids, sent } = await onePool(t)
  for (let round = 0; round < 3; round += 1) {
    const outcome = await db
      .transaction(tx =>
        lastly(
          tx,
          tx.execute(sql`insert into parents values (1)`),
          tx.execute(sql`insert into parents values (1)`),
          tx.execute(sql`insert into parents values (2)`)
        )
      )
      .catch(error => error)
    t.equal(constraintOf(outcome), 'parents_pkey')
    t.same(await ids(), [])
  }
  t.notOk(
    sent.some(text => text.startsWith('rollback')),
    'the commit was one'
  )
  await db.transaction(tx => lastly(tx, tx.execute(sql`insert into parents values (1)`)))
  t.same(await ids(), [1])
})

t.test('what only the commit refuses is told too', async t => {
  const { db, ids } = await onePool(t)
  const outcome = await db
    .transaction(tx =>
      lastly(tx, tx.execute(sql`insert into parents values (1)`), tx.execute(sql`insert into children values (9)`))
    )
    .catch(error => error)
  t.equal(constraintOf(outcome), 'has_parent')
  t.same(await ids(), [])
})

t.test('whoever asks for more after the last is refused, and it is not done outside of the transaction', async t => {
  const { db, ids } = await onePool(t)
  const late = db.transaction(async tx => {
    await lastly(tx, tx.execute(sql`insert into parents values (1)`))
    await tx.execute(sql`insert into parents values (2)`)
  })
  await t.rejects(late, { cause: { code: 'TRANSACTION_COMMITTED' } })
  t.same(await ids(), [1])
})

t.test('less than was said commits at the end, and inside a savepoint nothing commits early', async t => {
  const { db, ids } = await onePool(t)
  await db.transaction(async tx => {
    await lastly(tx, tx.execute(sql`insert into parents values (1)`), Promise.resolve())
    await tx.execute(sql`insert into parents values (2)`)
  })
  t.same(await ids(), [1, 2])
  const undone = db.transaction(async tx => {
    await tx.transaction(inner => lastly(inner, inner.execute(sql`insert into parents values (3)`)))
    throw new Error('After all, no')
  })
  await t.rejects(undone, { message: 'After all, no' })
  t.same(await ids(), [1, 2])
})

t.test('an error of ours before the last undoes all; a connection that ends meanwhile is told', async t => {
  const { db, client, other, ids } = await onePool(t)
  await t.rejects(
    db.transaction(async tx => {
      await tx.execute(sql`insert into parents values (1)`)
      throw new Error('No')
    }),
    { message: 'No' }
  )
  const [row] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`
  const broken = db.transaction(tx =>
    lastly(tx, tx.execute(sql`insert into parents values (2)`), tx.execute(sql`select pg_sleep(60)`))
  )
  broken.catch(() => {})
  await setTimeout(100)
  await other`select pg_terminate_backend(${row?.pid ?? 0}, 5000)`
  await t.rejects(broken)
  t.same(await ids(), [])
  // What is sent while the connection still closes is refused.
  const again = () => db.transaction(tx => lastly(tx, tx.execute(sql`insert into parents values (3)`)))
  for (let tries = 0; (await ids()).length === 0 && tries < 100; tries += 1) await again().catch(() => setTimeout(20))
  t.same(await ids(), [3])
})

t.test('many transactions at once over few connections each keep what is theirs', async t => {
  const { db, ids } = await onePool(t)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, (_, id) =>
      db.transaction(async tx => {
        await tx.execute(sql`select 1`)
        await lastly(tx, tx.execute(sql`insert into parents values (${id % 50})`), tx.execute(sql`select ${id}::int`))
      })
    )
  )
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 50)
  t.equal((await ids()).length, 50)
})

t.test('a statement that the server has to plan anew is refused, and never asked again after the commit', async t => {
  const { db, other, ids } = await onePool(t)
  const both = (id: number) =>
    db.transaction(tx =>
      lastly(
        tx,
        tx.execute(sql`insert into parents values (${id})`),
        tx.execute(sql`select * from parents where id > ${0}`)
      )
    )
  await both(1)
  await other`alter table parents add column word text`
  await t.rejects(both(2), { cause: { routine: 'RevalidateCachedQuery' } })
  t.same(await ids(), [1], 'what was refused is not kept')
  await both(3)
  t.same(await ids(), [1, 3])
})

t.test('statements that the server has forgotten are refused once, and the connection goes on', async t => {
  const { db, client, ids } = await onePool(t)
  const both = (id: number) =>
    db.transaction(tx => lastly(tx, tx.execute(sql`insert into parents values (${id})`), tx.execute(sql`select 1`)))
  await both(1)
  await client.unsafe('deallocate all')
  await t.rejects(both(2))
  for (let tries = 0; (await ids()).length < 2 && tries < 5; tries += 1) await both(3).catch(() => {})
  t.same(await ids(), [1, 3])
})

t.test(
  'a statement that cannot be written takes the others with it, whichever it is, and the pool goes on',
  async t => {
    const { db, client, ids } = await onePool(t)
    const wrong = (tx: typeof db | Parameters<Parameters<typeof db.transaction>[0]>[0]) =>
      tx.execute(sql`insert into parents values (${sql.param(undefined)})`)
    for (const place of [0, 1, 2]) {
      const outcome = db.transaction(tx => {
        const three = [1, 2, 3].map(id => tx.execute(sql`insert into parents values (${id})`))
        return lastly(tx, ...three.with(place, wrong(tx)))
      })
      await t.rejects(outcome, { cause: { code: 'UNDEFINED_VALUE' } }, `the ${place}th`)
      t.same(await ids(), [])
      t.same([...(await client`select 1 as one`)], [{ one: 1 }])
    }
  }
)

t.test('who catches that one of the last failed, and asks for more, commits nothing of it', async t => {
  const { db, ids } = await onePool(t)
  const outcome = db.transaction(async tx => {
    await lastly(tx, tx.execute(sql`insert into parents values ('x'::int)`), Promise.resolve()).catch(() => {})
    await tx.execute(sql`insert into parents values (2)`)
  })
  await t.rejects(outcome)
  t.same(await ids(), [])
})
