import { setTimeout } from 'node:timers/promises'
import type { Sql } from 'postgres'
import t, { type Test } from 'tap'
import { connect } from '../../src/kernel/database.ts'
import { ownDatabase } from '../support/database.ts'

/*
 * The driver with our patch (db/patches): without it a transaction that was under way when its connection ended takes the
 * whole process with it, or leaves a connection on which nothing is ever answered.
 * https://github.com/porsager/postgres/issues/1208, https://github.com/porsager/postgres/issues/1066
 */
async function twoPools(t: Test) {
  const database = await ownDatabase()
  const pool = connect(database.url, 1)
  const other = connect(database.url, 1)
  t.teardown(async () => {
    await pool.close()
    await other.close()
    await database.drop()
  })
  const pid = async () => (await pool.client<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0
  const end = (pid: number) => other.client`select pg_terminate_backend(${pid}, 5000)`
  return { client: pool.client, other: other.client, pid, end }
}

/** The pool answers again: what was sent while the connection still closed is refused. @throws where it never does */
async function answers(client: Sql): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const row = await Promise.race([client`select 1`.catch(() => undefined), setTimeout(2000)])
    if (row) return
    await setTimeout(20)
  }
  throw new Error('The pool does not answer')
}

t.test('a transaction whose connection ends is refused, and the pool goes on', async t => {
  const { client, pid, end } = await twoPools(t)
  for (let round = 0; round < 5; round += 1) {
    const backend = await pid()
    const broken = client.begin(async tx => {
      const sleeping = tx`select pg_sleep(60)`
      await Promise.all([sleeping, end(backend)])
    })
    await t.rejects(broken)
    await answers(client)
  }
})

t.test('what a transaction still asks after its connection ended is refused, and never done outside of it', async t => {
  const { client, other, pid, end } = await twoPools(t)
  await other`create table written (word text)`
  const backend = await pid()
  let late: Promise<unknown> | undefined
  const broken = client.begin(async tx => {
    await end(backend)
    // The pool has a new connection by the time that the transaction goes on.
    await setTimeout(500)
    late = tx`insert into written values ('late')`
    await late
  })
  await t.rejects(broken)
  await answers(client)
  await setTimeout(600)
  await t.rejects(late ?? Promise.resolve())
  t.same(await other`select * from written`, [])
})

t.test('a reserved connection that ended refuses, and does not take the process with it', async t => {
  const { client, end } = await twoPools(t)
  const reserved = await client.reserve()
  const [row] = await reserved<{ pid: number }[]>`select pg_backend_pid() as pid`
  await end(row?.pid ?? 0)
  await t.rejects(async () => {
    for (let tries = 0; tries < 50; tries += 1) {
      await setTimeout(10)
      await reserved`select 1`
    }
  })
})
