import { DateTime } from 'luxon'
import { connect } from '../../src/kernel/database.ts'
import { queues, startJobs } from '../../src/kernel/jobs.ts'
import type { WorkerDeps } from '../../src/worker.ts'
import { testSecrets, testSettings } from '../support/database.ts'
import { silentLog } from '../support/log.ts'
import { dyingAtJob, withoutCommit } from '../support/without-commit.ts'

/**
 * A process of its own that does one piece of work and is killed at a named step of it. Stripe and the mailbox live in
 * the test's process and are asked over IPC: what they did stays done.
 */
interface Order {
  url: string
  now: string
  step: string
  work:
    | { kind: 'request'; method: 'GET' | 'POST'; path: string; token?: string; body?: object }
    | { kind: 'jobs' }
    | { kind: 'settle'; attempt: string }
    | { kind: 'receive'; event: { id: string; type: string; object: string } }
}

const order: Order = JSON.parse(process.argv[2] ?? '{}')
const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => {})
}

let asked = 0
const waiting = new Map<number, (answer: unknown) => void>()
process.on('message', ({ number, answer }: { number: number; answer: unknown }) => waiting.get(number)?.(answer))
const ask = (what: string, given: unknown[]): Promise<unknown> =>
  new Promise(resolve => {
    asked += 1
    waiting.set(asked, resolve)
    process.send?.({ number: asked, what, given })
  })

/** Times travel as text. */
const revive = (answer: unknown) =>
  JSON.parse(JSON.stringify(answer), (key, value) =>
    key === 'expiresAt' ? DateTime.fromISO(value, { zone: 'utc' }) : value
  )
const remote =
  (what: string) =>
  async (...given: unknown[]) => {
    const answer = revive(await ask(what, given))
    return order.step === `after ${what}` ? die() : answer
  }

const { db } = connect(order.url, 3)
/** Of the jobs that it would write, the one at which it dies. */
const deadly = Number(/^at job (\d+)$/.exec(order.step)?.[1])
const jobs = await startJobs(order.url, () => {}, { migrate: false, supervise: false })
const deps: WorkerDeps = {
  db: order.step === 'before the commit' ? withoutCommit(db, die) : deadly ? dyingAtJob(db, deadly, die) : db,
  now: () => DateTime.fromISO(order.now, { zone: 'utc' }),
  secrets: testSecrets,
  settings: testSettings,
  log: silentLog,
  jobs,
  gateway: {
    openCheckout: remote('openCheckout'),
    findCheckout: remote('findCheckout'),
    expireCheckout: remote('expireCheckout'),
    refund: remote('refund'),
    findRefund: remote('findRefund'),
    findRefundOf: remote('findRefundOf'),
    readAccount: remote('readAccount'),
    readEvent: () => {
      throw new Error('Events come by the test')
    }
  },
  mailer: {
    address: 'office@tir.example.com',
    send: async mail => void (await remote('mail')(mail.to, mail.messageId)),
    close() {}
  }
}

// Only what it works with is loaded: most of such a process's life is its start.
const { work } = order
if (work.kind === 'request') {
  const { buildApp } = await import('../../src/app.ts')
  const app = await buildApp(deps, { checkoutOrigin: 'https://pay.invalid' })
  await app.inject({
    method: work.method,
    url: work.path,
    headers: { host: 'localhost:3000', ...(work.token && { authorization: `Bearer ${work.token}` }) },
    ...(work.body && { payload: work.body })
  })
} else if (work.kind === 'receive') {
  const { receive } = await import('../../src/payments/inbox.ts')
  await receive(deps, work.event)
} else if (work.kind === 'settle') {
  const { settle } = await import('../../src/bookings/settle.ts')
  const { practiceScopes } = await import('../../src/identity/scope.ts')
  await settle(deps, await practiceScopes(deps).forHost('localhost'), work.attempt)
} else {
  const { worksOf } = await import('../../src/worker.ts')
  const works = worksOf(deps)
  for (let done = 1; done > 0; ) {
    done = 0
    for (const queue of queues) done += await jobs.drain(queue, works[queue])
  }
}
if (order.step === 'after the commit') await die()
process.send?.({ number: 0, what: 'lived', given: [] })
