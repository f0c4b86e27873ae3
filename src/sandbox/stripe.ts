import type { FastifyPluginAsync } from 'fastify'
import type { DateTime } from 'luxon'
import { apiRoutes } from './stripe-api.ts'
import { type Bench, expireDue } from './stripe-bench.ts'
import { noFaults, type StripeFaults } from './stripe-faults.ts'
import { pageRoutes } from './stripe-page-routes.tsx'
import { decided } from './stripe-refunds.ts'
import type { State } from './stripe-state.ts'
import { openStripeStore } from './stripe-store.ts'
import { startWebhooks } from './stripe-webhooks.ts'

export interface StripeSimulatorSettings {
  /** Where the journal is kept; without it everything is forgotten at the end. */
  dataDir?: string
  secretKey: string
  webhookSecret: string
  webhookUrl: string | (() => string)
  /** Where its pages are reached, prefix included. */
  publicUrl: string | (() => string)
  now: () => DateTime
}

export interface StripeSimulator {
  /** The API, the payment page and the list, to be registered under the prefix that `publicUrl` ends with. */
  plugin: FastifyPluginAsync
  faults: StripeFaults
  /** What it knows now, for who compares. */
  state: Readonly<State>
  close(): Promise<void>
}

/** What the house uses of Stripe, for the official library to talk to and for a browser to pay at. No card is charged. */
export function stripeSimulator(settings: StripeSimulatorSettings): StripeSimulator {
  const { dataDir, secretKey, webhookSecret, now } = settings
  const store = openStripeStore(dataDir)
  const faults = noFaults()
  const webhooks = startWebhooks(store, faults, webhookSecret, asFunction(settings.webhookUrl))
  const publicUrl = asFunction(settings.publicUrl)
  const bench: Bench = {
    store,
    faults,
    now,
    publicUrl: () => publicUrl().replace(/\/+$/, ''),
    async save(changes) {
      await store.commit(changes)
      if (changes.events) webhooks.send()
    }
  }
  let failed = false
  const ticking = setInterval(() => {
    // A journal that cannot be written stops the simulator: every answer says so from then on, the tick need not.
    if (!failed)
      expireDue(bench).catch(() => {
        failed = true
      })
  }, 1000).unref()

  return {
    async plugin(app) {
      await app.register(apiRoutes(bench, secretKey))
      await app.register(pageRoutes(bench))
      // What an earlier process did not get rid of.
      app.addHook('onListen', async () => webhooks.send())
    },
    state: store.state,
    faults: {
      loseAnswers: count => {
        faults.lost = count
      },
      fail: count => {
        faults.failing = count
      },
      holdEvents: () => {
        faults.held = true
      },
      releaseEvents: (order = 'as made') => webhooks.release(order),
      duplicateEvents: on => {
        faults.duplicate = on
      },
      refundsGo: outcome => {
        faults.refunds = outcome
      },
      async decideRefund(id, outcome) {
        const refund = store.state.refunds.get(id)
        if (refund?.status !== 'pending') throw new Error(`The refund ${id} is not pending`)
        await bench.save(decided(bench, refund, outcome))
      },
      passTime: () => expireDue(bench),
      eventsAreDone: () => webhooks.done()
    },
    async close() {
      clearInterval(ticking)
      await webhooks.close()
      await store.close()
    }
  }
}

const asFunction = (value: string | (() => string)) => (typeof value === 'string' ? () => value : value)
