import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { readNumbers } from './installation-store.ts'
import type { Deps } from './kernel/deps.ts'
import { fewTries } from './notices/retry.ts'

/** What is told of every answer. The route is its pattern: an address may hold a token. */
export interface Answered {
  method: string
  route: string
  status: number
  seconds: number
}

/**
 * The numbers of one process for Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/. The process's
 * own (memory, event loop, garbage) are gathered from the first time that somebody asks.
 */
export function makeMetrics({ db, now }: Pick<Deps, 'db' | 'now'>) {
  const register = new Registry()
  const answers = new Histogram({
    name: 'tandem_http_request_seconds',
    help: 'How long answers took, by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [register]
  })
  const gauge = (name: string, help: string) => new Gauge({ name: `tandem_${name}`, help, registers: [register] })
  const bookings = new Gauge({
    name: 'tandem_bookings',
    help: 'Bookings by state',
    labelNames: ['state'] as const,
    registers: [register]
  })
  const numbers = {
    waiting: gauge('mails_waiting', 'Mails whose time has come and that are not sent'),
    oldest: gauge('mails_oldest_waiting_seconds', 'For how long the oldest of them waits'),
    failed: gauge('mails_failed', 'Mails that were given up'),
    events: gauge('stripe_events_unprocessed', 'Events of Stripe that wait for their job'),
    refunds: gauge('refunds_open', 'Refunds that Stripe has not settled'),
    jobs: gauge('jobs_waiting', 'Jobs that wait or run')
  }
  let defaults = false
  return {
    contentType: register.contentType,
    answered({ method, route, status, seconds }: Answered): void {
      answers.observe({ method, route, status: String(status) }, seconds)
    },
    async read(): Promise<string> {
      if (!defaults) collectDefaultMetrics({ register })
      defaults = true
      const { bookings: states, ...found } = (await readNumbers(db, now().toUTC().toISO() ?? '', fewTries)) ?? {}
      bookings.reset()
      for (const [state, count] of Object.entries(states ?? {})) bookings.set({ state }, count)
      for (const [name, value] of Object.entries(found)) numbers[name as keyof typeof numbers]?.set(value)
      return register.metrics()
    }
  }
}
