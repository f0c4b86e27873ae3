import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { queues } from '../../src/kernel/jobs.ts'
import { worksOf } from '../../src/worker.ts'
import { open, someone } from '../support/open.ts'
import { compareTimes } from '../support/oracles.ts'
import { withoutRandom } from '../support/random.ts'

const unknown = 'nobody@example.com'
const generous = {
  codesAnHour: 100_000,
  codesADay: 100_000,
  answers: 100_000,
  bookings: 100_000,
  holds: 1000,
  heldShare: 100
}

/** The application again, over one connection whose statements are written down. */
async function watchedApp(t: Test, house: Awaited<ReturnType<typeof open>>) {
  const statements: string[] = []
  const client = postgres(house.databaseUrl, {
    max: 1,
    onnotice: () => {},
    debug: (_id, query) => statements.push(query)
  })
  const deps = { ...house.deps, db: drizzle(client) }
  const app = await buildApp(deps, { checkoutOrigin: 'https://pay.invalid' })
  t.teardown(async () => {
    await app.close()
    await client.end()
  })
  /** One request, and the work that it left, with all that could tell something. */
  return async (url: string, payload: object) => {
    // What is remembered for some seconds is asked for beforehand, whoever comes next.
    await app.inject({ url: '/api/practice', headers: { host: 'localhost:3000' } })
    statements.length = 0
    const mailed = house.mails.length
    const answer = await app.inject({ method: 'POST', url, headers: { host: 'localhost:3000' }, payload })
    const asked = statements.splice(0)
    const works = worksOf(deps)
    for (const queue of queues) await deps.jobs.drain(queue, works[queue])
    const mails = house.mails.slice(mailed)
    return {
      answer: shape(JSON.parse(answer.body || 'null')),
      body: answer.json(),
      status: answer.statusCode,
      headers: Object.entries(answer.headers).map(([name, value]) => [name, shape(name === 'date' ? '' : value)]),
      asked,
      worked: statements.splice(0),
      mails: mails.map(({ subject, text }) => [subject, shape(text)])
    }
  }
}

/** Random ids, tokens and codes by their form alone. */
function shape(value: unknown): unknown {
  return JSON.parse(withoutRandom(JSON.stringify(value) ?? 'null').replaceAll(/code: \d{8}/g, 'code: DIGITS'))
}

t.test('whoever an address belongs to, asking for a code and giving a wrong one answer and cost the same', async t => {
  const house = await open(t, { limits: generous })
  await house.signInPerson('proven@example.com')
  const shared = await house.signInPerson('shared@example.com')
  await house.request('PUT', '/api/me/pin', { pin: '847261' }, shared)
  t.equal((await house.request('PUT', '/api/me/mailbox', { shared: true }, shared)).statusCode, 200)
  await house.confirmed({ person: { ...someone, email: 'booked@example.com' } })
  const ask = await watchedApp(t, house)
  await ask('/api/sign-in-links', { email: unknown })
  const first = await ask('/api/sign-in-links', { email: unknown })
  t.equal(first.status, 202)
  t.equal(first.mails.length, 1, 'an unknown address gets the usual mail')
  t.ok(first.asked.length > 8 && first.worked.length > 8, `${first.asked.length} + ${first.worked.length} statements`)
  const { body: __, ...wrongFirst } = await ask('/api/sessions', { code: '00000000', request: first.body.request })
  for (const email of ['proven@example.com', 'jessica@example.com', 'booked@example.com', 'shared@example.com']) {
    const { body, ...told } = await ask('/api/sign-in-links', { email })
    const { body: _, ...expected } = first
    // The mail of a shared mailbox names no link; only whoever reads it sees that.
    const { mails, ...rest } = told
    t.equal(mails.length, 1)
    t.strictSame(
      email.startsWith('shared') ? rest : told,
      email.startsWith('shared') ? without(expected) : expected,
      email
    )
    const { body: ___, ...wrong } = await ask('/api/sessions', { code: '00000000', request: body.request })
    t.strictSame(wrong, wrongFirst, `${email}: a wrong code`)
  }
})

function without<T extends { mails: unknown }>({ mails: _, ...rest }: T): Omit<T, 'mails'> {
  return rest
}

t.test('beyond three mails an hour nothing is sent, and nothing tells', async t => {
  const { request, work, mails, clock } = await open(t)
  const answers = []
  for (let count = 0; count < 5; count++) answers.push(await request('POST', '/api/sign-in-links', { email: unknown }))
  await work()
  t.same(
    answers.map(({ statusCode, body }) => [statusCode, Object.keys(JSON.parse(body))]),
    Array.from({ length: 5 }, () => [202, ['request']])
  )
  t.equal(mails.length, 3)
  clock.move({ minutes: 61 })
  await request('POST', '/api/sign-in-links', { email: unknown.toUpperCase() })
  await work()
  t.equal(mails.length, 4)
})

t.test('the mail’s subject and first 140 characters hold no code and no link', async t => {
  const { request, work, mails } = await open(t)
  await request('POST', '/api/sign-in-links', { email: unknown })
  await work()
  const [mail] = mails
  t.equal(mail?.subject, 'Your code')
  t.notMatch(mail?.text.slice(0, 140), /\d{4}|http/)
  t.match(mail?.text, /Your code: \d{8}\n/)
  t.match(mail?.text, /\/s\/[\w-]{43}\n/)
})

t.test('a booking with a known address answers and costs what one with an unknown does', async t => {
  const house = await open(t, { limits: generous })
  const known = await house.signInPerson('proven@example.com')
  t.equal((await house.request('GET', '/api/me', undefined, known)).statusCode, 200)
  const ask = await watchedApp(t, house)
  const book = (email: string, start: string) =>
    ask('/api/bookings', {
      sessionType: 'consultation',
      start,
      person: { ...someone, email },
      consent: { termsVersion: 1 }
    })
  await book('warm@example.com', '2027-02-11T15:00:00Z')
  const one = await book(unknown, '2027-02-15T15:00:00Z')
  const two = await book('proven@example.com', '2027-02-16T15:00:00Z')
  t.equal(one.status, 201, JSON.stringify(one.body))
  t.strictSame(two.asked, one.asked)
  t.strictSame(two.worked, one.worked)
  t.strictSame(two.mails, one.mails)
  const timeless = (value: unknown) => JSON.stringify(value).replaceAll(/2027-02-1[56]/g, 'DAY')
  t.equal(timeless(two.answer), timeless(one.answer))
})

t.test('the time of asking tells no more than chance does', { timeout: 3_600_000 }, async t => {
  const { request, signInPerson } = await open(t, { limits: generous })
  await signInPerson('known@example.com')
  const asking = (email: string) => async () => ({ ask: () => request('POST', '/api/sign-in-links', { email }) })
  await compareTimes(t, 'sign-in', asking('known@example.com'), asking('unknown@example.com'))
})
