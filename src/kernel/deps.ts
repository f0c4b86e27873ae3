import type { FastifyBaseLogger } from 'fastify'
import type { Database } from './database.ts'
import type { Jobs } from './jobs.ts'
import type { Limits } from './limits.ts'
import type { Secrets } from './secrets.ts'
import type { Clock } from './time.ts'

/** What the installation was told: never secret, the same for every practice. */
export interface Settings {
  /** The address that people open, without a trailing slash. Links of a practice without a host of its own begin so. */
  publicUrl: string
  /** True where a stand-in is in use: pages then carry the banner, and any loopback host is the demo practice. */
  sandbox: boolean
  /** The random domain of the installation, ending in `.invalid`, by which our own calendar entries are known. */
  uidDomain: string
  /** Whether calendars outside may lie on this machine: for tests and demonstrations, where nobody else's are within reach. */
  outsideLoopback: boolean
  /** How much one address, browser or mailbox may ask for. */
  limits: Limits
}

/** What every use case may need. Features that need a port of their own extend it. */
export interface Deps {
  db: Database
  now: Clock
  secrets: Secrets
  jobs: Jobs
  settings: Settings
  log: FastifyBaseLogger
}
