/** Serves both routes of bench/feed.ts: the application with a therapist of 1,000 appointments, and the bare one beside it. */
import fastify from 'fastify'
import { ownClock } from '../test/support/clock.ts'
import { ownDatabase, staffPassword, testSecrets, testSettings } from '../test/support/database.ts'
import { ownGateway } from '../test/support/gateway.ts'
import { silentLog } from '../test/support/log.ts'
import { built } from './built.ts'

const appointments = 1000
const { app: application, database, jobs } = await built()
const own = await ownDatabase()
const { now } = ownClock()
const { db, client, close } = database.connect(own.url, 10)
const queue = await jobs.startJobs(own.url, error => console.error(error), { migrate: false, supervise: false })
const mailer = { address: 'office@example.com', send: async () => {}, close() {} }
const settings = testSettings
const deps = { db, now, secrets: testSecrets, jobs: queue, settings, log: silentLog, gateway: ownGateway(now), mailer }
const app = await application.buildApp(deps, { checkoutOrigin: 'https://pay.invalid' })
const headers = { host: 'localhost:3000' }
const person = { name: 'Jo Delgado', email: 'jo@example.com', zone: 'America/New_York' }
const wanted = { sessionType: 'individual', start: '2027-02-09T15:00:00Z', person, consent: { termsVersion: 1 } }
const booked = await app.inject({ method: 'POST', url: '/api/bookings', headers, payload: wanted })
await multiply(booked.json().id)
// As the server does by itself some minutes after so many rows.
await client`analyze`
const credentials = { email: 'jessica@example.com', password: staffPassword }
const session = await app.inject({ method: 'POST', url: '/api/sessions', headers, payload: credentials })
const authorization = `Bearer ${session.json().accessToken}`
const made = await app.inject({
  method: 'POST',
  url: '/api/therapists/jessica/feeds',
  headers: { ...headers, authorization },
  payload: {}
})
const address = await app.listen({ port: 0 })
const ours = `${address}${new URL(made.json().url).pathname}`
const first = await fetch(ours)
const bytes = Buffer.from(await first.arrayBuffer())
const etag = first.headers.get('etag') ?? ''

const bareApp = fastify()
bareApp.get('/feed', async (request, reply) => {
  await client`select 1`
  reply.header('etag', etag)
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.type('text/calendar; charset=utf-8').send(bytes)
})
// Something has changed: what the triggers do.
const touch = () => client`update feeds set changes = changes + 1`
bareApp.get('/touch', async () => {
  await touch()
  return {}
})
const bare = await bareApp.listen({ port: 0 })
console.log(JSON.stringify({ ours, bare: `${bare}/feed`, touch: `${bare}/touch`, etag, bytes: bytes.length }))

process.once('SIGTERM', async () => {
  await Promise.all([app.close(), bareApp.close()])
  await queue.stop()
  await close()
  await own.drop()
})

/** The one booking's appointment, confirmed, a thousand times: one after the other from the first on, an hour each. */
async function multiply(id: string): Promise<void> {
  await client.begin(async tx => {
    await tx`update bookings set state = 'confirmed', confirmed_at = created_at where id = ${id}`
    await tx`
      insert into appointments (practice_id, id, booking_id, ordinal, who, starts_at, ends_at, zone, place_id, state)
      select practice_id, gen_random_uuid(), booking_id, at, who, starts_at + at * interval '6 h',
        ends_at + at * interval '6 h', zone, place_id, state
      from appointments, generate_series(1, ${appointments - 1}) as at where booking_id = ${id}`
    await tx`
      insert into participants (practice_id, appointment_id, person_id, uid, sequence, revised_at, response)
      select one.practice_id, appointments.id, one.person_id, gen_random_uuid() || '@' || split_part(one.uid, '@', 2),
        one.sequence, one.revised_at, one.response
      from appointments join participants one on one.practice_id = appointments.practice_id
        and one.appointment_id = (select id from appointments where booking_id = ${id} and ordinal = 0)
      where appointments.booking_id = ${id} and appointments.ordinal > 0`
  })
}
