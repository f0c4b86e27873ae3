import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import { DateTime } from 'luxon'
import { migrate } from '../db/migrate.ts'
import { seedDemo } from '../db/seed.ts'
import { buildApp } from './app.ts'
import { type Config, readConfig, settingsOf } from './config.ts'
import { practiceScopes } from './identity/scope.ts'
import { settleIn } from './installation.ts'
import { connect } from './kernel/database.ts'
import { startJobs } from './kernel/jobs.ts'
import { makeLog } from './kernel/log.ts'
import { secretsFrom } from './kernel/secrets.ts'
import { smtpMailer } from './notices/mailer.ts'
import { checkAccount } from './payments/check-account.ts'
import { checkStatements } from './payments/check-statements.ts'
import { heldBack as holdBack } from './payments/held-back.ts'
import { stripeGateway } from './payments/stripe.ts'
import { startWorker, type WorkerDeps } from './worker.ts'
import { buildWorkerApp } from './worker-app.ts'

/** Node's memory of what must be closed, the last opened first. */
const closers: (() => Promise<void> | void)[] = []
const started = begin()
// Heard from the first moment on: who presses Ctrl-C during the start leaves no server behind.
closeWithGrace({ delay: 45_000 }, async ({ err }) => {
  // Cleaned like every line of the log: what a library threw may hold what a person typed.
  if (err) makeLog('fatal').fatal({ err }, 'The process ends by a failure that nobody caught')
  await started
  await closeAll()
})
await started

async function begin(): Promise<void> {
  try {
    await start(readConfig(process.env))
  } catch (error) {
    for (const line of reasonsOf(error)) console.error(line)
    await closeAll()
    process.exit(1)
  }
}

async function start(config: Config): Promise<void> {
  const log = makeLog(config.LOG_LEVEL)
  const now = clockFrom(config.CLOCK)
  const stand = config.sandbox
    ? await (await import('./sandbox/stand-ins.ts')).startStandIns(config, log, now)
    : undefined
  if (stand) closers.push(stand.close)
  const databaseUrl = config.DATABASE_URL ?? stand?.databaseUrl ?? ''
  await migrate(databaseUrl)
  const connection = connect(databaseUrl, 20)
  closers.push(connection.close)
  // Closed after the jobs, which may have a mail in hand.
  const mailer = smtpMailer(config.SMTP_URL ?? stand?.smtpUrl ?? '', config.MAIL_FROM ?? 'office@tir.example.com')
  closers.push(() => mailer.close())
  const jobs = await startJobs(databaseUrl, error => log.error({ err: error }, 'A job failed, or the queue itself'))
  closers.push(() => jobs.stop())
  const secrets = secretsFrom(
    config.SECRET ?? stand?.secret ?? '',
    config.ENCRYPTION_KEYS ?? stand?.encryptionKeys ?? ''
  )
  const settings = settingsOf(config, secrets)
  const gateway = stripeGateway({
    secretKey: config.STRIPE_SECRET_KEY ?? stand?.stripe?.secretKey ?? '',
    webhookSecrets: (config.STRIPE_WEBHOOK_SECRET ?? stand?.stripe?.webhookSecret ?? '').split(','),
    apiBase: config.STRIPE_API_BASE ?? stand?.stripe?.apiBase
  })
  const deps: WorkerDeps = { db: connection.db, now, secrets, jobs, settings, log, gateway, mailer }
  const original = await settleIn(deps)
  if (!original)
    log.error('This is a restored copy: no mail is sent and no card is charged until npm run setup -- --confirm-copy')
  await checkStatements(deps)
  const password = stand ? await stand.staffPassword(() => randomBytes(9).toString('base64url')) : undefined
  const seeded = password !== undefined && (await seedDemo(deps, password))
  await serve(config, original ? deps : { ...deps, gateway: holdBack(gateway) }, !original, stand?.plugins ?? [])
  if (config.ROLE !== 'web' && original) await startWorker(deps)
  say(config, password, seeded)
  if (!config.sandbox && original && config.ROLE !== 'web') await checkAccount(deps)
}

async function serve(
  config: Config,
  deps: WorkerDeps,
  heldBack: boolean,
  standIns: Parameters<typeof buildApp>[1]['standIns']
): Promise<void> {
  const stopping = new AbortController()
  const settings = {
    checkoutOrigin: new URL(
      config.STRIPE_API_BASE ?? (config.STRIPE_SECRET_KEY ? 'https://checkout.stripe.com' : config.publicUrl)
    ).origin,
    trustProxy: config.TRUST_PROXY,
    metricsToken: config.METRICS_TOKEN,
    stopping: stopping.signal,
    heldBack,
    standIns
  }
  const app = await (config.ROLE === 'worker' ? buildWorkerApp : buildApp)(deps, settings)
  closers.push(() => app.close())
  await app.listen({ host: config.HOST, port: config.PORT })
  // Told to stop, it says so in /readyz first, and answers on until the proxy has looked.
  closers.push(async () => {
    stopping.abort()
    await setTimeout(config.DRAIN_SECONDS * 1000)
  })
  if (config.ROLE === 'worker') return
  // The first visitor does not wait for what is loaded once: the practice and the zone's data.
  await practiceScopes(deps)
    .forHost(new URL(config.publicUrl).host)
    .catch(error => deps.log.warn({ err: error }, 'The practice could not be read ahead'))
}

function say({ publicUrl, sandbox }: Config, password: string | undefined, seeded: boolean): void {
  const lines = [
    `Tandem is ready: ${publicUrl}`,
    ...(sandbox
      ? [
          'This is a demonstration: no mail leaves this machine, no card is charged.',
          `Mails:          ${publicUrl}/sandbox/mail`,
          `Payments:       ${publicUrl}/sandbox/stripe`,
          `Console:        ${publicUrl}/console`,
          'Staff sign-in:  jessica@example.com',
          `Staff password: ${password ?? ''}`
        ]
      : []),
    ...(seeded ? ['The demo practice was made.'] : [])
  ]
  console.log(lines.join('\n'))
}

/** The clock of the process: the machine's, or one that runs on from an instant. */
function clockFrom(instant: DateTime | undefined): () => DateTime {
  if (!instant) return () => DateTime.utc()
  const started = Date.now()
  return () => instant.plus({ milliseconds: Date.now() - started })
}

async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}

/** What went wrong, and why: the library that wraps a refusal of the database hides its reason in `cause`. */
function* reasonsOf(error: unknown): Generator<unknown> {
  for (let reason = error; reason !== undefined; reason = reason instanceof Error ? reason.cause : undefined)
    yield reason instanceof Error ? reason.message : reason
}
