import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { DateTime } from 'luxon'
import { readConfig } from '../src/config.ts'
import { resetByAddress } from '../src/identity/reset-by-address.ts'
import { practiceScopes } from '../src/identity/scope.ts'
import { listPractices } from '../src/identity/store.ts'
import { confirmCopy, settleIn } from '../src/installation.ts'
import { connect } from '../src/kernel/database.ts'
import type { Deps } from '../src/kernel/deps.ts'
import { startJobs } from '../src/kernel/jobs.ts'
import { makeLog } from '../src/kernel/log.ts'
import { secretsFrom } from '../src/kernel/secrets.ts'
import { askPractice, faultsOf, questions } from './ask-practice.ts'
import { makePractice, NewPractice } from './make-practice.ts'
import { migrate } from './migrate.ts'

const flags = Object.entries(questions).map(([name, meaning]) => `  --${name.padEnd(15)} ${meaning}`)
const help = `npm run setup                     asks for everything, one question after the other
npm run setup -- --name … --discreet-name …   asks for what is left out; without a terminal, for nothing
${flags.join('\n')}
npm run setup -- --confirm-copy   this restored copy is the installation from now on: it mails and charges again
npm run setup -- --reset-second-step owner@example.com   for the only owner, who has lost the device and the recovery codes`

const names = Object.keys(NewPractice.shape)
const isTerminal = process.stdin.isTTY && process.stdout.isTTY

try {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      'confirm-copy': { type: 'boolean' },
      'reset-second-step': { type: 'string' },
      ...Object.fromEntries(names.map(name => [name, { type: 'string' as const }]))
    }
  })
  if (values.help || (Object.keys(values).length === 0 && !isTerminal)) console.log(help)
  else await run(values)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function run(values: Record<string, unknown>): Promise<void> {
  const config = readConfig(process.env)
  if (config.sandbox || !config.DATABASE_URL || !config.SECRET || !config.ENCRYPTION_KEYS)
    throw new Error('Set DATABASE_URL, STRIPE_SECRET_KEY and SMTP_URL: without them npm start shows a demonstration')
  const { 'confirm-copy': copy, 'reset-second-step': lost, help: _, ...rest } = values
  const faults = copy || lost ? [] : faultsOf(rest)
  if (faults.length && !isTerminal)
    throw new Error(`This is not right:\n${faults.map(fault => `  ${fault}`).join('\n')}\n\n${help}`)
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
      settings: { publicUrl, sandbox, limits, outsideLoopback: false, uidDomain: '' },
      log
    }
    if (copy) {
      await confirmCopy(deps)
      console.log('This database is the installation from now on: it mails and charges again. Start it anew.')
      return
    }
    if (typeof lost === 'string') {
      await resetAtMachine(deps, lost)
      console.log('The second step is gone. Sign in with the password, and set up a new one at once.')
      return
    }
    // Asked when all else is well: nobody answers fifteen questions to hear that the database does not.
    const practice = faults.length ? await askPractice(rest, process.stdin, process.stdout) : NewPractice.parse(rest)
    await settleIn(deps)
    const password = randomBytes(12).toString('base64url')
    await makePractice(deps, practice, password)
    console.log(`The practice was made.
Console:        ${publicUrl}/console
Staff sign-in:  ${practice['owner-email']}
Staff password: ${password}   (shown this once)
Next: sign in, set up your second step, and set your opening hours; until then nothing can be booked.`)
  } finally {
    await jobs.stop()
    await connection.close()
  }
}

/** Whoever reaches the machine has everything already; it is written down all the same. */
async function resetAtMachine(deps: Deps, email: string): Promise<void> {
  const scopes = practiceScopes(deps)
  const outcomes = await Promise.allSettled(
    (await listPractices(deps.db)).map(async ({ id }) =>
      resetByAddress(deps, await scopes.forId(id), 'operator', { email, why: 'At the machine, by npm run setup' })
    )
  )
  if (outcomes.some(({ status }) => status === 'fulfilled')) return
  throw outcomes.find(outcome => outcome.status === 'rejected')?.reason ?? new Error('There is no practice yet')
}
