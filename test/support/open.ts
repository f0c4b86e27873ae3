import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { settle } from '../../src/bookings/settle.ts'
import { issueLink } from '../../src/identity/links.ts'
import { practiceScopes } from '../../src/identity/scope.ts'
import { connect } from '../../src/kernel/database.ts'
import { queues, startJobs } from '../../src/kernel/jobs.ts'
import type { Limits } from '../../src/kernel/limits.ts'
import type { Mail } from '../../src/notices/mailer.ts'
import { doAllDue, type WorkerDeps, worksOf } from '../../src/worker.ts'
import { ownClock } from './clock.ts'
import { ownDatabase, staffPassword, testSecrets, testSettings } from './database.ts'
import { ownGateway } from './gateway.ts'
import { silentLog } from './log.ts'

/** A Tuesday at 10:00 in New York, well ahead of the clock's start, free in the demo practice. */
export const aStart = '2027-02-09T15:00:00Z'

/** What a test asks for otherwise than usual. */
interface Own {
  start?: string
  /** Connections: as many as rivals in a race. Few unless told: each costs the server as much as a copy of the database. */
  most?: number
  limits?: Partial<Limits>
  log?: WorkerDeps['log']
  /** Makes the address by which the application comes to its database; the superuser's unless told. */
  as?: (url: string) => Promise<string>
  /** The test takes the database away: what the queue says of that is no fault. */
  away?: boolean
}

/** The person whom fixtures book for. */
export const someone = { name: 'Jo Delgado', email: 'jo@example.com', zone: 'America/New_York' }

/**
 * The application on a database of its own, with its own clock, mailbox and card gateway; everything ends with the test.
 */
export async function open(
  t: Test,
  {
    start = '2027-02-01T12:00:00Z',
    most = 5,
    limits = {},
    log = silentLog,
    as = async url => url,
    away = false
  }: Own = {}
) {
  const database = await ownDatabase()
  const clock = ownClock(start)
  const url = await as(database.url)
  const { db, client, close } = connect(url, most)
  let ended = false
  const jobs = await startJobs(
    url,
    error => {
      // After the test has ended its database goes, and a question that was under way fails.
      if (!ended && !away) t.error(error)
    },
    { migrate: false, supervise: false }
  )
  const mails: Mail[] = []
  const mailer = {
    address: 'office@tir.example.com',
    async send(mail: Mail) {
      mails.push(mail)
    },
    close() {}
  }
  const gateway = ownGateway(clock.now)
  const deps: WorkerDeps = {
    db,
    now: clock.now,
    secrets: testSecrets,
    jobs,
    settings: { ...testSettings, limits: { ...testSettings.limits, ...limits } },
    log,
    gateway,
    mailer
  }
  const closers = [() => database.drop(), close, () => jobs.stop()]
  t.teardown(async () => {
    ended = true
    for (const end of closers.splice(0).reverse()) await end()
  })
  const app = await buildApp(deps, { checkoutOrigin: 'https://pay.invalid' })
  closers.push(() => app.close())
  await app.ready()
  const [practice] = await client<{ id: string }[]>`select id from practices`
  const scope = await practiceScopes(deps).forId(practice?.id ?? '')

  /** One request, as a program sends it. */
  const request = (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    token?: string
  ): Promise<LightMyRequestResponse> =>
    app.inject({
      method,
      url,
      headers: { host: 'localhost:3000', ...(token && { authorization: `Bearer ${token}` }) },
      ...(payload && { payload })
    })

  /** Books for a new person; couples at `aStart` unless told. */
  const book = (more: object = {}) =>
    request('POST', '/api/bookings', {
      sessionType: 'couples',
      start: aStart,
      person: someone,
      consent: { termsVersion: 1 },
      ...more
    })

  /** Does all that waits in the queues, and what that sends, until nothing waits. */
  const work = async (): Promise<void> => {
    const works = worksOf(deps)
    for (let done = 1; done > 0; ) {
      done = 0
      // Fetching from a queue costs more than asking which of them have something.
      const waiting = await client<{ name: string }[]>`select distinct name from pgboss.job where state < 'active'`
      for (const queue of queues.filter(queue => waiting.some(({ name }) => name === queue)))
        done += await jobs.drain(queue, works[queue])
    }
  }

  /** A booking that was paid and is confirmed; its mails are sent. */
  const confirmed = async (more: object = {}) => {
    const booked = (await book(more)).json()
    const [attempt] = await client<{ id: string; checkout: string }[]>`
      select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${booked.id}`
    if (!attempt) throw new Error(`Nothing is to be paid: ${JSON.stringify(booked)}`)
    gateway.pay(attempt.checkout)
    await settle(deps, scope, attempt.id)
    await work()
    return { id: String(booked.id), token: String(booked.token), appointment: String(booked.appointments[0].id) }
  }

  /** What the browser holds that gave the mailed code: opens all of a booking for half an hour. */
  const openedBy = async (id: string) => {
    const [booking] = await client<{ person: string }[]>`select booker_id as person from bookings where id = ${id}`
    const expiresAt = clock.now().plus({ minutes: 30 })
    const person = booking?.person ?? ''
    return issueLink(db, scope, { purpose: 'booking_answer', person, subject: id, expiresAt })
  }

  return {
    app,
    deps,
    db,
    client,
    clock,
    scope,
    gateway,
    mails,
    databaseUrl: database.url,
    request,
    book,
    confirmed,
    openedBy,
    work,
    /** What the minute's job does, then what it sent. */
    async minute() {
      await doAllDue(deps)
      await work()
    },
    /** An access token of the person who reads this address: proven by the mailed code, as a program does it. */
    async signInPerson(email = someone.email): Promise<string> {
      const asked = (await request('POST', '/api/sign-in-links', { email })).json()
      await work()
      const mail = mails.findLast(({ to, subject }) => to === email && subject === 'Your code')
      const [, code] = /Your code: (\d{8})/.exec(mail?.text ?? '') ?? []
      const signed = await request('POST', '/api/sessions', { code, request: asked.request })
      if (signed.statusCode !== 200) throw new Error(`Nobody is signed in: ${signed.body}`)
      return signed.json().accessToken
    },
    /** An access token of the demo practice's owner. */
    async signIn(email = 'jessica@example.com', password = staffPassword): Promise<string> {
      const answer = await request('POST', '/api/sessions', { email, password })
      return answer.json().accessToken
    }
  }
}
