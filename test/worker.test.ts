import { PgBoss } from 'pg-boss'
import t from 'tap'
import { cancel } from '../src/bookings/cancel.ts'
import { newJob } from '../src/kernel/job-rows.ts'
import { writeRows } from '../src/kernel/rows.ts'
import type { Mail } from '../src/notices/mailer.ts'
import type { Refund } from '../src/payments/gateway.ts'
import { startWorker, worksOf } from '../src/worker.ts'
import { open } from './support/open.ts'

t.test('while Stripe hangs, mail goes and the day goes on; and nothing of it is lost', { timeout: 60_000 }, async t => {
  const { confirmed, deps, scope, client, gateway, mails } = await open(t)
  const { id } = await confirmed()
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<void>()
  const hanging = {
    ...gateway,
    async refund(order: Parameters<typeof gateway.refund>[0]): Promise<Refund> {
      asked.resolve()
      await answer.promise
      return gateway.refund(order)
    }
  }
  const told = Promise.withResolvers<void>()
  const mailer = {
    ...deps.mailer,
    async send(mail: Mail) {
      await deps.mailer.send(mail)
      if (mail.to === 'jo@example.com') told.resolve()
    }
  }
  mails.length = 0
  await startWorker({ ...deps, gateway: hanging, mailer })
  await cancel(deps, scope, { kind: 'booking', booking: id, person: '', purpose: 'booking_answer' }, id)
  await asked.promise
  await told.promise
  t.match(await client`select state from refunds`, [{ state: 'requested' }])
  answer.resolve()
  await deps.jobs.stop()
  t.match(await client`select state from refunds`, [{ state: 'succeeded' }])
})

t.test('what is asked each minute does not pile up where nobody works', async t => {
  const { db, client, databaseUrl } = await open(t)
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false })
  await boss.start()
  t.teardown(() => boss.stop())
  for (let minute = 1; minute <= 3; minute += 1) {
    for (const queue of ['due', 'stripe-due'] as const) await boss.send(queue, {})
    await writeRows(db, [newJob('event', {})])
  }
  const rows =
    await client`select name, count(*)::int, max(retry_limit) as retries from pgboss.job group by name order by name`
  t.same(rows, [
    { name: 'due', count: 1, retries: 0 },
    { name: 'event', count: 3, retries: 12 },
    { name: 'stripe-due', count: 1, retries: 0 }
  ])
})

t.test('a hold that waits for its payment is written down, and no job is sent that nobody would do', async t => {
  const { book, client, deps } = await open(t)
  const { id } = (await book()).json()
  t.match(await client`select kind, subjects from events`, [{ kind: 'booking.held', subjects: { booking: id } }])
  t.same(await client`select data from pgboss.job where name in ('event', 'stripe')`, [])
  const touched: (string | symbol)[] = []
  const watched = new Proxy(deps, {
    get(target, key, receiver) {
      touched.push(key)
      return Reflect.get(target, key, receiver)
    }
  })
  const { event: work } = worksOf(watched)
  await work({ kind: 'booking.held', booking: id, practice: '' })
  t.same(touched, [], 'whoever reacts to it one day needs the job')
  await t.rejects(work({ kind: 'booking.confirmed', booking: id, practice: '' }), 'as for other kinds')
})
