import { isIP } from 'node:net'
import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Settings } from './kernel/deps.ts'
import { type Limits, limitsFrom, limitVariables } from './kernel/limits.ts'
import type { Secrets } from './kernel/secrets.ts'

/** The machine's own may be older: the project brings the one that it runs on. */
const leastNode = 24

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

const Address = z.url({ protocol: /^https?$/, error: 'must be an address such as https://example.com' })

const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a port, 0 to 65535' }).int().min(0).max(65535).default(3000),
  PUBLIC_URL: Address.transform(url => url.replace(/\/+$/, '')).optional(),
  ROLE: z.enum(['all', 'web', 'worker'], { error: 'must be all, web or worker' }).default('all'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be postgres://user:password@host/database' })
    .optional(),
  DATA_DIR: z.string().default('./data'),
  SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  ENCRYPTION_KEYS: z
    .string()
    .regex(/^[\w-]+:[A-Za-z0-9+/]{43}=(,[\w-]+:[A-Za-z0-9+/]{43}=)*$/, {
      error: 'must read id:base64 of 32 bytes, several with commas between'
    })
    .optional(),
  STRIPE_SECRET_KEY: z.string().startsWith('sk_', { error: 'must begin with sk_' }).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(1).optional(),
  STRIPE_API_BASE: Address.optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://user:password@host:port' }).optional(),
  MAIL_FROM: z.string().regex(/@/, { error: 'must be a mail address, such as office@example.com' }).optional(),
  TRUST_PROXY: z
    .string()
    .refine(list => list.split(',').every(entry => isNetwork(entry.trim())), {
      error: 'must name addresses or networks, such as 10.0.0.0/8, several with commas between'
    })
    .optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent'
    })
    .default('info'),
  CLOCK: z.iso
    .datetime({ offset: true, error: 'must be an instant such as 2027-02-01T09:00:00Z' })
    .transform(text => DateTime.fromISO(text, { zone: 'utc' }))
    .optional(),
  DRAIN_SECONDS: z.coerce.number({ error: 'must be seconds, 0 to 30' }).int().min(0).max(30).default(0),
  OUTSIDE_LOOPBACK: z.enum(['yes', 'no'], { error: 'must be yes or no' }).optional(),
  METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  ...limitVariables
})

export type Config = Readonly<
  z.output<typeof Environment> & { sandbox: boolean; publicUrl: string; outsideLoopback: boolean; limits: Limits }
>

/** Every fault of the environment at once: the start says them all and stops. */
export class WrongEnvironment extends Error {
  constructor(faults: readonly string[]) {
    super(`The environment is not right:\n${faults.map(fault => `  ${fault}`).join('\n')}`)
    this.name = 'WrongEnvironment'
  }
}

/**
 * Reads the environment, the only place that does. Without a real database, Stripe or mail server a stand-in takes its
 * place and the whole installation is a sandbox: it must then be reached over loopback http.
 * @param node the version that runs this
 * @throws WrongEnvironment naming every fault
 */
export function readConfig(environment: NodeJS.ProcessEnv, node: string = process.versions.node): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success)
    throw new WrongEnvironment(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`))
  const config = parsed.data
  const sandbox = !config.DATABASE_URL || !config.STRIPE_SECRET_KEY || !config.SMTP_URL
  const host = ['0.0.0.0', '::', '127.0.0.1'].includes(config.HOST) ? 'localhost' : config.HOST
  const publicUrl = config.PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${config.PORT}`
  const faults = sandbox ? sandboxFaults(publicUrl) : serviceFaults(config)
  // An older one starts as well, and fails later, page by page.
  if (Number.parseInt(node, 10) < leastNode)
    faults.unshift(
      `Node ${leastNode} or later is needed, and this is ${node}: use npm start, or node_modules/.bin/node`
    )
  if (config.STRIPE_SECRET_KEY && !config.STRIPE_WEBHOOK_SECRET)
    faults.push('STRIPE_WEBHOOK_SECRET is required with STRIPE_SECRET_KEY')
  if (config.SMTP_URL && !config.MAIL_FROM) faults.push('MAIL_FROM is required with SMTP_URL')
  if (config.DATABASE_URL && !sandbox && config.CLOCK) faults.push('CLOCK is for the sandbox only')
  if (faults.length) throw new WrongEnvironment(faults)
  // A demonstration answers this machine alone, and whoever tries it out has their calendars here.
  const outsideLoopback = config.OUTSIDE_LOOPBACK ? config.OUTSIDE_LOOPBACK === 'yes' : sandbox
  return Object.freeze({ ...config, sandbox, publicUrl, outsideLoopback, limits: limitsFrom(config, sandbox) })
}

/** What every feature is told of it. Calendar entries of ours are known by a domain that the installation's secret makes. */
export function settingsOf({ publicUrl, sandbox, outsideLoopback, limits }: Config, secrets: Secrets): Settings {
  const uidDomain = `${secrets.derive('uid-domain').toString('hex').slice(0, 20)}.invalid`
  return { publicUrl, sandbox, uidDomain, outsideLoopback, limits }
}

/** Whose X-Forwarded headers may be believed is said by address; “true” would believe everybody's. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128))
  )
}

function sandboxFaults(publicUrl: string): string[] {
  const { protocol, hostname } = new URL(publicUrl)
  if (protocol === 'http:' && loopbackHosts.has(hostname)) return []
  return [
    'PUBLIC_URL must be http on localhost while a stand-in is in use: set DATABASE_URL, STRIPE_SECRET_KEY and SMTP_URL to serve real people'
  ]
}

function serviceFaults({ SECRET, ENCRYPTION_KEYS, PUBLIC_URL }: z.output<typeof Environment>): string[] {
  return [
    ...(SECRET ? [] : ['SECRET is required: at least 32 random characters']),
    ...(ENCRYPTION_KEYS ? [] : ['ENCRYPTION_KEYS is required: id:base64 of 32 random bytes']),
    ...(PUBLIC_URL ? [] : ['PUBLIC_URL is required: the address that people open'])
  ]
}
