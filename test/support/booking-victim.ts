import { buildApp } from '../../src/app.ts'
import { connect } from '../../src/kernel/database.ts'
import { startJobs } from '../../src/kernel/jobs.ts'
import { ownClock } from './clock.ts'
import { testSecrets, testSettings } from './database.ts'
import { ownGateway } from './gateway.ts'
import { silentLog } from './log.ts'
import { withoutCommit } from './without-commit.ts'

/**
 * A web process of its own that is asked to book and killed at a step of it: `insert` before the booking is committed,
 * `checkout` after that. Database address, step, headers and body by its arguments.
 */
const [, , url = '', step = '', headers = '', body = ''] = process.argv
const die = () => {
  process.kill(process.pid, 'SIGKILL')
  return new Promise<never>(() => {})
}
const { db } = connect(url, 2)
const jobs = await startJobs(url, console.error, { migrate: false, supervise: false })
const { now } = ownClock()
const gateway = ownGateway(now)
const app = await buildApp(
  {
    db: step === 'insert' ? withoutCommit(db, die) : db,
    now,
    secrets: testSecrets,
    settings: testSettings,
    log: silentLog,
    jobs,
    gateway: step === 'checkout' ? { ...gateway, openCheckout: die } : gateway,
    mailer: { address: '', send: async () => {}, close() {} }
  },
  { checkoutOrigin: 'https://pay.invalid' }
)
const answer = await app.inject({
  method: 'POST',
  url: '/api/bookings',
  headers: JSON.parse(headers),
  payload: JSON.parse(body)
})
throw new Error(`It lived and answered ${answer.statusCode}`)
