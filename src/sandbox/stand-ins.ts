import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyPluginAsync } from 'fastify'
import type { DateTime } from 'luxon'
import type { Config } from '../config.ts'
import { holdDataDir } from './data-dir.ts'
import { keptFile } from './kept-file.ts'
import { startMail } from './mail.ts'
import { fromHere } from './only-from-here.ts'
import { type Log, startPostgres } from './postgres.ts'
import { stripeSimulator } from './stripe.ts'

/** What stands in for what is not configured; a thing that is real is left undefined. */
export interface StandIns {
  databaseUrl: string | undefined
  smtpUrl: string | undefined
  stripe: { secretKey: string; webhookSecret: string; apiBase: string } | undefined
  secret: string
  encryptionKeys: string
  plugins: { prefix: string; plugin: FastifyPluginAsync }[]
  /** The staff password of the demo practice: made once, then kept. */
  staffPassword(make: () => string): Promise<string>
  close(): Promise<void>
}

/**
 * Starts a stand-in for every outside service that the configuration does not name. All of them keep what they know in
 * DATA_DIR, which one process holds at a time.
 * @throws in one sentence for a person: the folder is held, the disk is full, PostgreSQL is not installed
 */
export async function startStandIns(config: Config, log: Log, now: () => DateTime): Promise<StandIns> {
  const dataDir = config.DATA_DIR
  const hold = await holdDataDir(dataDir, config.publicUrl)
  const closers: (() => Promise<void>)[] = [() => hold.release()]
  const plugins: StandIns['plugins'] = []
  try {
    const kept = await keptFile(join(dataDir, 'secrets.json'), () => ({
      secret: randomBytes(32).toString('base64url'),
      encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
      stripeSecretKey: `sk_test_${randomBytes(12).toString('hex')}`,
      webhookSecret: `whsec_${randomBytes(24).toString('base64url')}`
    }))
    const database = config.DATABASE_URL ? undefined : await startPostgres({ dataDir, log })
    if (database) closers.push(() => database.stop())
    const mail = config.SMTP_URL ? undefined : await startMail({ dataDir, log, now })
    if (mail) {
      closers.push(() => mail.close())
      plugins.push({ prefix: '', plugin: fromHere(mail.plugin) })
    }
    const everywhere = config.HOST === '0.0.0.0' || config.HOST === '::'
    const host = everywhere ? '127.0.0.1' : config.HOST
    const here = `http://${host.includes(':') ? `[${host}]` : host}:${config.PORT}`
    const secretKey = kept.stripeSecretKey
    const stripe = config.STRIPE_SECRET_KEY
      ? undefined
      : stripeSimulator({
          dataDir,
          secretKey,
          webhookSecret: kept.webhookSecret,
          webhookUrl: `${here}/stripe/webhook`,
          publicUrl: `${config.publicUrl}/sandbox/stripe`,
          now
        })
    if (stripe) {
      closers.push(() => stripe.close())
      plugins.push({ prefix: '/sandbox/stripe', plugin: fromHere(stripe.plugin) })
    }
    return {
      databaseUrl: database?.url,
      smtpUrl: mail?.url,
      stripe: stripe && { secretKey, webhookSecret: kept.webhookSecret, apiBase: `${here}/sandbox/stripe` },
      secret: kept.secret,
      encryptionKeys: kept.encryptionKeys,
      plugins,
      staffPassword: async make => (await keptFile(join(dataDir, 'staff.json'), () => ({ password: make() }))).password,
      close: () => closeAll(closers)
    }
  } catch (error) {
    await closeAll(closers)
    throw error
  }
}

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}
