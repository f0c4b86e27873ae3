import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import postgres from 'postgres'
import t, { type Test } from 'tap'
import { askPractice, questions } from '../db/ask-practice.ts'
import { NewPractice } from '../db/make-practice.ts'
import { ownDatabase } from './support/database.ts'

const program = fileURLToPath(new URL('../db/setup.ts', import.meta.url))

/** In the order of the questions. */
const answers = {
  name: 'A Practice',
  'discreet-name': 'AP Office',
  statement: 'AP OFFICE',
  zone: 'Europe/Berlin',
  currency: 'EUR',
  host: 'book.example.com',
  'links-host': '',
  address: 'Street 1, Berlin',
  description: 'A practice.',
  emergency: 'In danger call 112, at any time.',
  secrets: 'limited',
  conversion: 'equal_time',
  'reply-within': '',
  'owner-name': 'Ada Lovelace',
  'owner-email': 'ada@example.com',
  types: 'none'
}
const given = Object.entries(answers).filter(([, answer]) => answer !== '')
const flags = given.flatMap(([name, answer]) => [`--${name}`, answer])

/** A database with one practice at another host, and the environment of an installation on it. */
async function installation(t: Test) {
  const { url, drop } = await ownDatabase()
  t.teardown(drop)
  const client = postgres(url, { max: 1, onnotice: () => {} })
  t.teardown(() => client.end())
  return {
    sql: client,
    made: () => client`
      select name, hosts, links_host, currency, policies->>'replyWithin' as within, policies->>'secrets' as secrets,
        policies->>'conversion' as conversion from practices
      where cardinality(hosts) > 0`,
    environment: {
      PATH: process.env.PATH,
      TERM: 'xterm',
      NODE_OPTIONS: `--import=${new URL('support/loader.js', import.meta.url)}`,
      DATABASE_URL: url,
      SECRET: 'a secret of the tests, which is long enough',
      ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      STRIPE_SECRET_KEY: 'sk_test_none',
      STRIPE_WEBHOOK_SECRET: 'whsec_none',
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'office@example.com',
      PUBLIC_URL: 'https://book.example.com'
    }
  }
}

const thePractice = {
  name: 'A Practice',
  hosts: ['book.example.com'],
  links_host: null,
  currency: 'EUR',
  within: 'two working days',
  secrets: 'limited',
  conversion: 'equal_time'
}

t.test('without a terminal the flags say everything, and each one that is missing or wrong is named', async t => {
  const { environment: env, made } = await installation(t)
  const setUp = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args], { env })
  for (const [args, message] of [
    [flags.slice(2), /--name: /],
    [[...flags, '--zone', 'Mars/Olympus'], /--zone: must be a zone/],
    [[...flags, '--currency', 'XYZ'], /--currency: must be a currency/],
    [[...flags, '--statement', 'COUPLES'], /--statement: .*says what it is about/],
    [[...flags, '--statement', 'AP*OFFICE'], /--statement: Stripe does not take it: it has one of/],
    [[...flags, '--statement', 'THE OFFICE OF A STREET'], /--statement: must be 5 to 18 characters/],
    [['--nmae', 'A Practice'], /^Unknown option '--nmae'/]
  ] as const)
    await t.rejects(setUp(...args), { code: 1, stderr: message })
  t.match(await setUp(), { stdout: /npm run setup.*--owner-email/s })
  t.same(await made(), [])
  t.match(await setUp(...flags), { stdout: /Staff sign-in: {2}ada@example.com\nStaff password: \S{16} / })
  t.same(await made(), [thePractice])
  await t.rejects(setUp(...flags), { code: 1, stderr: /There is a practice at book.example.com already/ })
})

const skip = process.platform === 'linux' ? false : 'script(1) of util-linux makes the terminal'

t.test('on a terminal what is missing is asked for, and the practice is made of the answers', { skip }, async t => {
  const { environment: env, made } = await installation(t)
  const command = [process.execPath, program, '--name', "'A Practice'"].join(' ')
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { env })
  const seen = await answered(child, Object.entries(answers).slice(1))
  t.equal(child.exitCode, 0, seen)
  t.notMatch(seen, questions.name, 'what was given is not asked')
  t.match(seen, /Staff password: \S{16} /)
  t.same(await made(), [thePractice])
})

/** Types each answer when its question stands there, as a person does. @returns all that was to be seen */
async function answered(child: ChildProcess, expected: readonly (readonly [string, string])[]): Promise<string> {
  let seen = ''
  const waiting = [...expected]
  child.stdout?.on('data', bytes => {
    seen += bytes
    const [next] = waiting
    if (!next || !seen.includes(questions[next[0] as keyof typeof questions])) return
    waiting.shift()
    child.stdin?.write(`${next[1]}\r`)
  })
  await once(child, 'close')
  return waiting.length ? `${seen}\nnot asked: ${waiting.map(([name]) => name)}` : seen
}

/** What comes of lines that were typed. */
function asked(lines: readonly string[], already: Record<string, string> = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  input.end(lines.map(line => `${line}\n`).join(''))
  const practice = askPractice(already, input, output).finally(() => output.end())
  return { practice, seen: text(output) }
}

t.test('a wrong answer is asked again with what would be right, and Enter takes what is usual', async t => {
  const lines: string[] = Object.values(answers)
  lines.splice(3, 0, 'Berlin')
  lines.splice(2, 1, 'COUPLES', 'AP', 'AP OFFICE')
  lines.splice(-1, 1, '', '')
  const { practice, seen } = asked(lines)
  t.same(await practice, NewPractice.parse({ ...Object.fromEntries(given), types: 'defaults', price: '400' }))
  t.match(await seen, /The card statement says what it is about.*must be 5 to 18.*must be a zone such as/s)
  t.match(await seen, /how soon the practice replies \[two working days\]: /)
})

t.test('of flags and answers together, only what is missing or wrong is asked', async t => {
  const { zone: _, ...most } = Object.fromEntries(given)
  const { practice, seen } = asked(['Europe/Berlin', '', ''], most)
  t.same(await practice, NewPractice.parse(Object.fromEntries(given)))
  t.notMatch(await seen, questions.name)
  const wrong = asked(['EUR', '', ''], { ...Object.fromEntries(given), currency: 'Euro' })
  t.match(await wrong.practice, { currency: 'EUR' })
  t.match(await wrong.seen, /must be a currency/)
})

t.test('answers that end before the questions make nothing', async t => {
  await t.rejects(asked(['A Practice', 'AP Office']).practice, { message: /nothing was made/ })
})

/** The prices that a practice begins with: its currency and its answer, by kind of session. */
async function pricesOf(t: Test, currency: string, ...price: string[]) {
  const { environment: env, sql } = await installation(t)
  const { currency: _, types: __, ...rest } = Object.fromEntries(given)
  const own = Object.entries({ ...rest, currency }).flatMap(([name, answer]) => [`--${name}`, answer])
  await promisify(execFile)(process.execPath, [program, ...own, ...price], { env })
  const rows = await sql<{ slug: string; price: number; kept: number | null }[]>`
    select slug, v.price::int as price, (v.policy->'bands'->0->'keep'->>'fixed')::int as kept
    from session_types t join session_type_versions v on v.session_type_id = t.id and v.currency = ${currency}
    where t.practice_id = (select id from practices where cardinality(hosts) > 0)`
  return Object.fromEntries(rows.map(({ slug, price, kept }) => [slug, slug.startsWith('int') ? [price, kept] : price]))
}

t.test(
  'a practice begins with prices of its own currency: asked for where the usual number would be absurd',
  async t => {
    const { environment: env } = await installation(t)
    const inKronur = [...flags.slice(0, -2), '--currency', 'ISK']
    for (const [price, message] of [
      [[], /--price: .*say what a session for two costs/],
      [['--price', '52000.50'], /--price: must be a sum of ISK that a card can pay/],
      [['--price', 'much'], /--price: must be a sum/]
    ] as const)
      await t.rejects(promisify(execFile)(process.execPath, [program, ...inKronur, ...price], { env }), {
        code: 1,
        stderr: message
      })
    t.match(await pricesOf(t, 'ISK', '--price', '52000'), {
      consultation: 0,
      individual: 32_500_00,
      couples: 52_000_00,
      'intensive-1-day': [325_000_00, 32_500_00],
      retreat: 624_000_00
    })
    t.match(await pricesOf(t, 'JPY', '--price', '45500'), { individual: 28_400, couples: 45_500 })
    t.match(await pricesOf(t, 'CHF'), { individual: 250_00, couples: 400_00, 'intensive-1-day': [2500_00, 250_00] })
  }
)

t.test(
  'on a terminal the price is asked last, without an answer to be taken by Enter where it would be absurd',
  async t => {
    const most = { ...Object.fromEntries(given), types: 'defaults' }
    const yen = asked(['', '', '', '45000'], { ...most, currency: 'JPY' })
    t.match(await yen.practice, { price: '45000' })
    t.match(await yen.seen, /what a session for two costs, such as 400[^[]*: /)
    const euro = asked(['', '', ''], most)
    t.match(await euro.practice, { price: '400' })
    t.match(await euro.seen, /follow from it \[400\]: /)
  }
)
