import { DateTime } from 'luxon'
import { buildApp } from '../../src/app.ts'
import { connect } from '../../src/kernel/database.ts'
import { startJobs } from '../../src/kernel/jobs.ts'
import { makeLog } from '../../src/kernel/log.ts'
import { smtpMailer } from '../../src/notices/mailer.ts'
import { stripeGateway } from '../../src/payments/stripe.ts'
import { doAllDue, startWorker, type WorkerDeps } from '../../src/worker.ts'
import { testSecrets, testSettings } from '../support/database.ts'
import { secretKey, webhookSecret } from '../support/stripe.ts'

/** How one process is started: as main.ts puts it together, but by a clock that the test moves. */
export interface Order {
  role: 'web' | 'worker'
  databaseUrl: string
  smtpUrl: string
  apiBase: string
  now: string
}
/** What the test asks of it; answered by the same number. */
export type Ask = { number: number; now: string } | { number: number; minute: true }

const order: Order = JSON.parse(process.argv[2] ?? '{}')
let now = order.now
const log = makeLog('fatal')
const { db } = connect(order.databaseUrl, 20)
const { limits } = testSettings
const deps: WorkerDeps = {
  db,
  now: () => DateTime.fromISO(now, { zone: 'utc' }),
  secrets: testSecrets,
  // All customers come from one address, and the clock stands: what is counted by the minute would never pass.
  settings: { ...testSettings, limits: { ...limits, bookings: 100_000, quotes: 100_000, windows: 100_000 } },
  log,
  jobs: await startJobs(order.databaseUrl, error => log.error({ err: error }), { migrate: false }),
  gateway: stripeGateway({ secretKey, webhookSecrets: [webhookSecret], apiBase: order.apiBase, retries: 0 }),
  mailer: smtpMailer(order.smtpUrl, 'office@tir.example.com')
}
process.on('message', async (ask: Ask) => {
  if ('now' in ask) now = ask.now
  // What fails stays due: the next minute asks again.
  const failure = 'minute' in ask ? await doAllDue(deps).catch(String) : undefined
  process.send?.({ number: ask.number, failure })
})
if (order.role === 'worker') {
  await startWorker(deps)
  process.send?.({ number: 0, port: 0 })
} else {
  const app = await buildApp(deps, { checkoutOrigin: 'https://pay.invalid' })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  process.send?.({ number: 0, port: Number(new URL(address).port) })
}
