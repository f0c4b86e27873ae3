import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { DateTime } from 'luxon'
import { readConfig } from '../src/config.ts'
import { confirmCopy, settleIn } from '../src/installation.ts'
import { connect } from '../src/kernel/database.ts'
import type { Deps } from '../src/kernel/deps.ts'
import { startJobs } from '../src/kernel/jobs.ts'
import { makeLog } from '../src/kernel/log.ts'
import { secretsFrom } from '../src/kernel/secrets.ts'
import { makePractice, NewPractice } from './make-practice.ts'
import { migrate } from './migrate.ts'

const help = `npm run setup -- --name … --discreet-name … (see docs/operate.md)
  --name            what clients read on the site
  --discreet-name   what stands in mails, calendars and on the card page
  --statement       what stands on the card statement, 5 to 22 letters
  --zone            America/New_York
  --currency        USD
  --host            book.example.com
  --links-host      a second, discreet host for personal links (may be left out)
  --address         where the office is
  --description     one or two sentences for the home page
  --emergency       whom to call in danger, shown on every page
  --secrets         what one of two tells the therapist alone: none (nothing is kept from the other), limited (the
                    therapist decides with you), or kept (stays with the therapist); there is no default
  --reply-within    two working days (may be left out)
  --owner-name, --owner-email
  --types           defaults (the seven kinds of session) or none
npm run setup -- --confirm-copy   this restored copy is the installation from now on: it mails and charges again`

const names = Object.keys(NewPractice.shape)
const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    'confirm-copy': { type: 'boolean' },
    ...Object.fromEntries(names.map(name => [name, { type: 'string' as const }]))
  }
})

try {
  if (values.help || Object.keys(values).length === 0) console.log(help)
  else await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const config = readConfig(process.env)
  if (config.sandbox || !config.DATABASE_URL || !config.SECRET || !config.ENCRYPTION_KEYS)
    throw new Error('Set DATABASE_URL, STRIPE_SECRET_KEY and SMTP_URL: without them npm start shows a demonstration')
  const { 'confirm-copy': copy, help: _, ...rest } = values
  const read = copy ? undefined : NewPractice.safeParse(rest)
  if (read?.error)
    throw new Error(
      `This is not right:\n${read.error.issues.map(({ path, message }) => `  --${path.join('.')}: ${message}`).join('\n')}\n\n${help}`
    )
  await migrate(config.DATABASE_URL)
  const connection = connect(config.DATABASE_URL, 2)
  const log = makeLog('warn')
  const jobs = await startJobs(config.DATABASE_URL, error => log.error({ err: error }, 'The job queue'))
  try {
    const { publicUrl, sandbox, limits } = config
    const deps: Deps = {
      db: connection.db,
      now: () => DateTime.utc(),
      secrets: secretsFrom(config.SECRET, config.ENCRYPTION_KEYS),
      jobs,
      settings: { publicUrl, sandbox, limits, uidDomain: '' },
      log
    }
    if (!read) {
      await confirmCopy(deps)
      console.log('This database is the installation from now on: it mails and charges again. Start it anew.')
      return
    }
    await settleIn(deps)
    const password = randomBytes(12).toString('base64url')
    await makePractice(deps, read.data, password)
    console.log(`The practice was made.
Console:        ${publicUrl}/console
Staff sign-in:  ${read.data['owner-email']}
Staff password: ${password}   (shown this once)
Next: sign in and set your opening hours; until then nothing can be booked.`)
  } finally {
    await jobs.stop()
    await connection.close()
  }
}
