/** Serves both routes of bench/http.ts: the application on the demo practice, and the bare one beside it. */
import fastify from 'fastify'
import { ownClock } from '../test/support/clock.ts'
import { ownDatabase, testSecrets, testSettings } from '../test/support/database.ts'
import { ownGateway } from '../test/support/gateway.ts'
import { silentLog } from '../test/support/log.ts'
import { built } from './built.ts'

const { app: application, database, jobs } = await built()
const own = await ownDatabase()
const { now } = ownClock()
const { db, client, close } = database.connect(own.url, 10)
const queue = await jobs.startJobs(own.url, error => console.error(error), { migrate: false, supervise: false })
const mailer = { address: 'office@example.com', send: async () => {}, close() {} }
const deps = {
  db,
  now,
  secrets: testSecrets,
  jobs: queue,
  settings: testSettings,
  log: silentLog,
  gateway: ownGateway(now),
  mailer
}
const app = await application.buildApp(deps, { checkoutOrigin: 'https://pay.invalid' })
const address = await app.listen({ port: 0 })
const ours = `${address}/api/session-types/individual/slots?from=2027-02-08&to=2027-03-10&zone=America/New_York`
const bytes = await (await fetch(ours)).text()

const bareApp = fastify()
bareApp.get('/slots', async (_request, reply) => {
  await client`select 1`
  return reply.type('application/json; charset=utf-8').send(bytes)
})
const bare = `${await bareApp.listen({ port: 0 })}/slots`
console.log(JSON.stringify({ ours, bare }))

process.once('SIGTERM', async () => {
  await Promise.all([app.close(), bareApp.close()])
  await queue.stop()
  await close()
  await own.drop()
})
