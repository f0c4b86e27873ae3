import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request as ask } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fastify from 'fastify'
import { PgBoss } from 'pg-boss'
import type { Test } from 'tap'
import { connect } from '../../src/kernel/database.ts'
import { stripeSimulator } from '../../src/sandbox/stripe.ts'
import { alone } from '../support/alone.ts'
import { ownClock } from '../support/clock.ts'
import { staffPassword } from '../support/database.ts'
import { someone } from '../support/open.ts'
import type { Answer, RaceHouse } from '../support/races.ts'
import { post } from '../support/smtp.ts'
import { secretKey, webhookSecret } from '../support/stripe.ts'
import type { Ask, Order } from './process.ts'

const script = fileURLToPath(new URL('process.ts', import.meta.url))
const loader = new URL('../support/loader.js', import.meta.url)
const roles = ['web', 'web', 'worker'] as const
/** Its place among the processes. */
export type Which = 0 | 1 | 2

interface Running {
  child: ChildProcess
  port: number
}

export type Several = Awaited<ReturnType<typeof several>>

/**
 * Two web processes and one worker on one database, with a real mail server and the Stripe simulator on an origin of its
 * own, which outlive them. Requests go to the web processes in turns. Everything ends with the test.
 */
export async function several(t: Test, databaseUrl: string) {
  const clock = ownClock()
  const mail = await post(t)
  const { client, close } = connect(databaseUrl, 4)
  let turn = 0
  const running: Running[] = []
  const nextPort = () => running[(turn++ % 2) as Which]?.port ?? 0

  let apiBase = ''
  const simulator = stripeSimulator({
    secretKey,
    webhookSecret,
    webhookUrl: () => `http://127.0.0.1:${nextPort()}/stripe/webhook`,
    publicUrl: () => apiBase,
    now: clock.now
  })
  const stripe = fastify({ forceCloseConnections: true })
  await stripe.register(simulator.plugin, { prefix: '/sandbox/stripe' })
  apiBase = `${await stripe.listen({ host: '127.0.0.1', port: 0 })}/sandbox/stripe`

  const start = async (role: Order['role']): Promise<Running> => {
    const order: Order = { role, databaseUrl, smtpUrl: mail.url, apiBase, now: clock.now().toISO() ?? '' }
    const execArgv = [...alone.execArgv, `--import=${loader}`]
    const child = fork(script, [JSON.stringify(order)], { execPath: alone.execPath, execArgv })
    const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    if (typeof said !== 'object') throw new Error(`The ${role} process ended at its start`)
    return { child, port: said.port }
  }
  running.push(...(await Promise.all(roles.map(start))))
  const agent = new Agent({ keepAlive: true })
  t.teardown(async () => {
    for (const { child } of running) child.kill('SIGKILL')
    agent.destroy()
    await simulator.close()
    await stripe.close()
    await close()
  })

  /** One request to one of the web processes. @throws where the connection ends without an answer */
  const send = (
    method: string,
    url: string,
    { payload, token, key }: { payload?: object | undefined; token?: string | undefined; key?: string } = {}
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        host: 'localhost:3000',
        ...(payload && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...(key && { 'idempotency-key': key })
      }
      const sent = ask({ agent, host: '127.0.0.1', port: nextPort(), method, path: url, headers }, async response => {
        let body = ''
        try {
          for await (const chunk of response.setEncoding('utf8')) body += chunk
        } catch (error) {
          return reject(error)
        }
        resolve({ statusCode: response.statusCode ?? 0, body, json: () => JSON.parse(body) })
      })
      sent.on('error', reject).end(payload && JSON.stringify(payload))
    })
  const request: RaceHouse['request'] = (method, url, payload, token) => send(method, url, { payload, token })

  /** Tells a process something, and waits until it is done. */
  let asked = 0
  const tell = async (which: Which, what: { now: string } | { minute: true }): Promise<void> => {
    asked += 1
    const number = asked
    const child = running[which]?.child
    child?.send({ number, ...what } satisfies Ask)
    for (;;) {
      const [said] = await once(child as ChildProcess, 'message')
      if (said.number !== number) continue
      if (said.failure) t.comment(said.failure)
      return
    }
  }
  const pass = async (minutes: number) => {
    clock.move({ minutes })
    await simulator.faults.passTime()
    await Promise.all(roles.map((_, which) => tell(which as Which, { now: clock.now().toISO() ?? '' })))
  }

  /** Until no job and no mail waits. @throws after a minute, with what waits */
  const idle = async () => {
    await simulator.faults.eventsAreDone()
    for (let tries = 0; ; tries += 1) {
      const [row] = await client<{ jobs: number; mails: number }[]>`
        select (select count(*)::int from pgboss.job where state in ('created', 'retry', 'active')) as jobs,
          (select count(*)::int from messages where state in ('waiting', 'sending')
            and due_at <= ${clock.now().toISO()}) as mails`
      if (row?.jobs === 0 && row.mails === 0) return
      if (tries > 300) throw new Error(`There still wait: ${JSON.stringify(row)}`)
      await setTimeout(200)
    }
  }
  const minute = async () => {
    await tell(2, { minute: true })
    await idle()
  }

  const pay = async (checkout: string) => {
    const status = simulator.state.sessions.get(checkout)?.status
    if (status !== 'open') throw new Error(`The checkout ${checkout} is ${status}`)
    await fetch(`${apiBase}/pay/${checkout}`, {
      method: 'POST',
      body: new URLSearchParams({ card: '4242 4242 4242 4242' }),
      redirect: 'manual'
    })
  }
  const book = (more: object = {}) =>
    request('POST', '/api/bookings', { sessionType: 'couples', person: someone, consent: { termsVersion: 1 }, ...more })

  return {
    client,
    databaseUrl,
    clock,
    mail,
    simulator,
    gateway: {
      get checkouts() {
        return new Map(
          [...simulator.state.sessions].map(([id, { paid, amount }]) => [id, { paid, amount: { amount } }])
        )
      },
      get refunds() {
        return new Map([...simulator.state.refunds].map(([id, { amount }]) => [id, { amount: { amount } }]))
      }
    },
    send,
    request,
    book,
    pay,
    pass,
    minute,
    idle,
    expire: () => tell(2, { minute: true }),
    /** A paid booking that is confirmed, by the return page or by the event, whichever was first. */
    async confirmed(more: object = {}) {
      const booked = (await book(more)).json()
      const [attempt] = await client<{ id: string; checkout: string }[]>`
        select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id
        where d.booking_id = ${booked.id}`
      await pay(attempt?.checkout ?? '')
      await request('GET', `/x/${attempt?.id}`)
      return { id: String(booked.id), token: String(booked.token), appointment: String(booked.appointments[0].id) }
    },
    async signIn() {
      const answer = await request('POST', '/api/sessions', { email: 'jessica@example.com', password: staffPassword })
      return String(answer.json().accessToken)
    },
    /** Ends a process without a word, and starts it again. What the dead worker was at is believed dead at once. */
    async kill(which: Which) {
      const victim = running[which]
      if (!victim) throw new Error('There is no such process')
      const exited = once(victim.child, 'exit')
      victim.child.kill('SIGKILL')
      await exited
      if (roles[which] === 'worker') await giveUp(databaseUrl)
      running[which] = await start(roles[which])
    }
  }
}

/** An hour passes for the queue: jobs that nobody works any more are given to somebody else. */
export async function giveUp(databaseUrl: string): Promise<void> {
  const { client, close } = connect(databaseUrl, 1)
  await client`
    update pgboss.job set started_on = started_on - interval '1 hour', heartbeat_on = heartbeat_on - interval '1 hour'
    where state = 'active'`
  await client`update pgboss.queue set monitor_on = null, monitor_claim_on = null`
  await close()
  const boss = new PgBoss({ connectionString: databaseUrl, migrate: false, supervise: false, schedule: false })
  await boss.start()
  await boss.supervise()
  await boss.stop()
}
