import { sql } from 'drizzle-orm'
import { PgBoss } from 'pg-boss'
import t, { type Test } from 'tap'
import { newJob } from '../../src/kernel/job-rows.ts'
import { type Jobs, startJobs } from '../../src/kernel/jobs.ts'
import { writeRows } from '../../src/kernel/rows.ts'
import { open } from '../support/open.ts'

/** Queues of a database of its own, and its pool. */
async function openJobs(t: Test, errors: Error[] = []) {
  const { db, client, databaseUrl } = await open(t)
  const jobs = await startJobs(databaseUrl, error => errors.push(error), { supervise: false })
  t.teardown(() => jobs.stop())
  const send = (count: number) =>
    writeRows(
      db,
      Array.from({ length: count }, (_, index) => newJob('event', { number: String(index + 1) }))
    )
  return { db, client, databaseUrl, jobs, send }
}

/** pg-boss itself, which sends what each minute asks. */
async function openBoss(t: Test, connectionString: string): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false })
  await boss.start()
  t.teardown(() => boss.stop())
  return boss
}

/** Works the queue until so many pieces were done. */
function worked(jobs: Jobs, count: number, refuse: (number: string) => boolean = () => false): Promise<string[]> {
  const { promise, resolve } = Promise.withResolvers<string[]>()
  const done: string[] = []
  void jobs.work('event', async ({ number = '' }) => {
    done.push(number)
    if (done.length === count) resolve(done)
    if (refuse(number)) throw new Error('Jo Delgado’s job fails')
  })
  return promise
}

t.test('what waits is worked off without a pause between two', async t => {
  const { jobs, send } = await openJobs(t)
  await send(31)
  const began = performance.now()
  const done = await worked(jobs, 31)
  t.equal(new Set(done).size, 31)
  t.ok(performance.now() - began < 12_000, 'with half a second between two it would take 15 s')
})

t.test('one job that fails keeps no other, and is tried again by itself', async t => {
  const errors: Error[] = []
  const { client, jobs, send } = await openJobs(t, errors)
  await send(5)
  await worked(jobs, 5, number => number === '2')
  await jobs.stop()
  const rows = await client`select data->>'number' as number, state, output::text from pgboss.job where name = 'event'
    order by number`
  t.match(rows, [
    { number: '1', state: 'completed' },
    { number: '2', state: 'retry', output: /The log says why/ },
    { number: '3', state: 'completed' },
    { number: '4', state: 'completed' },
    { number: '5', state: 'completed' }
  ])
  t.match(errors, [{ message: /Jo Delgado/ }])
  t.notMatch(JSON.stringify(rows), /Delgado/)
})

t.test('the job of a worker that has gone silent is taken from it after half a minute', async t => {
  const { db, databaseUrl, send, jobs } = await openJobs(t)
  const boss = await openBoss(t, databaseUrl)
  await send(1)
  const [job] = await boss.fetch('event')
  const silentFor = async (seconds: number) => {
    await db.execute(sql`update pgboss.job set heartbeat_on = now() - ${`${seconds}s`}::interval where id = ${job?.id}`)
    await db.execute(sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null`)
    await boss.supervise('event')
    return (await db.execute<{ state: string }>(sql`select state from pgboss.job where id = ${job?.id}`))[0]?.state
  }
  t.equal(await silentFor(25), 'active')
  t.equal(await silentFor(31), 'retry')
  await db.execute(sql`update pgboss.job set start_after = now() where id = ${job?.id}`)
  t.equal(await jobs.drain('event', async () => {}), 1)
})

t.test('a queue of an earlier version that piled up what is asked each minute piles up no more', async t => {
  const { client, databaseUrl, jobs } = await openJobs(t)
  await jobs.everyMinute()
  await client`update pgboss.queue set policy = 'standard' where name = 'due'`
  await client`insert into pgboss.job (name, policy) values ('due', 'standard'), ('due', 'standard'), ('due', 'standard')`
  const of = (queue: string) => client`select state, policy from pgboss.job where name = ${queue}`
  const anew = await startJobs(databaseUrl, error => t.error(error))
  t.teardown(() => anew.stop())
  t.same(await of('due'), [])
  const boss = await openBoss(t, databaseUrl)
  for (let minute = 1; minute <= 3; minute += 1) {
    await boss.send('due', {})
    await boss.send('stripe-due', {})
  }
  t.same(await of('due'), [{ state: 'created', policy: 'stately' }])
  t.equal((await of('stripe-due')).length, 1, 'one that is right already stays')
  await anew.everyMinute()
  t.match(await client`select name from pgboss.schedule order by name`, [
    { name: 'due' },
    { name: 'outside-due' },
    { name: 'stripe-due' }
  ])
})

t.test('a job that is written as a row is the one that pg-boss would have sent', async t => {
  const { db, client, databaseUrl } = await openJobs(t)
  const boss = await openBoss(t, databaseUrl)
  for (const queue of ['event', 'inbox', 'stripe'] as const) {
    const data = { booking: '01a2-7', kind: 'a “quoted” kind' }
    await boss.send(queue, data)
    await writeRows(db, [newJob(queue, data)])
    const rows =
      await client`select to_jsonb(j) - 'id' as job, id from pgboss.job j where name = ${queue} order by created_on`
    const [sent, written] = rows.map(({ job: { created_on, start_after, keep_until, ...job } }) => ({
      ...job,
      starts: Date.parse(start_after) - Date.parse(created_on),
      kept: Math.round(Date.parse(keep_until) - Date.parse(created_on))
    }))
    t.same(written, sent, `in ${queue}, column by column`)
    t.match(rows[1]?.id, /^.{14}7/, 'with an id of ours')
    const done: unknown[] = []
    for (let [job] = await boss.fetch(queue); job; [job] = await boss.fetch(queue)) {
      done.push(job.data)
      await boss.complete(queue, job.id)
    }
    t.same(done, [data, data], 'and is fetched like it')
  }
})

t.test('no job is left of a transaction that did not commit', async t => {
  const { db, jobs } = await openJobs(t)
  const failed = db.transaction(async tx => {
    await writeRows(tx, [newJob('event', {})])
    throw new Error('It is not meant to be')
  })
  await t.rejects(failed, /not meant/)
  t.equal(await jobs.drain('event', async () => {}), 0)
})
