import t from 'tap'
import { makeLog } from '../../src/kernel/log.ts'
import { findAttempts } from '../../src/payments/attempt-store.ts'
import { checkAccount } from '../../src/payments/check-account.ts'
import { checkStatements } from '../../src/payments/check-statements.ts'
import { submitAttempt } from '../../src/payments/submit-attempt.ts'
import { open } from '../support/open.ts'
import { openStranger, openStripe } from '../support/stripe.ts'

t.test('the card statement of the practice goes to Stripe with each payment, after the account’s prefix', async t => {
  const { book, deps, scope } = await open(t)
  const { gateway, clock } = await openStripe(t)
  clock.set(deps.now().toISO() ?? '')
  const { id } = (await book()).json()
  const [attempt] = await findAttempts(deps.db, scope, id)
  if (!attempt) throw new Error('There is no attempt')
  const checkout = await submitAttempt({ ...deps, gateway }, scope, attempt)
  const page = await (await fetch(checkout?.url ?? '')).text()
  t.match(page, 'On the card’s statement: DEMO* TIR OFFICE')
})

t.test('a start with a card statement that Stripe refuses stops, and says whose it is and why', async t => {
  const { deps, client } = await open(t)
  await checkStatements(deps)
  const set = (statement: string) =>
    client`update practices set policies = policies || jsonb_build_object('statement', ${statement}::text)`
  for (const [statement, why] of [
    ['TIR*OFFICE', /“TIR\*OFFICE” of The Intentional Relationship: it has one of/],
    ['12345', /no Latin letter/],
    ['BÜRO', /not Latin/],
    ['THE OFFICE OF THE STREET', /more than 22/],
    ['', /no Latin letter/]
  ] as const) {
    await set(statement)
    await t.rejects(checkStatements(deps), { message: why }, statement)
  }
})

/** What the start says of an account, by the answer of Stripe's address. */
async function saidOf(t: Parameters<typeof open>[0], status: number, answer: object) {
  const lines: string[] = []
  const { deps } = await open(t)
  const gateway = await openStranger(t, status, JSON.stringify(answer))
  await checkAccount({ db: deps.db, gateway, log: makeLog('trace', { write: line => lines.push(line) }) })
  return { lines: lines.map(line => JSON.parse(line)), text: lines.join('') }
}

const account = (name: string, prefix: string | null, address: object = {}) => ({
  id: 'acct_1',
  object: 'account',
  business_profile: { name, support_address: address, support_email: 'office@example.com', support_url: null },
  settings: { card_payments: { statement_descriptor_prefix: prefix }, payments: { statement_descriptor: 'OFFICE' } }
})

t.test(
  'an account whose words tell what it is about is warned of at the start, part by part, without its words',
  async t => {
    const { lines, text } = await saidOf(t, 200, account('Harbour Couples', 'MARRIAGE', { line1: 'Therapy House' }))
    t.match(lines, [
      { level: 40, kind: 'public-name' },
      { level: 40, kind: 'statement-prefix' },
      { level: 40, kind: 'support-address' }
    ])
    t.equal(lines.length, 3)
    t.notMatch(text, /harbour|marriage|therapy house|sk_test/i)
  }
)

t.test('an account that tells nothing is passed over in silence; a statement that its prefix cuts is not', async t => {
  t.same((await saidOf(t, 200, account('Harbour Office', 'HARBOUR'))).lines, [])
  t.match((await saidOf(t, 200, account('Harbour Office', 'HARBOUR OFF'))).lines, [{ level: 40, msg: /22 characters/ }])
  t.match((await saidOf(t, 200, account('Harbour Office', null))).lines, [], 'the whole descriptor in its place')
})

t.test('an account that Stripe does not tell of is a warning, and the start goes on', async t => {
  const refused = { error: { type: 'invalid_request_error', code: 'account_invalid', message: 'No' } }
  for (const [status, answer] of [
    [500, {}],
    [403, refused],
    [400, refused],
    [200, { id: 'cus_1', object: 'customer' }]
  ] as const) {
    const { lines } = await saidOf(t, status, answer)
    t.match(lines, [{ level: 40, msg: /does not say what its account shows/ }], String(status))
  }
})
