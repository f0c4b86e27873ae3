/**
 * One of the web processes of bench/booking.ts: customers who book and pay, one after the other, for as long as it is
 * told to. The gateway answers at once.
 */
import { performance } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import { DateTime } from 'luxon'
import { ownClock } from '../test/support/clock.ts'
import { testSecrets, testSettings } from '../test/support/database.ts'
import { ownGateway } from '../test/support/gateway.ts'
import { silentLog } from '../test/support/log.ts'
import { built } from './built.ts'

/** A free time that nobody else is told of. */
export interface Start {
  start: string
  therapist: string
}

/** The application as it is built, with limits that are out of the way, and one customer of it after the other. */
export async function openHouse(url: string, name: string) {
  const { app: application, database, jobs, book: booking, settle, schema, scope: scopes } = await built()
  const { now } = ownClock()
  const { db, client, close } = database.connect(url, 10)
  const queue = await jobs.startJobs(url, error => console.error(error), { migrate: false, supervise: false })
  const gateway = ownGateway(now)
  const mailer = { address: 'office@example.com', send: async () => {}, close() {} }
  const many = { bookings: 1_000_000, quotes: 1_000_000, windows: 1_000_000, heldShare: 100 }
  const settings = { ...testSettings, limits: { ...testSettings.limits, ...many } }
  const deps = { db, now, secrets: testSecrets, jobs: queue, settings, log: silentLog, gateway, mailer }
  const app: FastifyInstance = await application.buildApp(deps, { checkoutOrigin: 'https://pay.invalid' })
  const host = 'localhost:3000'
  const scope = await scopes.practiceScopes(deps).forHost(host)
  let count = 0
  const parsed = schema.BookingRequest.parse(requested({ start: now().toISO() ?? '', therapist: 'jessica' }))

  function requested(one: Start | undefined) {
    if (!one) throw new Error('There are no more free times: raise the number of therapists')
    count += 1
    const person = { name: 'A Customer', email: `${name}-${count}@example.com`, zone: 'America/New_York' }
    return { sessionType: 'individual', ...one, place: 'video', person, consent: { termsVersion: 1 } }
  }

  /** Pays at the gateway. @returns the attempt */
  function paid(url: string | undefined): string {
    const checkout = url?.split('/').at(-1) ?? ''
    gateway.pay(checkout)
    return checkout.slice(3)
  }

  return {
    now,
    client,
    /** One booking, held and settled by the use cases that the API, the job and the return page call. */
    async book(one: Start | undefined, between?: () => Promise<void>): Promise<void> {
      const { start, therapist, person } = requested(one)
      const request = { ...parsed, start: DateTime.fromISO(start ?? '', { zone: 'utc' }), therapist, person }
      const { payment } = await booking.book(deps, scope, { kind: 'anonymous' }, request)
      await between?.()
      if ((await settle.settle(deps, scope, paid(payment?.url))) === undefined) throw new Error('It was not settled')
    },
    /** The same through the whole API, without a network: held by POST, settled by the return page. */
    async bookByApi(one: Start | undefined): Promise<void> {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/bookings',
        headers: { host },
        payload: requested(one)
      })
      if (answer.statusCode !== 201) throw new Error(answer.body)
      const back = await app.inject({ url: `/x/${paid(answer.json().payment.url)}`, headers: { host } })
      if (back.statusCode !== 303) throw new Error(`${back.statusCode} ${back.body}`)
    },
    async close() {
      await app.close()
      await queue.stop()
      await close()
    }
  }
}

/** How long a process is to book, and which way. */
export interface Turn {
  seconds: number
  way: 'book' | 'bookByApi'
}

/** What a process is told: where the database is, who it is, the times it may sell, and how many customers it has. */
export interface Part {
  url: string
  name: string
  starts: Start[]
  customers: number
}

async function serve({ url, name, starts, customers }: Part): Promise<void> {
  const house = await openHouse(url, name)
  let next = 0
  const book = (way: Turn['way']) => {
    next += 1
    return house[way](starts[next - 1])
  }
  // What is asked for the first time is compiled and prepared, and what is asked often compiled better: a server runs for weeks.
  for (let count = 0; count < 1500; count += 1) await book(count % 2 ? 'book' : 'bookByApi')
  process.on('message', async ({ seconds, way }: Turn) => {
    const began = performance.now()
    let done = 0
    const customer = async () => {
      for (; performance.now() - began < seconds * 1000; done += 1) await book(way)
    }
    await Promise.all(Array.from({ length: customers }, customer))
    process.send?.(done / ((performance.now() - began) / 1000))
  })
  process.once('disconnect', async () => {
    await house.close()
    process.exit()
  })
  process.send?.('ready')
}

if (process.send) process.once('message', (part: Part) => serve(part))
